namespace HelpDesk.Inbound;

/// <summary>Splits the text of a mail into what its author wrote and what is quoted, forwarded or a signature.</summary>
/// <remarks>
/// Every line gets a kind, then the order of the kinds decides. What is doubtful stays visible, and so does a mail of which nothing would be left.
/// The time is proportional to the length of the text: a mark has few lines and a line that is long is none.
/// </remarks>
internal static class ReplyTrimmer
{
    // A longer text below a quote is an answer below the quote, not the rest of the quoted mail.
    private const int LongestRest = 6;

    // Two headers may stand in anybody's text.
    private const int FewestHeaders = 3;

    public static TrimmedReply Trim(string text)
    {
        var lines = ReplyLine.Split(text);
        var kinds = ReplyClassifier.Classify(text, lines);
        var visible = new bool[lines.Count];
        foreach (var index in Kept(kinds))
            visible[index] = kinds[index] is ReplyLineKind.Text or ReplyLineKind.Empty or ReplyLineKind.Quote;

        // A signature alone, below its delimiter, is the whole mail.
        if (!Enumerable.Range(0, kinds.Length).Any(index => !visible[index] && kinds[index] is not (ReplyLineKind.Ornament or ReplyLineKind.Empty)))
            Array.Fill(visible, true);

        var trimmed = new TrimmedReply(Segments(text, lines, visible));
        return string.IsNullOrWhiteSpace(trimmed.Visible) ? new TrimmedReply(text.Length == 0 ? [] : [new ReplySegment(text, true)]) : trimmed;
    }

    private static List<ReplySegment> Segments(string text, List<ReplyLine> lines, bool[] visible)
    {
        var segments = new List<ReplySegment>();
        for (var first = 0; first < lines.Count;)
        {
            var next = first + 1;
            while (next < lines.Count && visible[next] == visible[first])
                next++;
            segments.Add(new ReplySegment(text[lines[first].Start..lines[next - 1].End], visible[first]));
            first = next;
        }

        return segments;
    }

    private static IEnumerable<int> Kept(ReplyLineKind[] kinds)
    {
        var indexes = Enumerable.Range(0, kinds.Length)
            .TakeWhile(index => kinds[index] != ReplyLineKind.Delimiter)
            .Where(index => kinds[index] is not (ReplyLineKind.Signature or ReplyLineKind.Noise or ReplyLineKind.Ornament))
            .ToArray();
        var kept = Array.ConvertAll(indexes, index => kinds[index]);
        if (!kept.Contains(ReplyLineKind.Text))
            return [];
        if (AnswerBelow(kept) is { } answer)
            return indexes[answer..];

        var length = kept.Length;
        length = BeforeUnquotedMail(kept.AsSpan(0, length));
        length = BeforeQuotedMail(kept.AsSpan(0, length));
        length = BeforeLast(kept.AsSpan(0, length), ReplyLineKind.Quote, ReplyLineKind.Attribution, ReplyLineKind.Empty);
        length = BeforeHeaders(kept.AsSpan(0, length));
        length = BeforeLast(kept.AsSpan(0, length), ReplyLineKind.Quote, ReplyLineKind.Attribution, ReplyLineKind.Header, ReplyLineKind.Empty);
        return indexes.Take(length);
    }

    // A mail that begins with the quoted one and then has nothing but words: those are the answer.
    private static int? AnswerBelow(ReadOnlySpan<ReplyLineKind> kept)
    {
        var start = kept.IndexOfAnyExcept(ReplyLineKind.Empty);
        var answer = kept.IndexOf(ReplyLineKind.Text);
        var isQuoteFirst = kept[start] == ReplyLineKind.Attribution && kept[start..answer].Contains(ReplyLineKind.Quote);
        return isQuoteFirst && !kept[answer..].ContainsAnyExcept(ReplyLineKind.Text, ReplyLineKind.Empty) ? answer : null;
    }

    // Words, an attribution and no quote behind it: the quoted mail has no marks, and goes on to the end.
    private static int BeforeUnquotedMail(ReadOnlySpan<ReplyLineKind> kept)
    {
        for (var index = kept.LastIndexOf(ReplyLineKind.Quote) + 1; index < kept.Length; index++)
        {
            if (kept[index] == ReplyLineKind.Attribution && LastBefore(kept[..index], ReplyLineKind.Empty) is var words and >= 0 && kept[words] == ReplyLineKind.Text)
                return words + 1;
        }

        return kept.Length;
    }

    // Words, an attribution, a quote and at most a few lines: the rest of the mail, unless the quote follows at once and the lines answer it.
    private static int BeforeQuotedMail(ReadOnlySpan<ReplyLineKind> kept)
    {
        var rest = kept.LastIndexOfAnyExcept(ReplyLineKind.Text, ReplyLineKind.Empty) + 1;
        var quote = LastBefore(kept[..rest], ReplyLineKind.Empty, ReplyLineKind.Quote, ReplyLineKind.Attribution, ReplyLineKind.Header) + 1;
        var first = kept[quote..].IndexOfAnyExcept(ReplyLineKind.Empty) + quote;
        var isQuotedMail = quote > 0 && quote < rest && kept[quote - 1] == ReplyLineKind.Text && kept[first] == ReplyLineKind.Attribution;
        return isQuotedMail && kept[rest..].Count(ReplyLineKind.Text) <= LongestRest && !HasAnsweredQuote(kept) ? quote : kept.Length;
    }

    private static bool HasAnsweredQuote(ReadOnlySpan<ReplyLineKind> kept)
    {
        var quote = kept.IndexOf([ReplyLineKind.Attribution, ReplyLineKind.Quote]);
        return quote >= 0 && kept[quote..].Contains(ReplyLineKind.Text);
    }

    private static int BeforeHeaders(ReadOnlySpan<ReplyLineKind> kept)
    {
        for (var index = 0; index < kept.Length;)
        {
            var length = kept[index..].IndexOfAnyExcept(ReplyLineKind.Header) is var other and >= 0 ? other : kept.Length - index;
            var words = length < FewestHeaders ? -1 : LastBefore(kept[..index], ReplyLineKind.Empty, ReplyLineKind.Quote, ReplyLineKind.Attribution);
            if (words >= 0 && kept[words] == ReplyLineKind.Text)
                return words + 1;
            index += Math.Max(length, 1);
        }

        return kept.Length;
    }

    private static int BeforeLast(ReadOnlySpan<ReplyLineKind> kept, params ReadOnlySpan<ReplyLineKind> kinds) => LastBefore(kept, kinds) + 1;

    private static int LastBefore(ReadOnlySpan<ReplyLineKind> kept, params ReadOnlySpan<ReplyLineKind> kinds) => kept.LastIndexOfAnyExcept(kinds);
}
