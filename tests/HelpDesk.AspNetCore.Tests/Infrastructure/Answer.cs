using System.Net;
using System.Text;
using System.Text.Json;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>What came back, as bytes and as JSON.</summary>
internal sealed class Answer
{
    private Answer(HttpStatusCode status, string head, byte[] bytes, string? location, string? eTag, string? mediaType)
    {
        Status = (int)status;
        Head = head;
        Bytes = bytes;
        Location = location;
        ETag = eTag;
        MediaType = mediaType;
    }

    public int Status { get; }

    /// <summary>All headers but Date, one a line, sorted.</summary>
    public string Head { get; }

    public byte[] Bytes { get; }

    public string Text => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes);

    public string? Location { get; }

    public string? ETag { get; }

    public string? MediaType { get; }

    /// <summary>Status, headers and body: what two answers that must not differ are compared by.</summary>
    public string Everything => $"{Status}\n{Head}\n\n{Text}";

    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The code of a problem; null for an answer that is none.</summary>
    public string? Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString() : null;

    public Guid Id => Json.GetProperty("id").GetGuid();

    public static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal);
        return new Answer(
            response.StatusCode,
            string.Join('\n', headers),
            await ReadBodyAsync(response.Content, cancellationToken),
            response.Headers.Location?.OriginalString,
            response.Headers.ETag?.ToString(),
            response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>All of it; of a stream of events, what comes at once.</summary>
    private static async Task<byte[]> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentType?.MediaType != "text/event-stream")
            return await content.ReadAsByteArrayAsync(cancellationToken);

        var buffer = new byte[1024];
        var length = await (await content.ReadAsStreamAsync(cancellationToken)).ReadAsync(buffer, cancellationToken);
        return buffer[..length];
    }

    /// <summary>The same answer, once it is sure that it has this status; else the test fails with all of it.</summary>
    public Answer Is(int status, string? code = null)
    {
        if (Status != status || (code is not null && Code != code))
            Assert.Fail($"Expected {status} {code}, got:\n{Everything}");
        return this;
    }

    public override string ToString() => Everything;
}
