using System.Text;
using HelpDesk.Inbound.Mailgun.Forms;
using MimeKit;

namespace HelpDesk.Inbound.Mailgun.Mime;

/// <summary>A body or an attachment: its headers, and the field that holds its bytes; null for an empty one.</summary>
internal sealed record MailPart(FormField? Field, string Headers, bool IsBase64)
{
    private const string UnknownType = "application/octet-stream";
    private const int LongestType = 1024;

    /// <summary>A text as it came: no encoding can harm what has none.</summary>
    public static async Task<MailPart> TextAsync(ReceivedForm form, FormField field, string subtype, CancellationToken cancellationToken)
    {
        await using var content = form.OpenRead(field);
        // Mailgun has made UTF-8 of it. Of what is none nobody knows the charset.
        var charset = await Utf8Text.IsValidAsync(content, cancellationToken) ? "; charset=utf-8" : "";
        return new MailPart(field, $"Content-Type: text/{subtype}{charset}\r\nContent-Transfer-Encoding: 8bit\r\n", IsBase64: false);
    }

    public static MailPart Empty { get; } = new(null, "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n", IsBase64: false);

    /// <param name="field">The file.</param>
    /// <param name="fileName">Its name; empty for none.</param>
    /// <param name="type">Its type as it came; empty for none.</param>
    /// <param name="contentId">Its Content-ID; null for none.</param>
    public static MailPart File(FormField field, byte[] fileName, byte[] type, string? contentId)
    {
        var (mediaType, isMessage) = TypeOf(type);
        var headers = new StringBuilder()
            .Append("Content-Type: ").Append(mediaType).Append("\r\n")
            .Append("Content-Transfer-Encoding: ").Append(isMessage ? "8bit" : "base64").Append("\r\n")
            .Append("Content-Disposition: ").Append(contentId is null ? "attachment" : "inline").Append(FileName(fileName)).Append("\r\n");
        if (contentId is not null)
            headers.Append("Content-ID: <").Append(contentId).Append(">\r\n");
        return new MailPart(field, headers.ToString(), IsBase64: !isMessage);
    }

    private static (string Type, bool IsMessage) TypeOf(byte[] type)
    {
        if (type.Length is 0 or > LongestType || !Array.TrueForAll(type, character => character is >= (byte)' ' and <= (byte)'~') || !ContentType.TryParse(type, out var parsed))
            return (UnknownType, false);
        // Its boundary would have to be found in what is base64 here.
        if (parsed.IsMimeType("multipart", "*"))
            return (UnknownType, false);

        // A message within a message must not be base64 (RFC 2046), and readers would not look into it: of a bounce it is what tells the ticket.
        var isMessage = parsed.IsMimeType("message", "rfc822") || parsed.IsMimeType("message", "global") || parsed.IsMimeType("text", "rfc822-headers");
        return (Encoding.ASCII.GetString(type), isMessage);
    }

    // Everything but the plainest name as RFC 2231 has it: so it comes out as it went in, whatever it holds.
    private static string FileName(byte[] name)
    {
        if (name.Length == 0)
            return "";
        if (Array.TrueForAll(name, character => char.IsAsciiLetterOrDigit((char)character) || character is (byte)' ' or (byte)'.' or (byte)'-' or (byte)'_') && name[0] != ' ' && name[^1] != ' ')
            return $"; filename=\"{Encoding.ASCII.GetString(name)}\"";

        var encoded = new StringBuilder("; filename*=").Append(System.Text.Unicode.Utf8.IsValid(name) ? "utf-8''" : "iso-8859-1''");
        foreach (var character in name)
        {
            if (char.IsAsciiLetterOrDigit((char)character) || character is (byte)'.' or (byte)'-' or (byte)'_')
                encoded.Append((char)character);
            else
                encoded.Append('%').Append(character.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
