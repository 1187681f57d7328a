using System.Globalization;
using System.Text;
using HelpDesk.Tickets;

namespace HelpDesk.Inbound;

internal enum ReplyLineKind : byte
{
    Text,
    Empty,
    Quote,
    Delimiter,
    Signature,

    /// <summary>The line above a quoted or forwarded mail: <c>On … wrote:</c>.</summary>
    Attribution,

    /// <summary>A line of a block of mail headers: <c>From: …</c>.</summary>
    Header,

    /// <summary>What programs put around the words: hidden wherever it stands.</summary>
    Noise,

    /// <summary>A delimiter above all words: hidden with what follows it, if that is hidden.</summary>
    Ornament,
}

/// <summary>A line of a mail, as it is found in the text and as it is compared.</summary>
internal readonly struct ReplyLine
{
    /// <summary>No mark is longer. It bounds the work for each line.</summary>
    private const int LongestMark = 1000;

    private ReplyLine(int start, int end, string clean, bool isLong)
    {
        Start = start;
        End = end;
        Clean = clean;
        IsLong = isLong;
        Depth = clean.AsSpan().IndexOfAnyExcept('>', ' ') is var letter and >= 0 ? clean.AsSpan(0, letter).Count('>') : clean.AsSpan().Count('>');
        Unquoted = Depth == 0 ? clean : clean.TrimStart('>', ' ');
    }

    public int Start { get; }

    /// <summary>Behind the line ending.</summary>
    public int End { get; }

    /// <summary>Without invisible letters, composed, and with single spaces. The start only, if the line is long.</summary>
    public string Clean { get; }

    public string Unquoted { get; }

    public int Depth { get; }

    public bool IsLong { get; }

    public bool IsBlank => Clean.Length == 0;

    public static List<ReplyLine> Split(string text)
    {
        var lines = new List<ReplyLine>();
        for (var start = 0; start < text.Length;)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var stop = length < 0 ? text.Length : start + length;
            var end = stop == text.Length ? stop : stop + (text.AsSpan(stop).StartsWith("\r\n") ? 2 : 1);
            lines.Add(Read(text.AsSpan(start, stop - start), start, end));
            start = end;
        }

        return lines;
    }

    private static ReplyLine Read(ReadOnlySpan<char> raw, int start, int end)
    {
        var line = raw.Trim();
        var isLong = line.Length > LongestMark;
        return new ReplyLine(start, end, Normalize(isLong ? line[..LongestMark] : line), isLong);
    }

    private static string Normalize(ReadOnlySpan<char> line)
    {
        if (Ascii.IsValid(line) && !line.ContainsAnyInRange('\0', '\x1F') && !line.Contains("  ", StringComparison.Ordinal))
            return line.ToString();

        var clean = new StringBuilder(line.Length);
        var composed = true;
        foreach (var c in line)
        {
            var space = char.IsWhiteSpace(c);
            if (space ? clean.Length == 0 || clean[^1] == ' ' : CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format)
                continue;
            composed &= CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark;
            clean.Append(space ? ' ' : c);
        }

        // Apple writes é as two letters. Halves of surrogate pairs cannot be composed.
        var text = clean.ToString().TrimEnd();
        return composed || !TextRules.IsStorable(text) ? text : text.Normalize();
    }
}
