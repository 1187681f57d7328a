namespace HelpDesk.Events;

/// <summary>How far a delivery has come.</summary>
public enum DeliveryState
{
    /// <summary>To be done, now or at its next attempt.</summary>
    Pending,

    /// <summary>Done.</summary>
    Delivered,

    /// <summary>Given up; can be replayed.</summary>
    Dead,
}

/// <summary>An event on its way to one handler; inserted with the event, one for each registered handler. A sender of notifications adds one for each person.</summary>
public class Delivery
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected Delivery()
    {
    }

    internal Delivery(Guid eventId, string handler, Guid ticketId, long ticketSequence, DateTimeOffset at, string recipient = "")
    {
        EventId = eventId;
        Handler = handler;
        TicketId = ticketId;
        TicketSequence = ticketSequence;
        NextAttemptAt = at;
        Recipient = recipient;
    }

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The event.</summary>
    public Guid EventId { get; private set; }

    /// <summary>The handler's stable name.</summary>
    public string Handler { get; private set; } = "";

    /// <summary>The participant of the ticket whom the handler is to tell; empty for the event itself. Order is kept for each: who cannot be reached keeps nobody else waiting.</summary>
    public string Recipient { get; private set; } = "";

    /// <summary>The event's ticket, since order is kept per ticket, handler and recipient.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The event's place among those of the ticket.</summary>
    public long TicketSequence { get; private set; }

    /// <summary>How far it has come.</summary>
    public DeliveryState State { get; private set; }

    /// <summary>How often it was tried, the try under way among them.</summary>
    public int Attempts { get; private set; }

    /// <summary>When it is due: at once, after a pause, or when the process that has it should long be done.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>Until when one process has it to itself.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>What the last failure said.</summary>
    public string? Error { get; private set; }
}
