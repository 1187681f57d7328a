using Amazon.Runtime;

namespace HelpDesk.Storage.S3;

/// <summary>The connection to the service: sees every request, and can spoil the answer.</summary>
internal sealed class Wire : HttpClientFactory
{
    private readonly List<Sent> requests = [];

    /// <summary>Answers in the service's stead, or lets it answer.</summary>
    public Func<Sent, Func<Task<HttpResponseMessage>>, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, service, _) => service();

    public IReadOnlyList<Sent> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(new Handler(this) { InnerHandler = new SocketsHttpHandler() }) { Timeout = clientConfig.Timeout ?? Timeout.InfiniteTimeSpan };

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <summary>One request as it went out.</summary>
    /// <param name="Number">How many went before it, and 1.</param>
    /// <param name="Method">Its method.</param>
    /// <param name="Address">Where it went.</param>
    /// <param name="Headers">What it said, under lower-case names.</param>
    public sealed record Sent(int Number, HttpMethod Method, Uri Address, IReadOnlyDictionary<string, string> Headers);

    private sealed class Handler(Wire wire) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value));
            Sent sent;
            lock (wire.requests)
                wire.requests.Add(sent = new Sent(wire.requests.Count + 1, request.Method, request.RequestUri!, headers));
            return wire.Answer(sent, () => base.SendAsync(request, cancellationToken), cancellationToken);
        }
    }
}
