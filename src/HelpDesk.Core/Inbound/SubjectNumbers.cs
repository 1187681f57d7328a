using HelpDesk.Tickets;

namespace HelpDesk.Inbound;

/// <summary>Finds what may be ticket numbers in a subject: whole words with a digit, since a number must not match inside a longer one.</summary>
internal static class SubjectNumbers
{
    private const int Most = 10;
    private const string Around = "[](){}<>\"'“”„‘’«»,;:.!?#*…";

    private static readonly char[] Apart = [.. Around.Except(".#"), ' ', '\t', '\u00a0', '\u3000'];

    /// <summary>The candidates in their order, each as it was written and in upper and lower case.</summary>
    public static IReadOnlyList<string> In(string subject)
    {
        var words = subject.Split([' ', '\t', '\u00a0', '\u3000'], StringSplitOptions.RemoveEmptyEntries).Concat(subject.Split(Apart, StringSplitOptions.RemoveEmptyEntries));
        return [.. words
            .Select(word => word.Trim([.. Around]))
            .Where(word => word.Length is > 0 and <= TicketLimits.NumberLength && word.Any(char.IsAsciiDigit) && TextRules.IsStorable(word))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(Most)
            .SelectMany(word => new[] { word, word.ToUpperInvariant(), word.ToLowerInvariant() })
            .Distinct(StringComparer.Ordinal)];
    }
}
