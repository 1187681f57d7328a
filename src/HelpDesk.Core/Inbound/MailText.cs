using System.Text;

namespace HelpDesk.Inbound;

/// <summary>Makes valid text of the bytes of a mail, whatever they say of their charset.</summary>
internal static class MailText
{
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes, Encoding? declared, bool isCut)
    {
        // Valid UTF-8 beyond ASCII is hardly ever anything else, while what is declared is often wrong. But there are charsets of seven bits.
        var text = IsAscii(bytes) ? (declared ?? Encoding.ASCII).GetString(bytes) : Utf8(bytes, isCut) ?? (declared is null or UTF8Encoding or ASCIIEncoding ? Western : declared).GetString(bytes);
        return Clean(text);
    }

    /// <summary>Makes the charsets known that mail is written in and .NET does not bring along: for MimeKit too, which decodes headers, and remembers what it has not found.</summary>
    public static void KnowCharsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The charset of that name, or of that number as in cp932; null for none.</summary>
    public static Encoding? Find(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset))
            return null;

        var name = charset.Trim().Trim('"').ToLowerInvariant();
        var number = name.StartsWith("cp", StringComparison.Ordinal) ? name[2..] : name.StartsWith("windows-", StringComparison.Ordinal) ? name[8..].TrimEnd('j') : "";
        try
        {
            return int.TryParse(number, out var page)
                ? CodePagesEncodingProvider.Instance.GetEncoding(page == 31 ? 932 : page)
                : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
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

    private static string? Utf8(ReadOnlySpan<byte> bytes, bool isCut)
    {
        // Then the last letter may have been cut in two.
        for (var cut = 0; cut < (isCut ? 4 : 1) && cut <= bytes.Length; cut++)
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
