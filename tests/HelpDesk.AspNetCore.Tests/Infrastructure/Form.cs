using System.Buffers;
using System.Text;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A form as a browser writes it, byte by byte, so that a test can also write one that is wrong.</summary>
internal sealed class Form
{
    public const string Boundary = "----the-boundary-of-the-tests";

    private readonly ArrayBufferWriter<byte> body = new();

    public static Form Of(params (string Name, string Value)[] texts)
    {
        var form = new Form();
        foreach (var (name, value) in texts)
            form.Text(name, value);
        return form;
    }

    public Form Text(string name, string value) => Part($"Content-Disposition: form-data; name=\"{name}\"", Encoding.UTF8.GetBytes(value));

    public Form File(string fileName, string content, string type = "text/plain", string field = "attachments") => File(fileName, Encoding.UTF8.GetBytes(content), type, field);

    public Form File(string fileName, byte[] content, string type = "text/plain", string field = "attachments") => Part(
        $"Content-Disposition: form-data; name=\"{field}\"; filename=\"{fileName.Replace("\"", "%22", StringComparison.Ordinal)}\"\r\nContent-Type: {type}", content);

    public Form Part(string headers, byte[] content)
    {
        Raw($"--{Boundary}\r\n{headers}\r\n\r\n");
        body.Write(content);
        return Raw("\r\n");
    }

    public Form Raw(string text)
    {
        body.Write(Encoding.UTF8.GetBytes(text));
        return this;
    }

    /// <summary>The form, ended as it should be.</summary>
    public byte[] ToArray() => [.. body.WrittenSpan, .. Encoding.ASCII.GetBytes($"--{Boundary}--\r\n")];

    /// <summary>The form up to here, which is not its end.</summary>
    public byte[] ToBrokenArray() => body.WrittenSpan.ToArray();

    public HttpContent ToContent() => Content(ToArray());

    public static HttpContent Content(byte[] bytes, string type = $"multipart/form-data; boundary={Boundary}")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }
}
