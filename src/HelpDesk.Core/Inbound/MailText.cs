using System.Text;

namespace HelpDesk.Inbound;

/// <summary>Makes valid text of the bytes of a mail, whatever they say of their charset.</summary>
internal static class MailText
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, Encoding? declared)
    {
        // Valid UTF-8 beyond ASCII is hardly ever anything else, while what is declared is often wrong. But there are charsets of seven bits.
        var text = IsAscii(bytes) ? (declared ?? Encoding.ASCII).GetString(bytes) : Utf8(bytes) ?? (declared is null or UTF8Encoding ? Western : declared).GetString(bytes);
        return Clean(text);
    }

    /// <summary>No NUL, no half of a pair, one kind of line break.</summary>
    public static string Clean(string text)
    {
        var valid = text.Contains('\0', StringComparison.Ordinal) || HasLoneSurrogate(text)
            ? string.Concat(text.EnumerateRunes().Where(rune => rune.Value != 0).Select(rune => rune.ToString()))
            : text;
        return valid.TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }

    private static bool IsAscii(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes);

    private static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        // The last letter may have been cut in two.
        for (var cut = 0; cut < 4 && cut <= bytes.Length; cut++)
        {
            try
            {
                return StrictUtf8.GetString(bytes[..^cut]);
            }
            catch (DecoderFallbackException)
            {
                if (bytes[^(cut + 1)] < 0x80)
                    return null;
            }
        }

        return null;
    }

    private static bool HasLoneSurrogate(string text) => !Tickets.TextRules.IsStorable(text);
}
