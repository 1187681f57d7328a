using System.Text;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Html;

/// <summary>A cleaned mail as a document of its own, which may do nothing but show itself: were the cleaning wrong, the browser would still run and fetch nothing.</summary>
/// <param name="body">What stands in the body.</param>
internal sealed class HtmlAnswer(string body) : IResult, IStatusCodeHttpResult
{
    public const string MediaType = "text/html";

    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var bytes = Encoding.UTF8.GetBytes($"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head><body>{body}</body></html>\n");
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = $"{MediaType}; charset=utf-8";
        response.ContentLength = bytes.Length;
        response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src data:; sandbox";
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
