namespace HelpDesk.Tickets;

/// <summary>What a mail held beside the text that is shown: kept with the message, read only when somebody asks for it.</summary>
public class MessageOriginal
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected MessageOriginal()
    {
    }

    internal MessageOriginal(Guid messageId, string? text, string? html)
    {
        MessageId = messageId;
        Text = text;
        Html = html;
    }

    /// <summary>The message.</summary>
    public Guid MessageId { get; private set; }

    /// <summary>The whole text, with the quotes and signatures that the message leaves out; null where it leaves out nothing. For agents.</summary>
    public string? Text { get; private set; }

    /// <summary>The HTML as it came: dangerous. It may be shown after a sanitiser only. Null for none.</summary>
    public string? Html { get; private set; }
}
