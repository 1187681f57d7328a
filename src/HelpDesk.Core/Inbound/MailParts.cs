using System.Net;
using System.Text;
using HelpDesk.Tickets;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Sorts the parts of a mail: what is its text, in plain and in HTML, and what is a file.</summary>
internal sealed class MailParts
{
    public const int LongestText = 1_000_000;
    private const string Cut = "\n\n[… The mail is longer than what is kept of it.]";

    private readonly List<Block> blocks = [];
    private readonly List<MimeEntity> files = [];

    public IReadOnlyList<MimeEntity> Files => files;

    public bool IsCut { get; private set; }

    /// <summary>The plain texts; of parts that have none, that of their HTML. Never empty where either has text.</summary>
    public string Text()
    {
        var texts = blocks.Select(block => string.IsNullOrWhiteSpace(block.Plain) && block.Html is not null ? HtmlText.Of(block.Html) : block.Plain ?? "").Where(text => !string.IsNullOrWhiteSpace(text));
        var text = string.Join("\n\n", texts.Select(part => part.Trim('\n')));
        if (text.Length <= LongestText)
            return text;

        IsCut = true;
        return $"{text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)]}{Cut}";
    }

    /// <summary>All of it in HTML, if any of it came so.</summary>
    public string? Html()
    {
        if (!blocks.Exists(block => block.Html is not null))
            return null;

        var html = string.Join("\n<hr>\n", blocks.Select(block => block.Html ?? $"<pre>{WebUtility.HtmlEncode(block.Plain)}</pre>"));
        if (html.Length <= LongestText)
            return html;

        IsCut = true;
        return null;
    }

    public void Add(MimeEntity entity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (entity)
        {
            case MultipartAlternative { Count: > 0 } alternative:
                AddAlternative(alternative, cancellationToken);
                break;
            case Multipart { Count: 0 } multipart:
                // Its boundary is missing, or another one: all of it stands where nobody looks.
                if ($"{multipart.Preamble}\n{multipart.Epilogue}".Trim() is { Length: > 0 } stray)
                    blocks.Add(new Block(MailText.Clean(stray), null));
                break;
            case Multipart multipart:
                foreach (var part in multipart)
                    Add(part, cancellationToken);
                break;
            case TextPart text when IsBody(text):
                blocks.Add(text.IsHtml ? new Block(null, Read(text)) : new Block(Read(text), null));
                break;
            default:
                files.Add(entity);
                break;
        }
    }

    /// <summary>Several forms of one content: one plain, one HTML; whatever else there is, is a file.</summary>
    private void AddAlternative(MultipartAlternative alternative, CancellationToken cancellationToken)
    {
        var inner = new MailParts();
        foreach (var part in alternative)
            inner.Add(part, cancellationToken);
        files.AddRange(inner.files);
        IsCut |= inner.IsCut;
        var plain = string.Join("\n\n", inner.blocks.Select(block => block.Plain).Where(text => !string.IsNullOrWhiteSpace(text)));
        var html = inner.blocks.Select(block => block.Html).LastOrDefault(text => text is not null);
        if (plain.Length > 0 || html is not null)
            blocks.Add(new Block(plain.Length > 0 ? plain : null, html));
    }

    private static bool IsBody(TextPart text) =>
        !text.IsAttachment && string.IsNullOrWhiteSpace(text.ContentDisposition?.FileName) && string.IsNullOrWhiteSpace(text.ContentType.Name) && (text.IsPlain || text.IsHtml || text.IsEnriched || text.IsFlowed);

    private string Read(TextPart part)
    {
        if (part.Content is null)
            return "";

        // More bytes than the longest text can have; HTML has more than its text.
        using var bytes = new CappedStream(4 * LongestText);
        part.Content.DecodeTo(bytes);
        IsCut |= bytes.IsFull;
        return MailText.Decode(bytes.Written, MailText.Find(part.ContentType.Charset), bytes.IsFull);
    }

    /// <summary>One content in one or two forms.</summary>
    private sealed record Block(string? Plain, string? Html);
}
