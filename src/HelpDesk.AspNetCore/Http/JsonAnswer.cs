using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The one writer of answers: our own JSON, and the headers that every answer has.</summary>
internal sealed class JsonAnswer(int status, object body, string mediaType = JsonAnswer.Json) : IResult, IStatusCodeHttpResult
{
    public const string Json = "application/json";

    int? IStatusCodeHttpResult.StatusCode => status;

    /// <summary>The version of the ticket, as the reader may know it.</summary>
    public Guid? Version { get; init; }

    public string? Location { get; init; }

    public static JsonAnswer Ok(object body, Guid? version = null) => new(StatusCodes.Status200OK, body) { Version = version };

    public static JsonAnswer Created(object body, string location, Guid? version = null) =>
        new(StatusCodes.Status201Created, body) { Version = version, Location = location };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), HelpDeskJson.Options);
        response.StatusCode = status;
        response.ContentType = mediaType;
        response.ContentLength = bytes.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (Version is { } version)
            response.Headers[HeaderNames.ETag] = $"\"{version:D}\"";
        if (Location is not null)
            response.Headers.Location = Location;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
