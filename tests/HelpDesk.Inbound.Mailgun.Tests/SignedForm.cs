using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>A form as Mailgun posts it. What a field is named decides nothing here: any can be there, in any order, any number of times.</summary>
internal sealed class SignedForm
{
    public const string Boundary = "xYzZY0123456789";

    public List<FormEntry> Fields { get; } = [];

    /// <summary>The least that is a mail: the envelope, and a list of headers with the same fields beside it.</summary>
    public static SignedForm Mail(params (string Name, string Value)[] more)
    {
        (string, string)[] headers = [("From", "Alice <alice@example.com>"), ("To", "support@example.com"), ("Subject", "Printer"), ("Message-Id", "<1@example.com>"), .. more];
        var form = new SignedForm().Add("recipient", "support@example.com").Add("sender", "alice@example.com").Add("subject", "Printer").Add("from", "Alice <alice@example.com>");
        foreach (var (name, value) in headers)
            form.Add(name, value);
        return form.Add("message-headers", Json(headers)).Add("body-plain", "It burns.").Add("stripped-text", "It burns.").Add("stripped-html", "<p>It burns.</p>");
    }

    public static SignedForm RawMail(byte[] mime) =>
        new SignedForm().Add("recipient", "support@example.com").Add("sender", "alice@example.com").Add(new FormEntry("body-mime", mime));

    public static string Json(IEnumerable<(string Name, string Value)> headers) => JsonSerializer.Serialize(headers.Select(header => new[] { header.Name, header.Value }));

    public static string Sign(string key, string timestamp, string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(timestamp + token)));

    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(25));

    public SignedForm Add(FormEntry field)
    {
        Fields.Add(field);
        return this;
    }

    public SignedForm Add(string name, string value) => Add(new FormEntry(name, Encoding.UTF8.GetBytes(value)));

    public SignedForm File(string name, string? fileName, byte[] content, string? type = null) => Add(new FormEntry(name, content) { FileName = fileName, Type = type });

    public SignedForm Without(string name)
    {
        Fields.RemoveAll(field => field.Name == name);
        return this;
    }

    public SignedForm Set(string name, string value) => Without(name).Add(name, value);

    public SignedForm Sign(DateTimeOffset at, string key = Webhook.Key, string? token = null)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        token ??= NewToken();
        return Set("timestamp", timestamp).Set("token", token).Set("signature", Sign(key, timestamp, token));
    }

    public HttpContent UrlEncoded() => Content(FormBytes.UrlEncode(Fields), "application/x-www-form-urlencoded");

    public HttpContent Multipart() => Content(FormBytes.Multipart(Fields, Boundary), $"multipart/form-data; boundary={Boundary}");

    public static ByteArrayContent Content(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }
}

internal sealed record FormEntry(string Name, byte[] Value)
{
    public string? FileName { get; init; }

    public string? Type { get; init; }

    public string Text => Encoding.UTF8.GetString(Value);
}
