using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Attachments;

/// <summary>Leads to the store. The link is a key to the file for as long as it lives, so nothing on the way may keep it or tell it on.</summary>
internal sealed class LinkAnswer(Uri link) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status302Found;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status302Found;
        response.Headers.Location = link.AbsoluteUri;
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }
}
