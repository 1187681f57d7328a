using System.Collections.Frozen;
using System.Diagnostics;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace HelpDesk.AspNetCore.Html;

/// <summary>Parses the HTML of a mail, unless it was made to take long.</summary>
/// <remarks>
/// The parser builds no tree that is deeper than its own limit, so nothing overflows. But it looks through all elements that are open, and the sanitiser through
/// all siblings: a hundred thousand of them take a minute. Counting as they come finds that at once and always alike. What escapes the counts, as the copies that
/// misnested markup makes, ends at the last two bounds.
/// </remarks>
internal sealed class MailTree
{
    private const int Deepest = 1_000;
    private const int MostElements = 40_000;
    private const long MostBytes = 256 * 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // With a body that is there already, no set of frames can take its place.
    private const string Start = "<!DOCTYPE html><html><body>";

    // They have no end, or the next one ends them: a mail that leaves it out is no deeper for that.
    private static readonly FrozenSet<string> Unended = FrozenSet.Create(
        StringComparer.Ordinal,
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
        "body", "colgroup", "dd", "dt", "head", "html", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr");

    private readonly long allocated = GC.GetAllocatedBytesForCurrentThread();
    private readonly long started = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private int depth;
    private int elements;

    private MailTree()
    {
    }

    /// <summary>The document, of which the body has the mail; null where it is too much to be shown.</summary>
    public static IHtmlDocument? Parse(string html)
    {
        var parser = new HtmlParser(new HtmlParserOptions
        {
            DisableElementPositionTracking = true,
            SkipComments = true,
            // Here, before the parser compares them with each other: an element can have a hundred thousand.
            ShouldEmitAttribute = static (ref _, name) => MailMarkup.Attributes.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name.Span),
            OnToken = new MailTree().Take,
        });
        try
        {
            return parser.ParseDocument(Start + html);
        }
        catch (TooMuchException)
        {
            return null;
        }
    }

    private void Take(HtmlToken token, TextRange range)
    {
        if (token.Type == HtmlTokenType.StartTag)
            Open(token.Name);
        else if (token.Type == HtmlTokenType.EndTag)
            Close(token.Name);
        if (depth > Deepest || elements > MostElements || GC.GetAllocatedBytesForCurrentThread() - allocated > MostBytes || Stopwatch.GetElapsedTime(started) > Longest)
            throw new TooMuchException();
    }

    private void Open(string name)
    {
        elements++;
        if (Unended.Contains(name))
            return;
        open[name] = open.GetValueOrDefault(name) + 1;
        depth++;
    }

    private void Close(string name)
    {
        if (open.GetValueOrDefault(name) is not (> 0 and var count))
            return;
        open[name] = count - 1;
        depth--;
    }

    private sealed class TooMuchException : Exception;
}
