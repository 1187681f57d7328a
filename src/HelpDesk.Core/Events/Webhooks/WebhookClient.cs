using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Events;

/// <summary>Sends requests to addresses that a host was configured with, and to no others: it follows no redirect, uses no proxy, and refuses what is not public.</summary>
internal sealed class WebhookClient : IDisposable
{
    // Of an answer only the status counts. What else comes is thrown away up to here, so that the connection can be used again; beyond, the connection is closed.
    private const int MostOfAnswer = 16 * 1024;

    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly Func<IPAddress, bool> isPublic;

    // Two pools: a connection that was allowed for one endpoint must not serve another that may not have it.
    private readonly HttpClient toPublic;
    private readonly HttpClient toAny;

    public WebhookClient()
        : this(Dns.GetHostAddressesAsync, PublicAddress.Is)
    {
    }

    /// <summary>For tests, which have no public addresses.</summary>
    internal WebhookClient(Func<string, CancellationToken, Task<IPAddress[]>> resolve, Func<IPAddress, bool> isPublic)
    {
        this.resolve = resolve;
        this.isPublic = isPublic;
        toPublic = Create(allowsPrivate: false);
        toAny = Create(allowsPrivate: true);
    }

    /// <summary>Sends a request and returns when the head of the answer is there. The answer must be disposed of.</summary>
    /// <exception cref="PermanentFailureException">The address is not public, and <paramref name="allowsPrivate"/> is false.</exception>
    /// <exception cref="HttpRequestException">It could not be sent, or the answer is none.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, bool allowsPrivate, CancellationToken cancellationToken)
    {
        try
        {
            return await (allowsPrivate ? toAny : toPublic).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.InnerException is PermanentFailureException refused)
        {
            throw new PermanentFailureException(refused.Message, exception);
        }
    }

    public void Dispose()
    {
        toPublic.Dispose();
        toAny.Dispose();
    }

    private HttpClient Create(bool allowsPrivate) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        // The trace and its baggage are the host's; the receiver gets what is signed.
        ActivityHeadersPropagator = null,
        // So that a name that has moved is looked up again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        // A connection may be waited for by nobody any more: it does not end with the request that asked for it.
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = MostOfAnswer / 1024,
        MaxResponseDrainSize = MostOfAnswer,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allowsPrivate, cancellationToken),
    })
    {
        // The caller's token is what ends a request.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Connects to the very addresses that were checked: a second look-up of the name might find others.</summary>
    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowsPrivate, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await resolve(target.Host, cancellationToken);
        var addresses = allowsPrivate ? found : [.. found.Where(isPublic)];
        if (addresses.Length == 0 && found.Length > 0)
            throw new PermanentFailureException($"{target.Host} has no public address. An endpoint in your own network needs AllowPrivateAddresses.");
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
