using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Http;

/// <summary>The headers of bytes that strangers sent: a download, which no browser runs.</summary>
internal static class InertHeaders
{
    public static void Set(HttpResponse response, string contentDisposition)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = contentDisposition;
        response.Headers.XContentTypeOptions = "nosniff";
        // For a browser that shows it all the same: without scripts, forms, frames, or an origin.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
