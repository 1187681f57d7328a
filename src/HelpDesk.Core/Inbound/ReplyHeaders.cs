namespace HelpDesk.Inbound;

/// <summary>Finds the blocks of headers that mail programs put above a quoted or forwarded mail.</summary>
internal static class ReplyHeaders
{
    private const int LongestName = 40;

    // A header may be wrapped, or stand between blank lines.
    private const int WidestGap = 2;

    public static void Mark(string text, List<ReplyLine> lines, ReplyLineKind[] kinds, bool[] code)
    {
        for (var first = 0; first < lines.Count;)
        {
            if (NameOf(first) is not { } name)
            {
                first++;
                continue;
            }

            var last = first;
            var names = new HashSet<string> { name };
            for (var next = first + 1; next < lines.Count && next - last <= WidestGap + 1; next++)
            {
                if (NameOf(next) is not { } another)
                    continue;
                // Blank lines or wrapped ones, not both: that would be a text between two blocks.
                if (lines[(last + 1)..next].Select(line => line.IsBlank).Distinct().Skip(1).Any())
                    break;
                names.Add(another);
                last = next;
            }

            last += last + 1 < lines.Count && kinds[last + 1] == ReplyLineKind.Text && text[lines[last + 1].Start] is ' ' or '\t' ? 1 : 0;
            if (IsBlock(first, last, names))
                Array.Fill(kinds, ReplyLineKind.Header, first, last - first + 1);
            first = last + 1;
        }

        string? NameOf(int index)
        {
            if (kinds[index] != ReplyLineKind.Text || lines[index].IsLong || code[index])
                return null;
            var line = lines[index].Clean;
            var colon = line.AsSpan().IndexOfAny(':', '：');
            if (colon is <= 0 or > LongestName)
                return null;
            var name = line[..colon].Trim(' ', '*', '_').ToLowerInvariant();
            if (ReplyMarks.DateHeaders.Contains(name))
                return line.AsSpan(colon).IndexOfAnyInRange('0', '9') >= 0 ? name : null;
            return ReplyMarks.TextHeaders.Contains(name) || ReplyMarks.SubjectHeaders.Contains(name) ? name : null;
        }

        // From, To and Date may be somebody's journey: an address or a subject makes it a mail.
        bool IsBlock(int first, int last, HashSet<string> names) =>
            names.Count > 1 && (names.Overlaps(ReplyMarks.SubjectHeaders) || lines[first..(last + 1)].Exists(line => line.Clean.Contains('@', StringComparison.Ordinal)));
    }
}
