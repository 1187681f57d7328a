namespace HelpDesk.Tickets;

/// <summary>Which agents have which ticket before them, so that two do not answer at once. Call it; do not implement it.</summary>
/// <remarks>Scoped. Whoever listens to <see cref="Events.ITicketFeed"/> and sees the ticket as agents do is told of it.</remarks>
public interface IPresence
{
    /// <summary>Says what an agent is doing at a ticket. It is forgotten after 30 seconds, unless it is said again.</summary>
    /// <exception cref="NotFoundException">There is no such ticket for the actor.</exception>
    /// <exception cref="ForbiddenException">The actor is no agent (a job is at no ticket), or may not see the ticket as agents do.</exception>
    /// <exception cref="ValidationException">The mode is none.</exception>
    Task SetAsync(SetPresence command, CancellationToken cancellationToken = default);
}

/// <summary>Says what an agent is doing at a ticket.</summary>
public sealed record SetPresence
{
    /// <summary>The agent.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>What the agent is doing; null once they have left it.</summary>
    public required PresenceMode? Mode { get; init; }
}
