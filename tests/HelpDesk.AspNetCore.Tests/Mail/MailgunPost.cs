using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.AspNetCore.Tests.Mail;

/// <summary>Posts as Mailgun does: signed, with a token for each delivery.</summary>
internal static class MailgunPost
{
    public const string Key = "key-for-tests";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Posts a raw mail and tells the status of the answer.</summary>
    public static Task<int> RawAsync(HttpClient client, byte[] mail, string recipient, DateTimeOffset now, string? token = null, string? sender = null) =>
        PostAsync(client, "/hooks/mailgun/mime", now, token, [("recipient", recipient), ("sender", sender ?? "zoe@example.net"), ("body-mime", Encoding.Latin1.GetString(mail))]);

    /// <summary>Posts a mail that was taken apart.</summary>
    public static Task<int> ParsedAsync(HttpClient client, DateTimeOffset now, params (string Name, string Value)[] fields) => PostAsync(client, "/hooks/mailgun", now, token: null, fields);

    private static async Task<int> PostAsync(HttpClient client, string path, DateTimeOffset now, string? token, IEnumerable<(string Name, string Value)> fields)
    {
        token ??= $"{Guid.NewGuid():N}{Guid.NewGuid():N}"[..50];
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Key), Encoding.ASCII.GetBytes(timestamp + token)));
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Concat([("timestamp", timestamp), ("token", token), ("signature", signature)]))
        {
            // Byte for byte, as Mailgun does it.
            var content = new ByteArrayContent(Encoding.Latin1.GetBytes(value));
            form.Add(content, name);
        }

        using var response = await client.PostAsync(path, form, Token);
        return (int)response.StatusCode;
    }

    public static byte[] Mail(string body, string from = "zoe@example.net", string subject = "The printer burns", string? id = null) =>
        Encoding.UTF8.GetBytes($"Received: by mx.example.net\r\nFrom: {from}\r\nTo: support@example.com\r\nSubject: {subject}\r\nMessage-ID: <{id ?? Guid.NewGuid().ToString("N")}@example.net>\r\n\r\n{body}\r\n");
}
