using System.Buffers;
using System.Globalization;
using System.Text;

namespace HelpDesk.AspNetCore.Reports;

/// <summary>Keeps spreadsheets from taking a text of strangers for a formula: an apostrophe before it says that it is a text.</summary>
internal static class FormulaGuard
{
    // The wide and small forms are what some spreadsheets fold to the plain ones; the last is the sign of subtraction.
    private static readonly SearchValues<char> Signs = SearchValues.Create("=+-@＝＋－＠﹦﹢﹣﹫−");

    // Programs whose list separator is a semicolon, as in German, or a tab take a cell apart at these, though it is quoted, because the row before it is no quoted cell of theirs.
    private static readonly SearchValues<char> Separators = SearchValues.Create(";\t\r\n");

    private static readonly SearchValues<char> Quotes = SearchValues.Create("\"'`´‘’‚‛“”„‟«»‹›＂＇");

    public static string Disarm(string text)
    {
        var inert = new StringBuilder(text.Length + 4);
        var isStart = true;
        for (var i = 0; i < text.Length; i++)
        {
            if (isStart && IsFormula(text.AsSpan(i), isWhole: i == 0))
                inert.Append('\'');
            inert.Append(text[i]);
            isStart = Separators.Contains(text[i]);
        }

        return inert.ToString();
    }

    /// <summary>Whether it begins with a sign, what is not seen and quotes left aside; the whole cell also where it begins with a tab or a line break.</summary>
    private static bool IsFormula(ReadOnlySpan<char> text, bool isWhole)
    {
        if (isWhole && text[0] is '\t' or '\r' or '\n')
            return true;
        foreach (var character in text)
        {
            if (Signs.Contains(character))
                return true;
            // What comes after another separator is looked at there.
            if (!IsPassedOver(character) || (!isWhole && Separators.Contains(character)))
                return false;
        }

        return false;
    }

    private static bool IsPassedOver(char character) =>
        char.IsWhiteSpace(character) || char.IsControl(character) || char.GetUnicodeCategory(character) == UnicodeCategory.Format || Quotes.Contains(character);
}
