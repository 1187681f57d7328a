namespace HelpDesk.Inbound;

/// <summary>Says of every line of a mail what it is.</summary>
internal static class ReplyClassifier
{
    private const string Fence = "```";

    public static ReplyLineKind[] Classify(string text, List<ReplyLine> lines)
    {
        var kinds = lines.Select(KindOf).ToArray();
        MarkEnclosedQuotes(lines, kinds);
        MarkSignedMessage(lines, kinds);
        var code = FindCode(lines, kinds);
        ReplyAttributions.Mark(lines, kinds, code);
        ReplyHeaders.Mark(text, lines, kinds, code);
        ReplySignatures.Mark(lines, kinds, code);
        MarkDelimiters(lines, kinds, code);
        MarkUnsubscribeLink(lines, kinds);
        return kinds;
    }

    private static ReplyLineKind KindOf(ReplyLine line)
    {
        if (line.IsBlank)
            return ReplyLineKind.Empty;
        if (line.Depth > 0 || IsQuotedOtherwise(line.Clean))
            return ReplyLineKind.Quote;
        return ReplyLineKind.Text;
    }

    // "JD> text" and "| text", but neither "mysql> text" nor a row of a table.
    private static bool IsQuotedOtherwise(string line) =>
        (line.Contains('>', StringComparison.Ordinal) && ReplyMarks.NamedQuote.IsMatch(line)) || (line[0] == '|' && line[^1] != '|' && (line.Length == 1 || line[1] is ' ' or '>'));

    // Usenet's ">>>>" above and "<<<<" below, or both with a name in it.
    private static void MarkEnclosedQuotes(List<ReplyLine> lines, ReplyLineKind[] kinds)
    {
        var closers = new Dictionary<string, int>();
        var enclosed = lines.Count;
        for (var index = lines.Count - 1; index >= 0; index--)
        {
            var line = lines[index];
            if (line.IsLong || line.IsBlank)
                continue;
            if (line.Clean.StartsWith("<<<", StringComparison.Ordinal) && EnclosedName(line.Clean, '<') is { } closed)
                closers[closed] = index;
            else if (line.Depth >= 3 && EnclosedName(line.Clean, '>') is { } opened && closers.TryGetValue(opened, out var closer))
            {
                // A line is marked once, however often one quote is inside another.
                for (var inside = index; inside <= Math.Min(closer, enclosed - 1); inside++)
                    kinds[inside] = kinds[inside] == ReplyLineKind.Empty ? ReplyLineKind.Empty : ReplyLineKind.Quote;
                kinds[index] = kinds[closer] = ReplyLineKind.Noise;
                enclosed = index;
            }
        }
    }

    private static string? EnclosedName(string line, char mark)
    {
        if (line.AsSpan().IndexOfAnyExcept(mark) < 0)
            return line.Length > 3 ? "" : null;
        var marks = new string(mark, 3);
        return line.StartsWith(marks, StringComparison.Ordinal) && line.EndsWith(marks, StringComparison.Ordinal) ? line.Trim(mark, ' ') : null;
    }

    private static void MarkSignedMessage(List<ReplyLine> lines, ReplyLineKind[] kinds)
    {
        var first = lines.FindIndex(line => !line.IsBlank);
        if (first >= 0 && lines[first].Clean == "-----BEGIN PGP SIGNED MESSAGE-----")
        {
            kinds[first] = ReplyLineKind.Noise;
            for (var index = first + 1; index < lines.Count && lines[index].Clean.StartsWith("Hash: ", StringComparison.Ordinal); index++)
                kinds[index] = ReplyLineKind.Noise;
        }

        var end = -1;
        for (var index = lines.Count - 1; index >= 0; index--)
        {
            if (lines[index].Clean == "-----END PGP SIGNATURE-----" && end < 0)
            {
                end = index;
            }
            else if (lines[index].Clean == "-----BEGIN PGP SIGNATURE-----" && end >= 0)
            {
                Array.Fill(kinds, ReplyLineKind.Noise, index, end - index + 1);
                end = -1;
            }
        }
    }

    private static bool[] FindCode(List<ReplyLine> lines, ReplyLineKind[] kinds)
    {
        var code = new bool[lines.Count];
        var open = -1;
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index].Clean;
            if (!line.StartsWith(Fence, StringComparison.Ordinal) || (open >= 0 && line != Fence) || line.LastIndexOf('`') > 2)
                continue;
            if (open >= 0)
            {
                Array.Fill(code, true, open, index - open + 1);
                Array.Fill(kinds, ReplyLineKind.Text, open, index - open + 1);
            }

            open = open >= 0 ? -1 : index;
        }

        return code;
    }

    private static void MarkDelimiters(List<ReplyLine> lines, ReplyLineKind[] kinds, bool[] code)
    {
        var lastAttribution = Array.LastIndexOf(kinds, ReplyLineKind.Attribution);
        var hasWords = false;
        for (var index = 0; index < lines.Count; index++)
        {
            var line = lines[index];
            if (kinds[index] == ReplyLineKind.Text && !code[index] && !line.IsLong && ReplyMarks.IsDelimiter(line.Clean))
            {
                if (IsHeadingUnderline(index) || IsInsideReply(index))
                    continue;
                kinds[index] = hasWords ? ReplyLineKind.Delimiter : ReplyLineKind.Ornament;
            }

            hasWords |= kinds[index] is ReplyLineKind.Text or ReplyLineKind.Quote;
        }

        bool IsHeadingUnderline(int index) =>
            index > 0 && kinds[index - 1] == ReplyLineKind.Text && lines[index].Clean is { Length: > 3 } line && line[0] != '_' && line.Length == lines[index - 1].Clean.Length;

        // A line of underscores with words below parts a reply in two if the quoted mail comes later.
        bool IsInsideReply(int index) =>
            hasWords && index < lastAttribution && lines[index].Clean.AsSpan().IndexOfAnyExcept('_') < 0 && FirstBelow(index) == ReplyLineKind.Text;

        ReplyLineKind FirstBelow(int index)
        {
            for (var below = index + 1; below < lines.Count; below++)
            {
                if (kinds[below] != ReplyLineKind.Empty)
                    return ReplyMarks.IsDelimiter(lines[below].Clean) ? ReplyLineKind.Delimiter : kinds[below];
            }

            return ReplyLineKind.Empty;
        }
    }

    // Mailing lists put it below everything.
    private static void MarkUnsubscribeLink(List<ReplyLine> lines, ReplyLineKind[] kinds)
    {
        var last = lines.FindLastIndex(line => !line.IsBlank);
        for (var index = last; index >= 0 && index >= last - 1; index--)
        {
            var line = lines[index];
            if (line.IsLong || !line.Clean.StartsWith("Unsubscribe: ", StringComparison.OrdinalIgnoreCase) || !line.Clean.Contains('@', StringComparison.Ordinal))
                continue;
            if (index == last || lines[last].Clean.Contains("http", StringComparison.OrdinalIgnoreCase))
                Array.Fill(kinds, ReplyLineKind.Noise, index, last - index + 1);
        }
    }
}
