using System.Text;

namespace HelpDesk.AspNetCore.Tests.Reports;

/// <summary>Reads RFC 4180 to the letter: what is not so is an error, not guessed at.</summary>
internal static class Csv
{
    /// <param name="text">The table, without the byte order mark.</param>
    /// <param name="separator">The separator of cells.</param>
    public static List<List<string>> Read(string text, char separator = ',')
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var at = 0;
        while (at < text.Length)
        {
            row.Add(text[at] == '"' ? Quoted(text, ref at) : Plain(text, separator, ref at));
            if (at < text.Length && text[at] == separator)
            {
                at++;
                if (at == text.Length)
                    throw new FormatException("A row does not end.");
            }
            else if (at + 1 < text.Length && text[at] == '\r' && text[at + 1] == '\n')
            {
                at += 2;
                rows.Add(row);
                row = [];
            }
            else
            {
                throw new FormatException($"Neither a separator nor the end of the row at {at}: {text[Math.Max(0, at - 20)..at]}");
            }
        }

        return rows;
    }

    /// <summary>As spreadsheets do that take another separator: quotes count only where a cell begins with one, and everything is forgiven.</summary>
    public static IEnumerable<string> ReadCarelessly(string text, char separator) =>
        text.Split('\n').SelectMany(line => line.Split(separator)).Select(cell => cell.Trim('"', ' ', '\r'));

    private static string Quoted(string text, ref int at)
    {
        var cell = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }

        throw new FormatException("A quote is not closed.");
    }

    private static string Plain(string text, char separator, ref int at)
    {
        var start = at;
        while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
        {
            if (text[at++] == '"')
                throw new FormatException("A quote within a cell that does not begin with one.");
        }

        return text[start..at];
    }
}
