namespace HelpDesk.Inbound;

/// <summary>Finds the lines that introduce a quoted or forwarded mail, even where they are wrapped.</summary>
internal static class ReplyAttributions
{
    private const int MostLines = 4;
    private const int LongestAttribution = 500;

    public static void Mark(List<ReplyLine> lines, ReplyLineKind[] kinds, bool[] code)
    {
        for (var last = 0; last < lines.Count; last++)
        {
            if (!IsCandidate(last))
                continue;
            if (ReplyMarks.IsForwardMark(lines[last].Unquoted))
                kinds[last] = ReplyLineKind.Attribution;
            else if (ReplyMarks.EndsLikeAttribution(lines[last].Unquoted) && FirstLine(last) is { } first)
                Array.Fill(kinds, ReplyLineKind.Attribution, first, last - first + 1);
        }

        bool IsCandidate(int index) => kinds[index] is ReplyLineKind.Text or ReplyLineKind.Quote && !lines[index].IsLong && !code[index];

        // The shortest one wins, so that a sentence above that begins alike is not taken for it.
        int? FirstLine(int last)
        {
            var isQuoteBelow = IsQuoteBelow(lines, kinds, last);
            int? loose = null;
            var attribution = "";
            for (var first = last; first >= 0 && first > last - MostLines && IsCandidate(first); first--)
            {
                var line = lines[first].Unquoted;
                if (first < last && !IsContinued(lines[first], lines[first + 1]))
                    break;
                attribution = first == last ? line : $"{line} {attribution}";
                if (attribution.Length > LongestAttribution)
                    break;
                var isBeginning = first == last || line.Any(char.IsAsciiDigit) || line.Contains('@', StringComparison.Ordinal);
                if (isBeginning && ReplyMarks.IsAttribution(attribution, isQuoteBelow))
                    return first;
                var mayBeMore = loose is null || !ReplyMarks.IsClosed(lines[last].Unquoted);
                if (first >= last - 1 && mayBeMore && ReplyMarks.IsNamedAttribution(attribution, isQuoteBelow))
                    loose = first;
            }

            return loose;
        }
    }

    private static bool IsContinued(ReplyLine line, ReplyLine next) =>
        line.Clean[^1] is not ('!' or '?' or ':' or '：') && (line.Depth == next.Depth || (line.Depth < next.Depth && EndsInsideAddress(line.Clean)));

    // The bracket that closes an address may have come to the start of a line, where it looks like a quote.
    private static bool EndsInsideAddress(string line) =>
        !ReplyMarks.IsClosed(line) || (line.Contains('@', StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal));

    private static bool IsQuoteBelow(List<ReplyLine> lines, ReplyLineKind[] kinds, int index)
    {
        for (var below = index + 1; below < lines.Count && below <= index + MostLines; below++)
        {
            if (kinds[below] != ReplyLineKind.Empty)
                return kinds[below] == ReplyLineKind.Quote && lines[below].Depth > lines[index].Depth;
        }

        return false;
    }
}
