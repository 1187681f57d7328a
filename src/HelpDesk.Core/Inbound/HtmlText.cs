using System.Text;
using MimeKit.Text;

namespace HelpDesk.Inbound;

/// <summary>The text of HTML, for people to read: by MimeKit's tokenizer, in one pass.</summary>
internal static class HtmlText
{
    private static readonly HashSet<HtmlTagId> Paragraphs =
        [HtmlTagId.P, HtmlTagId.Table, HtmlTagId.UL, HtmlTagId.OL, HtmlTagId.H1, HtmlTagId.H2, HtmlTagId.H3, HtmlTagId.H4, HtmlTagId.H5, HtmlTagId.H6, HtmlTagId.BlockQuote, HtmlTagId.Pre, HtmlTagId.HR];

    private static readonly HashSet<HtmlTagId> Lines = [HtmlTagId.Div, HtmlTagId.Br, HtmlTagId.TR, HtmlTagId.LI, HtmlTagId.DT, HtmlTagId.DD, HtmlTagId.Address, HtmlTagId.Section, HtmlTagId.Article, HtmlTagId.Header, HtmlTagId.Footer];
    private static readonly HashSet<HtmlTagId> Silent = [HtmlTagId.Script, HtmlTagId.Style, HtmlTagId.Title];

    public static string Of(string html)
    {
        using var reader = new StringReader(html);
        var tokenizer = new HtmlTokenizer(reader) { DecodeCharacterReferences = true, IgnoreTruncatedTags = false };
        var text = new Writer();
        HtmlTagId? silentUntil = null;
        while (tokenizer.ReadNextToken(out var token))
        {
            switch (token)
            {
                case HtmlTagToken tag when silentUntil is not null:
                    if (tag.Id == silentUntil && tag.IsEndTag)
                        silentUntil = null;
                    break;
                case HtmlTagToken { IsEndTag: false, IsEmptyElement: false } tag when Silent.Contains(tag.Id):
                    silentUntil = tag.Id;
                    break;
                case HtmlTagToken tag:
                    text.Tag(tag);
                    break;
                case HtmlDataToken data when silentUntil is null && data is not (HtmlScriptDataToken or HtmlCDataToken):
                    text.Words(data.Data);
                    break;
            }
        }

        return MailText.Clean(text.ToString());
    }

    /// <summary>Writes words and breaks: several breaks at one place are one, the widest.</summary>
    private sealed class Writer
    {
        private const int DeepestQuote = 20;

        private readonly StringBuilder text = new();
        private int breaks;
        private bool hasSpace;
        private int quotes;
        private int preformatted;

        public void Tag(HtmlTagToken tag)
        {
            if (tag.Id == HtmlTagId.Pre)
                preformatted = Math.Max(0, preformatted + (tag.IsEndTag ? -1 : 1));
            if (tag.Id == HtmlTagId.Br && !tag.IsEndTag)
                breaks++;
            else if (Paragraphs.Contains(tag.Id))
                breaks = Math.Max(breaks, 2);
            else if (Lines.Contains(tag.Id))
                breaks = Math.Max(breaks, 1);
            else if (tag.Id is HtmlTagId.TD or HtmlTagId.TH)
                hasSpace = true;
            if (tag.Id == HtmlTagId.LI && !tag.IsEndTag)
                Words("- ");
            if (tag.Id == HtmlTagId.BlockQuote)
                quotes = Math.Max(0, quotes + (tag.IsEndTag ? -1 : 1));
        }

        public void Words(string data)
        {
            foreach (var c in data)
            {
                if (preformatted > 0 && c == '\n')
                    breaks++;
                else if (preformatted > 0 ? c == '\r' : c is ' ' or '\t' or '\r' or '\n' or '\u00a0')
                    hasSpace = true;
                else
                    Write(c);
            }
        }

        public override string ToString() => text.ToString().Trim();

        private void Write(char c)
        {
            if (breaks > 0)
            {
                if (text.Length > 0)
                    text.Append('\n', Math.Min(breaks, 3));
                if (quotes > 0)
                    text.Append('>', Math.Min(quotes, DeepestQuote)).Append(' ');
            }
            else if (hasSpace && text.Length > 0 && text[^1] != ' ')
            {
                text.Append(' ');
            }

            (breaks, hasSpace) = (0, false);
            text.Append(c);
        }
    }
}
