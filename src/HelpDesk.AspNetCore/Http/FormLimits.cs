using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Http;

/// <summary>How much a form may hold. Everything of it has a bound, so that their sum is the bound of the whole.</summary>
internal sealed record FormLimits(int Files, long FileBytes, int TextBytes)
{
    /// <summary>The headers of one part: a name of several thousand characters, written twice and escaped.</summary>
    public const int HeaderBytes = 64 * 1024;

    /// <summary>As RFC 2046 has it.</summary>
    public const int BoundaryLength = 70;

    // The fields that we know, a few of the host's own (as an antiforgery token), and file inputs that nobody filled.
    private const int OtherParts = 32;

    // Before the first part and after the last one may stand what nobody reads.
    private const int Surroundings = 2;

    // A boundary with its hyphens and line ends.
    private const int BoundaryBytes = BoundaryLength + 16;

    public int Parts => Files + OtherParts;

    public long Bytes => (Files * FileBytes) + TextBytes + ((long)(Parts + Surroundings) * (HeaderBytes + BoundaryBytes));

    public static FormLimits Of(HttpContext context)
    {
        var limits = context.RequestServices.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Limits;
        return new FormLimits(limits.AttachmentCount, limits.AttachmentSize, RequestBody.MostBytes(context));
    }
}
