namespace HelpDesk.Tickets;

/// <summary>A file of a message.</summary>
public class TicketAttachment
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected TicketAttachment()
    {
    }

    internal TicketAttachment(Guid id, Guid messageId, int position)
    {
        Id = id;
        MessageId = messageId;
        Position = position;
    }

    /// <summary>The key: that of the upload which it was.</summary>
    public Guid Id { get; private set; }

    /// <summary>The message; a file is as visible as its message.</summary>
    public Guid MessageId { get; private set; }

    /// <summary>Its place among the files of the message, from 0; keys are no order.</summary>
    public int Position { get; private set; }

    /// <summary>The cleaned name; at most 255 characters.</summary>
    public string FileName { get; internal set; } = "";

    /// <summary>The media type as it was sent; at most 255 characters.</summary>
    public string ContentType { get; internal set; } = "";

    /// <summary>The Content-ID by which the HTML of the same mail shows it, without angle brackets; null for none.</summary>
    public string? ContentId { get; internal set; }

    /// <summary>Where the store keeps the bytes; holds no text of a user.</summary>
    public string StorageKey { get; internal set; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; internal set; }

    /// <summary>SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public string Sha256 { get; internal set; } = "";
}
