namespace HelpDesk.Inbound;

/// <summary>The text of a mail in pieces; together they are the text, letter by letter.</summary>
internal sealed record TrimmedReply(IReadOnlyList<ReplySegment> Segments)
{
    /// <summary>What the author wrote, without blank lines at both ends and without white space at the end.</summary>
    public string Visible { get; } = TrimBlankLines(string.Concat(Segments.Where(segment => segment.IsVisible).Select(segment => segment.Text)));

    /// <summary>Whether anything but white space is hidden.</summary>
    public bool IsTrimmed { get; } = Segments.Any(segment => !segment.IsVisible && !string.IsNullOrWhiteSpace(segment.Text));

    private static string TrimBlankLines(string text)
    {
        var trimmed = text.AsSpan().TrimEnd();
        var indent = trimmed.Length - trimmed.TrimStart().Length;
        var lineBreak = trimmed[..indent].LastIndexOfAny('\r', '\n');
        return trimmed[(lineBreak + 1)..].ToString();
    }
}

/// <summary>Whole lines of a mail, with their line endings.</summary>
internal sealed record ReplySegment(string Text, bool IsVisible);
