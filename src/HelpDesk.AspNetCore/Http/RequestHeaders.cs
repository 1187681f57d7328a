using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The request headers that the contract knows.</summary>
internal static class RequestHeaders
{
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
