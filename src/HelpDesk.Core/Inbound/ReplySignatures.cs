namespace HelpDesk.Inbound;

/// <summary>Finds the lines that mail programs put below a mail: <c>Sent from my iPhone</c>.</summary>
internal static class ReplySignatures
{
    private const int LongestSignature = 200;
    private const int MostWords = 8;

    public static void Mark(List<ReplyLine> lines, ReplyLineKind[] kinds, bool[] code)
    {
        // From below, since words below a line say that it is a sentence.
        for (var index = lines.Count - 1; index >= 0; index--)
        {
            if (kinds[index] == ReplyLineKind.Text && !code[index] && IsSignature(lines[index], index + 1 < kinds.Length && kinds[index + 1] == ReplyLineKind.Text))
                kinds[index] = ReplyLineKind.Signature;
        }
    }

    private static bool IsSignature(ReplyLine line, bool isTextBelow)
    {
        if (line.IsLong || line.Clean.Length > LongestSignature)
            return false;
        var text = line.Clean.ToLowerInvariant();
        if (text.Contains("](", StringComparison.Ordinal))
            text = ReplyMarks.MarkdownLink.Replace(text, "$1");
        if (ReplyMarks.CertainSignature.IsMatch(text))
            return true;
        if (!ReplyMarks.Signature.IsMatch(text))
            return false;
        if (ReplyMarks.Excuse.IsMatch(text))
            return true;
        if (ReplyMarks.Sentence.IsMatch(text))
            return false;
        return ReplyMarks.Device.IsMatch(text) || (!isTextBelow && text.Count(c => c == ' ') < MostWords);
    }
}
