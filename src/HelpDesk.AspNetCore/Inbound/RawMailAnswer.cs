using HelpDesk.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Inbound;

/// <summary>A mail as it came, as a download that no browser runs. It is here whole, so that nothing can fail half way.</summary>
internal sealed class RawMailAnswer(Stream mail) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        InertHeaders.Set(httpContext.Response, "attachment; filename=\"mail.eml\"");
        await TypedResults.Stream(mail, "application/octet-stream").ExecuteAsync(httpContext);
    }
}
