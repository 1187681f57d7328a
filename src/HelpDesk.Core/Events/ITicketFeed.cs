using HelpDesk.Tickets;

namespace HelpDesk.Events;

/// <summary>Tells of what happens to tickets while it happens. Call it; do not implement it.</summary>
/// <remarks>
/// For pages that show news at once; what must not be missed (mail, other systems) is for <see cref="ITicketEventHandler"/>. Scoped, and the scope is the listener's own for as long as it
/// listens: <see cref="ITicketAccess"/> and the query filters of its context decide what it is told of. All listeners of a process share one reader of the database, which rests while there is none.
/// </remarks>
public interface ITicketFeed
{
    /// <summary>Listens, for 5 minutes at most; then, and where the listener is 1,000 events behind, it ends, and may be begun again from the last event.</summary>
    /// <param name="actor">Who listens. Of tickets that are their own, agents are told what requesters are told: nothing that only agents may know.</param>
    /// <param name="lastEventId">The last event that the listener was told of before, not counting those that are <see cref="FeedEvent.IsLate"/>; null to begin now.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>First <see cref="FeedStarted"/>, as soon as nothing that is committed from then on can be missed; then everything else, as it is committed.</returns>
    /// <exception cref="TooManyListenersException">The actor has 20 listeners in this process already; thrown by the first step.</exception>
    IAsyncEnumerable<FeedItem> ListenAsync(Actor actor, Guid? lastEventId = null, CancellationToken cancellationToken = default);
}

/// <summary>Something that a listener is told. New kinds may be added in a minor version.</summary>
public abstract record FeedItem
{
    private protected FeedItem()
    {
    }
}

/// <summary>Listening has begun.</summary>
public sealed record FeedStarted : FeedItem
{
    /// <summary>Whether the event to go on from is not there any more, so that the listener may have missed something and must read everything again.</summary>
    public required bool IsReset { get; init; }
}

/// <summary>Something has happened to a ticket that the listener sees.</summary>
public sealed record FeedEvent : FeedItem
{
    /// <summary>The event's stable key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The ticket.</summary>
    public required Guid TicketId { get; init; }

    /// <summary>The ticket's number.</summary>
    public required string TicketNumber { get; init; }

    /// <summary>One of <see cref="TicketEventKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The ticket's version after it, as the listener may know it.</summary>
    public required Guid Version { get; init; }

    /// <summary>Whether it was committed after events that follow it were told already. It is none to go on from: what follows it, the listener has had.</summary>
    public required bool IsLate { get; init; }
}

/// <summary>Which agents have a ticket before them now; for those who see it as agents do. It replaces what was told of the ticket before.</summary>
public sealed record FeedPresence : FeedItem
{
    /// <summary>The ticket.</summary>
    public required Guid TicketId { get; init; }

    /// <summary>The ticket's number.</summary>
    public required string TicketNumber { get; init; }

    /// <summary>The agents, by id, the listener among them; empty where there is none any more.</summary>
    public required IReadOnlyList<PresentAgent> Agents { get; init; }
}

/// <summary>An agent who has a ticket before them.</summary>
/// <param name="Id">The host's user id.</param>
/// <param name="Name">The name as others may see it.</param>
/// <param name="Mode">What the agent is doing.</param>
public sealed record PresentAgent(string Id, string Name, PresenceMode Mode);
