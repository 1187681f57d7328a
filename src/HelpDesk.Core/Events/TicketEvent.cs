namespace HelpDesk.Events;

/// <summary>Something that happened to a ticket, written in the commit that made it happen. Append only.</summary>
public class TicketEvent
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected TicketEvent()
    {
    }

    internal TicketEvent(Guid ticketId, long ticketSequence, string kind, bool isPublic, DateTimeOffset at, Guid version, string payload, long seq)
    {
        // Not the generator of EF Core's: some of its keys count, and whoever is told of two events would learn how many there were between.
        Id = Guid.CreateVersion7(at);
        TicketId = ticketId;
        TicketSequence = ticketSequence;
        Kind = kind;
        IsPublic = isPublic;
        At = at;
        Version = version;
        Payload = payload;
        Seq = seq;
    }

    /// <summary>The order of insertion. Not the order of commits: whoever tails it must look back some seconds.</summary>
    public long Seq { get; private set; }

    /// <summary>The stable key: the same on every delivery.</summary>
    public Guid Id { get; private set; }

    /// <summary>The ticket.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The order among the ticket's events.</summary>
    public long TicketSequence { get; private set; }

    /// <summary>One of <see cref="TicketEventKinds"/>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>Whether the requester may know of it.</summary>
    public bool IsPublic { get; private set; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The ticket's version after it. Of a public event this is the public version too.</summary>
    public Guid Version { get; private set; }

    /// <summary>The facts as JSON; see <see cref="TicketEventPayload"/>.</summary>
    public string Payload { get; private set; } = "{}";

    /// <summary>Reads <see cref="Payload"/>.</summary>
    public TicketEventPayload ReadPayload() => TicketEventPayload.Parse(Payload);
}
