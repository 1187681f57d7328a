using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace HelpDesk.Events;

/// <summary>Posts events to one endpoint, signed after Standard Webhooks.</summary>
internal sealed class WebhookHandler(string name, WebhookClient client, TimeProvider clock, IOptionsMonitor<WebhookOptions> options) : ITicketEventHandler
{
    /// <summary>Before the endpoint's name, in the name under which its deliveries are stored.</summary>
    public const string Prefix = "webhook:";

    public async Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken)
    {
        var endpoint = options.Get(name);
        if (!endpoint.Wants(ticketEvent))
            return;

        // Of the address only the host is told to anybody: path and query may hold secrets.
        var host = endpoint.Url!.Host;
        using var timeout = new CancellationTokenSource(endpoint.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = Request(endpoint, ticketEvent);
        try
        {
            using var response = await client.SendAsync(request, endpoint.AllowPrivateAddresses, either.Token);
            Check(response.StatusCode, host);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is null)
        {
            throw new HttpRequestException($"{host} could not be asked: {exception.GetBaseException().Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{host} did not answer in time; its Timeout is {endpoint.Timeout}.", exception);
        }
    }

    private HttpRequestMessage Request(WebhookOptions endpoint, TicketEvent ticketEvent)
    {
        var id = ticketEvent.Id.ToString();
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var body = WebhookBody.Of(ticketEvent);
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("user-agent", "HelpDesk-Webhooks");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(endpoint.Secrets, id, timestamp, body));
        return request;
    }

    private static void Check(HttpStatusCode status, string host)
    {
        var answer = $"{host} answered {(int)status}";
        switch ((int)status)
        {
            case >= 200 and < 300:
                return;
            case 410:
                throw new PermanentFailureException($"{answer}: it does not want these posts any more.");
            case >= 300 and < 400:
                throw new HttpRequestException($"{answer}: redirects are not followed.", inner: null, status);
            default:
                throw new HttpRequestException($"{answer}.", inner: null, status);
        }
    }
}
