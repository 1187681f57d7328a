using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace HelpDesk.Tickets;

/// <summary>What is acceptable as text from outside, and how it is cleaned.</summary>
internal static class TextRules
{
    /// <summary>Whether every database can store the text: no NUL, which PostgreSQL refuses, and no half of a surrogate pair.</summary>
    public static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0' || char.IsLowSurrogate(c))
                return false;
            if (char.IsHighSurrogate(c) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                return false;
        }

        return true;
    }

    /// <summary>A text of the library or of a policy, short enough and storable: what cannot be stored becomes a question mark, and no pair is cut in two.</summary>
    public static string Cut(string text, int length)
    {
        var cut = text.Length <= length ? text : $"{text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)]}…";
        return IsStorable(cut) ? cut : string.Concat(cut.EnumerateRunes().Select(rune => rune.Value is 0 or 0xFFFD ? "?" : rune.ToString()));
    }

    /// <summary>A subject is one line: line breaks and other controls become one space, so that none of them ever reaches a mail header.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        var pending = false;
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
            {
                pending = true;
                continue;
            }

            if (pending && line.Length > 0 && line[^1] != ' ' && c != ' ')
                line.Append(' ');
            pending = false;
            line.Append(c);
        }

        return line.ToString().Trim();
    }

    /// <summary>The address in the form in which it is stored and compared, or null where it is none.</summary>
    public static string? NormalizeEmail(string? text)
    {
        var address = text?.Trim();
        return address is { Length: > 2 and <= TicketLimits.EmailLength }
            && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"')
            && IsStorable(address)
            && !address.Any(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format || (!char.IsAscii(c) && char.IsAscii(char.ToLowerInvariant(c))))
            && IsDomain(address[(address.LastIndexOf('@') + 1)..])
            && MailAddress.TryCreate(address, out var parsed)
            && parsed.Address == address
                ? address.ToLowerInvariant()
                : null;
    }

    // What mail servers do not take as a domain, they may take as another one: an address with an invisible letter in it is somebody else's.
    private static bool IsDomain(string domain)
    {
        try
        {
            // Letters of another width are the same domain for a mail server, and another text for us.
            return domain.IsNormalized(NormalizationForm.FormKC) && Uri.CheckHostName(new IdnMapping().GetAscii(domain)) == UriHostNameType.Dns;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
