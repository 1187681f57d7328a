namespace HelpDesk.Tickets;

/// <summary>The HTML of a mail as it came. Valid as long as the scope that it came from.</summary>
/// <remarks>It is a stranger's: show it after a sanitiser only, in a frame without scripts. <c>GET /messages/{id}/html</c> does so.</remarks>
public sealed record MessageHtml
{
    internal MessageHtml()
    {
    }

    /// <summary>The HTML, unsafe.</summary>
    public required string Html { get; init; }

    /// <summary>The files of the same mail that the HTML can show, by Content-ID without angle brackets.</summary>
    public required IReadOnlyDictionary<string, AttachmentFile> Images { get; init; }
}
