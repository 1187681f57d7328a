using System.Globalization;
using System.Text;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A mail as a test writes it, byte by byte.</summary>
internal sealed record TestMail
{
    private const string Boundary = "the-boundary-of-the-mail";

    public string From { get; init; } = "Carol <carol@elsewhere.example>";

    public string To { get; init; } = "support@desk.example";

    public string Subject { get; init; } = "The printer burns";

    public string? Text { get; init; } = "Since this morning.";

    public string? Html { get; init; }

    /// <summary>The HTML as bytes and with a type of its own, instead of as UTF-8.</summary>
    public (byte[] Bytes, string Type)? RawHtml { get; init; }

    /// <summary>Lines to stand among the headers.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    public IReadOnlyList<TestMailPart> Parts { get; init; } = [];

    public string MessageId { get; init; } = $"<{Guid.NewGuid():N}@elsewhere.example>";

    public byte[] ToBytes()
    {
        var mail = new StringBuilder();
        string[] head =
            [$"From: {From}", $"To: {To}", $"Subject: {Subject}", $"Message-ID: {MessageId}", .. Headers, "MIME-Version: 1.0", $"Content-Type: multipart/related; boundary={Boundary}", ""];
        foreach (var header in head)
            mail.Append(CultureInfo.InvariantCulture, $"{header}\r\n");
        var bodies = new List<(string Type, byte[] Bytes)>();
        if (Text is not null)
            bodies.Add(("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(Text)));
        if (Html is not null)
            bodies.Add(("text/html; charset=utf-8", Encoding.UTF8.GetBytes(Html)));
        if (RawHtml is { } raw)
            bodies.Add((raw.Type, raw.Bytes));
        Append(mail, $"multipart/alternative; boundary={Boundary}-2", null, "");
        foreach (var (type, bytes) in bodies)
            Append(mail, type, null, Base64(bytes), $"{Boundary}-2");
        mail.Append($"--{Boundary}-2--\r\n");
        foreach (var part in Parts)
            Append(mail, part.Type, part.ContentId, Base64(part.Bytes));
        return Encoding.UTF8.GetBytes(mail.Append($"--{Boundary}--\r\n").ToString());
    }

    private static void Append(StringBuilder mail, string type, string? contentId, string body, string boundary = Boundary)
    {
        mail.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Type: {type}\r\n");
        if (contentId is not null)
            mail.Append(CultureInfo.InvariantCulture, $"Content-ID: <{contentId}>\r\nContent-Disposition: inline; filename=\"image\"\r\n");
        mail.Append(body.Length == 0 ? "\r\n" : $"Content-Transfer-Encoding: base64\r\n\r\n{body}\r\n");
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);
}

/// <summary>A file in a mail.</summary>
internal sealed record TestMailPart(string ContentId, byte[] Bytes, string Type = "image/png");
