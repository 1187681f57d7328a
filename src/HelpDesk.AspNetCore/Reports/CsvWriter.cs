using System.Buffers;
using System.Globalization;
using System.Text;

namespace HelpDesk.AspNetCore.Reports;

/// <summary>Writes a table as RFC 4180 has it, in UTF-8 with a byte order mark, by which spreadsheets know it.</summary>
internal sealed class CsvWriter
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\t\r\n");

    private readonly ArrayBufferWriter<byte> buffer = new();
    private bool isInRow;

    public CsvWriter() => buffer.Write(Encoding.UTF8.Preamble);

    /// <summary>What has been written and not been taken yet.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public void Taken() => buffer.ResetWrittenCount();

    /// <summary>A text of somebody: whatever is in it, it stays a text.</summary>
    public void Text(string? text)
    {
        var inert = FormulaGuard.Disarm(text ?? "");
        Word(inert.AsSpan().IndexOfAny(Quoted) < 0 ? inert : $"\"{inert.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    /// <summary>A word of our own.</summary>
    public void Word(string word)
    {
        Encoding.UTF8.GetBytes(isInRow ? "," : "", buffer);
        Encoding.UTF8.GetBytes(word, buffer);
        isInRow = true;
    }

    public void Time(DateTimeOffset? time) => Word(time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");

    public void Seconds(TimeSpan? time) => Word(time is { } known ? ((long)known.TotalSeconds).ToString(CultureInfo.InvariantCulture) : "");

    public void EndRow()
    {
        Encoding.UTF8.GetBytes("\r\n", buffer);
        isInRow = false;
    }
}
