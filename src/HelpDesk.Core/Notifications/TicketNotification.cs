namespace HelpDesk.Notifications;

/// <summary>How far a notification has come.</summary>
public enum NotificationState
{
    /// <summary>To be sent.</summary>
    Pending,

    /// <summary>Sent.</summary>
    Sent,

    /// <summary>Never to be sent: refused for good by where it was to go, or not for this person any more.</summary>
    Refused,
}

/// <summary>That one person is told of one event by one sender: written before the first try, so that a repetition tells nobody again who was told already.</summary>
public class TicketNotification
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected TicketNotification()
    {
    }

    internal TicketNotification(
        Guid eventId, string sender, Guid ticketId, long ticketSequence, Guid version, Guid participantId, NotificationKind kind, bool isAutomatic, string? email, DateTimeOffset now)
    {
        // As an event's: it goes out with each mail, as its Message-ID.
        Id = Guid.CreateVersion7(now);
        EventId = eventId;
        Sender = sender;
        TicketId = ticketId;
        TicketSequence = ticketSequence;
        Version = version;
        ParticipantId = participantId;
        Kind = kind;
        IsAutomatic = isAutomatic;
        PlannedAt = now;
        Email = email;
    }

    /// <summary>The key, and the stable key of what is sent.</summary>
    public Guid Id { get; private set; }

    /// <summary>The event.</summary>
    public Guid EventId { get; private set; }

    /// <summary>The sender's stable name.</summary>
    public string Sender { get; private set; } = "";

    /// <summary>The ticket.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The event's place among those of the ticket.</summary>
    public long TicketSequence { get; private set; }

    /// <summary>The ticket's version after the event: a person is told once of what one command did.</summary>
    public Guid Version { get; private set; }

    /// <summary>The person.</summary>
    public Guid ParticipantId { get; private set; }

    /// <summary>What it tells of.</summary>
    public NotificationKind Kind { get; private set; }

    /// <summary>Whether it follows from no act of an agent: then it is capped, since machines could answer each other by such mails.</summary>
    public bool IsAutomatic { get; private set; }

    /// <summary>When it was decided that the person is told.</summary>
    public DateTimeOffset PlannedAt { get; private set; }

    /// <summary>The address to which it goes; null for none.</summary>
    public string? Email { get; private set; }

    /// <summary>The Message-ID with its angle brackets; the same on every try.</summary>
    public string MessageId { get; internal set; } = "";

    /// <summary>How far it has come.</summary>
    public NotificationState State { get; private set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Why it was refused.</summary>
    public string? Error { get; private set; }
}
