using System.Text.Json;
using HelpDesk.Inbound.Mailgun.Forms;
using HelpDesk.Inbound.Mailgun.Signatures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace HelpDesk.Inbound.Mailgun.Http;

/// <summary>The route that is told what became of mail.</summary>
internal static class EventEndpoint
{
    public const int MostBytes = 1024 * 1024;

    public static RequestDelegate Events { get; } = Delivery.On("events", (context, _) => ReportAsync(context));

    private static async Task<Answer> ReportAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !(type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            throw new NotAcceptableException("Events are posted as application/json. Is this the url of an event webhook?");

        var cancellationToken = context.RequestAborted;
        using var body = await ReadAsync(new RequestBytes(context.Request.Body, MostBytes, "An event has at most 1 MiB."), cancellationToken);
        using var json = Parse(body);
        var token = context.RequestServices.GetRequiredService<MailgunSignature>().Verify(EventJson.SignatureOf(json.RootElement));
        if (EventJson.ReportOf(json.RootElement) is not { } report)
            return Answer.Ignored;

        await context.RequestServices.GetRequiredService<IInboundEmailProcessor>().ReportAsync(report with { DeliveryKey = token }, cancellationToken);
        return Answer.Accepted;
    }

    private static async Task<MemoryStream> ReadAsync(RequestBytes body, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            bytes.Write(buffer, 0, read);
        bytes.Position = 0;
        return bytes;
    }

    private static JsonDocument Parse(Stream body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw new UnverifiedException("The body is no JSON, so there is no signature.");
        }
    }
}
