namespace HelpDesk.Storage.S3;

/// <summary>The connection to the service: sees every request, and can spoil the answer.</summary>
internal sealed class Wire() : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private readonly List<Sent> requests = [];

    /// <summary>Answers in the service's stead, or lets it answer.</summary>
    public Func<Sent, Func<Task<HttpResponseMessage>>, CancellationToken, Task<HttpResponseMessage>> Answer { get; set; } = (_, service, _) => service();

    /// <summary>Changes what is uploaded, after it was signed.</summary>
    public Action<byte[]>? Alter { get; init; }

    public IReadOnlyList<Sent> Requests
    {
        get
        {
            lock (requests)
                return [.. requests];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(',', header.Value));
        Sent sent;
        lock (requests)
            requests.Add(sent = new Sent(requests.Count + 1, request.Method, request.RequestUri!, headers));
        if (Alter is not null && request.Method == HttpMethod.Put)
            request.Content = await AlteredAsync(request.Content!, Alter, cancellationToken);
        return await Answer(sent, () => base.SendAsync(request, cancellationToken), cancellationToken);
    }

    private static async Task<HttpContent> AlteredAsync(HttpContent content, Action<byte[]> alter, CancellationToken cancellationToken)
    {
        var body = await content.ReadAsByteArrayAsync(cancellationToken);
        alter(body);
        var altered = new ByteArrayContent(body);
        foreach (var header in content.Headers)
            altered.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return altered;
    }

    /// <summary>One request as it went out.</summary>
    /// <param name="Number">How many went before it, and 1.</param>
    /// <param name="Method">Its method.</param>
    /// <param name="Address">Where it went.</param>
    /// <param name="Headers">What it said, under lower-case names.</param>
    public sealed record Sent(int Number, HttpMethod Method, Uri Address, IReadOnlyDictionary<string, string> Headers);
}
