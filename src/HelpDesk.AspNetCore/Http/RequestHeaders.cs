using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The request headers that the contract knows.</summary>
internal static class RequestHeaders
{
    private const int LongestEventId = 128;

    /// <summary>The version that the caller wants to change; null for any. A tag that is none of ours matches no version.</summary>
    /// <exception cref="ValidationException">The header is malformed, or names several versions.</exception>
    public static Guid? IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return null;
        if (!EntityTagHeaderValue.TryParseList(header, out var tags) || tags.Count != 1)
            throw new ValidationException("ifMatch", "Send one version in If-Match, as the ETag gave it.");
        if (tags[0].Equals(EntityTagHeaderValue.Any))
            return null;
        return !tags[0].IsWeak && Guid.TryParseExact(tags[0].Tag.AsSpan().Trim('"'), "D", out var version) ? version : Guid.Empty;
    }

    /// <summary>The event to go on from; null where there is none. What is none of ours is one that is not there any more.</summary>
    /// <exception cref="ValidationException">There are several, or it is longer than any.</exception>
    public static Guid? LastEventId(HttpRequest request)
    {
        var header = request.Headers["Last-Event-ID"];
        if (header.Count > 1 || header.ToString().Length > LongestEventId)
            throw new ValidationException("lastEventId", "Send one Last-Event-ID, as the id of the last event was.");
        var text = header.ToString();
        return text.Length == 0 ? null : Guid.TryParseExact(text, "D", out var id) ? id : Guid.Empty;
    }

    public static string? IdempotencyKey(HttpRequest request)
    {
        var header = request.Headers["Idempotency-Key"];
        return header.Count switch
        {
            0 => null,
            1 => header[0] ?? "",
            _ => throw new ValidationException("idempotencyKey", "Send one Idempotency-Key."),
        };
    }
}
