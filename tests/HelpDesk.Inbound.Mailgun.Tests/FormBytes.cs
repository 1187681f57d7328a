using System.Text;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>Writes forms of both types, for the tests alone.</summary>
internal static class FormBytes
{
    public static byte[] UrlEncode(IEnumerable<FormEntry> fields)
    {
        using var bytes = new MemoryStream();
        foreach (var field in fields)
        {
            if (bytes.Length > 0)
                bytes.WriteByte((byte)'&');
            Encode(bytes, Encoding.UTF8.GetBytes(field.Name));
            bytes.WriteByte((byte)'=');
            Encode(bytes, field.Value);
        }

        return bytes.ToArray();
    }

    public static byte[] Multipart(IEnumerable<FormEntry> fields, string boundary, string line = "\r\n")
    {
        using var bytes = new MemoryStream();
        foreach (var field in fields)
        {
            Write($"--{boundary}{line}Content-Disposition: form-data; name=\"{Escape(field.Name)}\"{(field.FileName is null ? "" : $"; filename=\"{Escape(field.FileName)}\"")}{line}");
            if (field.Type is not null)
                Write($"Content-Type: {field.Type}{line}");
            Write(line);
            bytes.Write(field.Value);
            Write(line);
        }

        Write($"--{boundary}--{line}");
        return bytes.ToArray();

        void Write(string text) => bytes.Write(Encoding.UTF8.GetBytes(text));
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static void Encode(MemoryStream target, byte[] bytes)
    {
        const string Digits = "0123456789ABCDEF";
        foreach (var value in bytes)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_' or (byte)'.')
            {
                target.WriteByte(value);
            }
            else if (value == ' ')
            {
                target.WriteByte((byte)'+');
            }
            else
            {
                target.WriteByte((byte)'%');
                target.WriteByte((byte)Digits[value >> 4]);
                target.WriteByte((byte)Digits[value & 15]);
            }
        }
    }
}
