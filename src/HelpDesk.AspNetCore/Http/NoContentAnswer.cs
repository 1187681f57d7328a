using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Http;

/// <summary>It is done, and there is nothing to say of it.</summary>
internal sealed class NoContentAnswer : IResult, IStatusCodeHttpResult
{
    public static NoContentAnswer Instance { get; } = new();

    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status204NoContent;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status204NoContent;
        httpContext.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
