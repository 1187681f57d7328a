using System.Buffers;
using System.Text;

namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>What the headers of a part say: the name of the field, and for a file its name and type. Bytes stay as they are.</summary>
internal sealed class PartHeaders
{
    private readonly ArrayBufferWriter<byte> disposition = new();
    private readonly ArrayBufferWriter<byte> type = new();
    private ArrayBufferWriter<byte>? current;

    public void Add(ReadOnlySpan<byte> line)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            // A long header goes on in the next line.
            current?.Write(line);
            return;
        }

        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? default : line[..colon].Trim(" \t"u8);
        current = Ascii.EqualsIgnoreCase(name, "Content-Disposition"u8) ? disposition : Ascii.EqualsIgnoreCase(name, "Content-Type"u8) ? type : null;
        if (current?.WrittenCount > 0)
            current = null;
        current?.Write(line[(colon + 1)..].Trim(" \t"u8));
    }

    /// <returns>A name that is empty where there is none; no file name where it is no file.</returns>
    public (byte[] Name, byte[]? FileName, byte[]? Type) Read()
    {
        byte[]? name = null, fileName = null, encodedName = null, encodedFileName = null;
        var rest = disposition.WrittenSpan;
        rest = rest[Until(rest, (byte)';')..];
        while (rest.Length > 0)
        {
            // Behind the semicolon.
            rest = rest[1..];
            var semicolon = Until(rest, (byte)';');
            var equals = Until(rest[..semicolon], (byte)'=');
            if (semicolon <= equals)
            {
                rest = rest[semicolon..];
                continue;
            }

            var parameter = rest[..equals].Trim(" \t"u8);
            rest = rest[(equals + 1)..].TrimStart(" \t"u8);
            var value = ReadValue(ref rest);
            if (Ascii.EqualsIgnoreCase(parameter, "name"u8))
                name ??= value;
            else if (Ascii.EqualsIgnoreCase(parameter, "filename"u8))
                fileName ??= value;
            else if (Ascii.EqualsIgnoreCase(parameter, "name*"u8))
                encodedName ??= ReadEncoded(value);
            else if (Ascii.EqualsIgnoreCase(parameter, "filename*"u8))
                encodedFileName ??= ReadEncoded(value);
        }

        return (name ?? encodedName ?? [], encodedFileName ?? fileName, type.WrittenCount > 0 ? type.WrittenSpan.ToArray() : null);
    }

    /// <summary>Reads a value and leaves what begins with the next semicolon.</summary>
    private static byte[] ReadValue(ref ReadOnlySpan<byte> rest)
    {
        if (rest is not [(byte)'"', ..])
        {
            var end = Until(rest, (byte)';');
            var token = rest[..end].TrimEnd(" \t"u8).ToArray();
            rest = rest[end..];
            return token;
        }

        var value = new ArrayBufferWriter<byte>(rest.Length);
        var at = 1;
        while (at < rest.Length && !(rest[at] == '"' && IsEnd(rest[(at + 1)..])))
        {
            // Only what must be escaped is: in C:\photos\me.png nothing is.
            if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] is (byte)'"' or (byte)'\\')
                at++;
            value.Write(rest.Slice(at++, 1));
        }

        rest = rest[Math.Min(at, rest.Length)..];
        rest = rest[Until(rest, (byte)';')..];
        return value.WrittenSpan.ToArray();
    }

    // A quote that nobody has escaped ends nothing unless a parameter may end there.
    private static bool IsEnd(ReadOnlySpan<byte> rest) => rest.TrimStart(" \t"u8) is [] or [(byte)';', ..];

    // RFC 8187: charset'language'percent-encoded.
    private static byte[]? ReadEncoded(byte[] value)
    {
        var text = Encoding.Latin1.GetString(value).Split('\'', 3);
        if (text.Length < 3)
            return null;

        var decoder = default(PercentDecoder);
        // Here, other than in a form, a plus is one, and nothing separates.
        var input = Encoding.Latin1.GetBytes(text[2].Replace("+", "%2B", StringComparison.Ordinal).Replace("&", "%26", StringComparison.Ordinal));
        var bytes = new byte[input.Length + PercentDecoder.Excess];
        decoder.Decode(input, bytes, isName: false, out _, out var written);
        written += decoder.Flush(bytes.AsSpan(written));
        return text[0].Equals("utf-8", StringComparison.OrdinalIgnoreCase) ? bytes[..written] : Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(bytes, 0, written));
    }

    private static int Until(ReadOnlySpan<byte> bytes, byte end) => bytes.IndexOf(end) is >= 0 and var at ? at : bytes.Length;
}
