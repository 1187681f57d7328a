using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.Inbound.Mailgun.Http;

/// <summary>What Mailgun is told, and whoever reads its log: 200 and 406 end a delivery, anything else lets it be repeated.</summary>
internal sealed record Answer(int Status, string Text)
{
    // Mailgun has a plan of its own for repetitions; others may heed it.
    private const int RetryAfterSeconds = 60;

    public static Answer Accepted { get; } = new(StatusCodes.Status200OK, "Accepted.");

    public static Answer Duplicate { get; } = new(StatusCodes.Status200OK, "Received before.");

    public static Answer Ignored { get; } = new(StatusCodes.Status200OK, "Nothing to do.");

    public static Answer Unavailable { get; } = new(StatusCodes.Status503ServiceUnavailable, "The mail could not be stored at this moment. Deliver it again.");

    public static Answer Unverified(string reason) => new(StatusCodes.Status401Unauthorized, reason);

    public static Answer NotAcceptable(string reason) => new(StatusCodes.Status406NotAcceptable, reason);

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return context.Response.WriteAsync(Text + "\n", context.RequestAborted);
    }
}
