using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace HelpDesk.Attachments;

/// <summary>Makes names and media types from outside harmless, wherever they may be shown or saved.</summary>
/// <remarks>A name is cleaned after its Unicode normalisation: cleaned before, a full-width slash or a letter that vanishes would make a path or a hidden file of it afterwards.</remarks>
internal static class FileNames
{
    public const string UnknownType = "application/octet-stream";

    private const string Nameless = "file";
    private const int MostBytes = 255;
    private const int LongestExtension = 20;
    private const int LongestInput = 64 * 1024;
    private const string Forbidden = "\"*:<>?|";

    // As Windows has them, with any extension; the superscript digits have become plain ones by then.
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })], StringComparer.OrdinalIgnoreCase);

    public static string Clean(string? name)
    {
        var text = Normalize(name ?? "");
        text = text[(text.LastIndexOfAny(['/', '\\']) + 1)..];
        text = Trim(text);
        if (text.Length == 0)
            return Nameless;
        if (Devices.Contains(text.Split('.')[0].TrimEnd()))
            text = $"_{text}";
        return Shorten(text);
    }

    public static string CleanType(string? contentType) =>
        contentType is { Length: <= MostBytes } && MediaTypeHeaderValue.TryParse(contentType, out var type) && type.MediaType is { } media && media.All(char.IsAscii) && media.Split('/') is [{ Length: > 0 }, { Length: > 0 }] && !media.Contains('*', StringComparison.Ordinal)
            ? media.ToLowerInvariant()
            : UnknownType;

    public static string Extension(string name)
    {
        var dot = name.LastIndexOf('.');
        return dot < 0 ? "" : name[dot..].ToLowerInvariant();
    }

    private static string Normalize(string name)
    {
        // Bounded before anything looks at it; the end holds the name, if it is a path, and the extension.
        var text = name.Length <= LongestInput ? name : name[^LongestInput..];
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            // Among those are code points that no normalisation takes.
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
                continue;
            foreach (var folded in rune.ToString().Normalize(NormalizationForm.FormKC).EnumerateRunes())
                Append(clean, folded);
        }

        return clean.ToString().Normalize(NormalizationForm.FormC);
    }

    private static void Append(StringBuilder clean, Rune rune)
    {
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator:
            case UnicodeCategory.Control when rune.Value is '\t' or '\n' or '\r':
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
                break;
            case var _ when IsInvisible(rune.Value):
            case UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                break;
            default:
                clean.Append(rune.Value == Rune.ReplacementChar.Value || (rune.IsAscii && Forbidden.Contains((char)rune.Value)) ? "_" : rune.ToString());
                break;
        }
    }

    // What Unicode calls ignorable beside the formats, and two letters that look like nothing: they could hide an extension far to the right.
    private static bool IsInvisible(int rune) => rune
        is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);

    private static string Trim(string text) => text.Trim(' ', '.');

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes)
            return name;

        var extension = name[Math.Max(0, name.LastIndexOf('.'))..];
        if (extension.Length > LongestExtension)
            extension = "";
        var room = MostBytes - Encoding.UTF8.GetByteCount(extension);
        var cut = new StringBuilder();
        foreach (var rune in name[..^extension.Length].EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
                break;
            cut.Append(rune.ToString());
        }

        return $"{Trim(cut.ToString())}{extension}";
    }
}
