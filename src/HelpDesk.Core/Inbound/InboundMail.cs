using System.Text.Json.Serialization;

namespace HelpDesk.Inbound;

/// <summary>How far a received mail has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InboundMailState>))]
public enum InboundMailState
{
    /// <summary>Stored, not looked at yet, or to be tried again.</summary>
    [JsonStringEnumMemberName("received")]
    Received,

    /// <summary>Became a message, or did what it was for.</summary>
    [JsonStringEnumMemberName("processed")]
    Processed,

    /// <summary>Waits for an agent's decision.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>Could not be processed; can be tried again.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Refused by an agent or by a rule.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}

/// <summary>A received mail: the raw bytes are in the attachment store, its fate is here.</summary>
public class InboundMail
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected InboundMail()
    {
    }

    internal InboundMail(string source, string deliveryKey, string duplicateKey, string storageKey, long size, DateTimeOffset now)
    {
        Source = source;
        DeliveryKey = deliveryKey;
        DuplicateKey = duplicateKey;
        StorageKey = storageKey;
        Size = size;
        ReceivedAt = now;
    }

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which source delivered it, as <c>mailgun</c>.</summary>
    public string Source { get; private set; } = "";

    /// <summary>The source's own key of the delivery, unique: a second one has no effect.</summary>
    public string DeliveryKey { get; private set; } = "";

    /// <summary>Mailbox, Message-ID and content as one hash, unique: by it a duplicate is known.</summary>
    public string DuplicateKey { get; private set; } = "";

    /// <summary>Where the store keeps the raw bytes.</summary>
    public string StorageKey { get; private set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; private set; }

    /// <summary>The envelope's sender; <c>&lt;&gt;</c> for the null return path of bounces, empty where it is not known.</summary>
    public string Sender { get; internal set; } = "";

    /// <summary>The envelope's recipient.</summary>
    public string Recipient { get; internal set; } = "";

    /// <summary>The address of the header <c>From</c> in lower case; empty where there is not exactly one.</summary>
    public string From { get; private set; } = "";

    /// <summary>The subject, cut at 255 characters.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The mail's own Message-ID with its angle brackets; null for none, or one that is too long to be real.</summary>
    public string? InternetMessageId { get; private set; }

    /// <summary>The beginning of the text, where somebody has to decide; null else.</summary>
    public string? Excerpt { get; internal set; }

    /// <summary>How far it has come; the concurrency token, by which those who decide know of each other.</summary>
    public InboundMailState State { get; private set; }

    /// <summary>Why it is where it is; shown to agents.</summary>
    public string? Reason { get; private set; }

    /// <summary>What was odd about it; shown to agents.</summary>
    public string? Remarks { get; internal set; }

    /// <summary>The ticket that it belongs to or hints at.</summary>
    public Guid? TicketId { get; private set; }

    /// <summary>The message that it became.</summary>
    public Guid? MessageId { get; private set; }

    /// <summary>How often processing was tried.</summary>
    public int Attempts { get; private set; }

    /// <summary>Until when one worker has it to itself, or when it is tried again.</summary>
    public DateTimeOffset? LeaseUntil { get; private set; }

    /// <summary>When it was received.</summary>
    public DateTimeOffset ReceivedAt { get; private set; }

    /// <summary>What the mail says of itself, now that all of it was read; at the receipt only its beginning was.</summary>
    internal void Describe(MailHead head)
    {
        From = head.Sender?.Email ?? "";
        Subject = head.Subject;
        InternetMessageId = head.MessageId;
    }

    internal void Become(Guid ticketId, Guid messageId, string reason)
    {
        Settle(InboundMailState.Processed, reason, ticketId);
        MessageId = messageId;
        Excerpt = null;
    }

    internal void Settle(InboundMailState state, string reason, Guid? ticketId)
    {
        State = state;
        Reason = Tickets.TextRules.Cut(reason, Tickets.TicketLimits.ReasonLength);
        TicketId = ticketId;
        LeaseUntil = null;
    }

    /// <summary>Claims it once more, for whoever tries it now.</summary>
    internal void TryAgain(DateTimeOffset leaseUntil)
    {
        State = InboundMailState.Received;
        Attempts++;
        LeaseUntil = leaseUntil;
    }
}
