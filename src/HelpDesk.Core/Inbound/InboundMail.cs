namespace HelpDesk.Inbound;

/// <summary>How far a received mail has come.</summary>
public enum InboundMailState
{
    /// <summary>Stored, not looked at yet.</summary>
    Received,

    /// <summary>Became a message.</summary>
    Processed,

    /// <summary>Waits for an agent's decision.</summary>
    Held,

    /// <summary>Could not be processed; can be tried again.</summary>
    Failed,

    /// <summary>Refused by an agent or by a rule.</summary>
    Rejected,
}

/// <summary>A received mail: the raw bytes are in the attachment store, its fate is here.</summary>
public class InboundMail
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected InboundMail()
    {
    }

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which source delivered it, as <c>mailgun</c>.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The source's own key of the delivery: a second one has no effect.</summary>
    public string DeliveryKey { get; private set; } = "";

    /// <summary>Mailbox, Message-ID and content as one hash, by which a duplicate is known.</summary>
    public string DuplicateKey { get; private set; } = "";

    /// <summary>Where the store keeps the raw bytes.</summary>
    public string StorageKey { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>The envelope's sender.</summary>
    public string Sender { get; private set; } = "";

    /// <summary>The envelope's recipient.</summary>
    public string Recipient { get; private set; } = "";

    /// <summary>The subject, cut at 255 characters.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>How far it has come.</summary>
    public InboundMailState State { get; private set; }

    /// <summary>Why it is where it is; shown to agents.</summary>
    public string? Reason { get; private set; }

    /// <summary>The ticket that it belongs to or hints at.</summary>
    public Guid? TicketId { get; private set; }

    /// <summary>The message that it became.</summary>
    public Guid? MessageId { get; private set; }

    /// <summary>How often processing was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>Until when one worker has it to itself.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }
}
