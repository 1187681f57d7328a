namespace HelpDesk.Tickets;

/// <summary>One line of a ticket's history: who did what, when, how and why. Written with the change, never changed.</summary>
public class AuditEntry
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected AuditEntry()
    {
    }

    internal AuditEntry(
        Guid ticketId, long sequence, DateTimeOffset at, string? actorId, TicketRole actorKind, string via, string action, string changes, string? reason)
    {
        TicketId = ticketId;
        Sequence = sequence;
        At = at;
        ActorId = actorId;
        ActorKind = actorKind;
        Via = via;
        Action = action;
        Changes = changes;
        Reason = reason;
    }

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The ticket.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The place in the ticket's history.</summary>
    public long Sequence { get; private set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The host's user id, or the name of the job; null for somebody known by mail only.</summary>
    public string? ActorId { get; private set; }

    /// <summary>What the actor was on this ticket.</summary>
    public TicketRole ActorKind { get; private set; }

    /// <summary>The way: <c>web</c>, <c>api</c>, <c>email</c>, or <c>system</c> for a job.</summary>
    public string Via { get; private set; } = "";

    /// <summary>What was done, as <c>replied</c> or <c>resolved</c>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>The changed fields as JSON: <c>[{"field":…,"old":…,"new":…}]</c>.</summary>
    public string Changes { get; private set; } = "[]";

    /// <summary>Why, where a decision explains itself.</summary>
    public string? Reason { get; private set; }
}
