namespace HelpDesk.Tickets;

/// <summary>A message of a ticket: public, or a note that only agents see (<see cref="IsPrivate"/>).</summary>
public class TicketMessage
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected TicketMessage()
    {
    }

    internal TicketMessage(Guid ticketId, long sequence, string? authorId, TicketRole authorKind, string body, bool isPrivate, TicketChannel channel, DateTimeOffset at)
    {
        // As an event's: a requester who compares two keys must not learn how much was written between them, notes among it.
        Id = Guid.CreateVersion7(at);
        TicketId = ticketId;
        Sequence = sequence;
        AuthorId = authorId;
        AuthorKind = authorKind;
        Body = body;
        IsPrivate = isPrivate;
        Channel = channel;
        CreatedAt = at;
    }

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The ticket.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The place in the conversation; times and keys are no order.</summary>
    public long Sequence { get; private set; }

    /// <summary>The host's user id of the author, or the name of the job; null for somebody known by mail only.</summary>
    public string? AuthorId { get; private set; }

    /// <summary>The author among the ticket's participants; null for a job.</summary>
    public Guid? AuthorParticipantId { get; internal set; }

    /// <summary>What the author was on this ticket when writing.</summary>
    public TicketRole AuthorKind { get; private set; }

    /// <summary>Plain text.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Whether the message came as HTML mail too.</summary>
    public bool HasHtml { get; internal set; }

    /// <summary>Whether the mail held more text than is shown: quotes, a signature.</summary>
    public bool HasQuoted { get; internal set; }

    /// <summary>Whether it is a note: never shown, sent or hinted at to a requester.</summary>
    public bool IsPrivate { get; private set; }

    /// <summary>The way by which it came.</summary>
    public TicketChannel Channel { get; private set; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset CreatedAt { get; private set; }
}
