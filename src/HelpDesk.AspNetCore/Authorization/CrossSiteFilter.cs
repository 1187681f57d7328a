using HelpDesk.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Authorization;

/// <summary>Refuses writes that a browser sends on behalf of another site's page. Programs, which send neither header, pass.</summary>
internal static class CrossSiteFilter
{
    public static ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        return HttpMethods.IsGet(context.Request.Method) || IsSameSite(context)
            ? next(invocation)
            : ValueTask.FromResult<object?>(Problem.CrossSite());
    }

    private static bool IsSameSite(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site.ToString() is "same-origin" or "none";
        if (!request.Headers.TryGetValue("Origin", out var header))
            return true;

        var origin = header.ToString();
        return string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            || context.RequestServices.GetRequiredService<IOptions<HelpDeskHttpOptions>>().Value.AllowedOrigins
                .Any(allowed => string.Equals(origin, allowed.TrimEnd('/'), StringComparison.OrdinalIgnoreCase));
    }
}
