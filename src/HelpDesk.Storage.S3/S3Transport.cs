using System.Net;
using Amazon.Runtime;

namespace HelpDesk.Storage.S3;

/// <summary>The connections of our own client: kept open, made anew every few minutes for what DNS says by then, and closed with it.</summary>
internal sealed class S3Transport : HttpClientFactory, IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient client;

    public S3Transport(S3Options options)
    {
        var connections = options.Transport?.Invoke() ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
        };
        client = new HttpClient(new WholeAnswers { InnerHandler = connections }) { Timeout = options.Timeout };
    }

    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => client;

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    public void Dispose() => client.Dispose();

    /// <summary>
    /// Fetches every answer but a file before the SDK sees it: the SDK reads answers synchronously, and without end where a service stops in the middle of one.
    /// Here the time-out counts.
    /// </summary>
    private sealed class WholeAnswers : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (IsFile(request, answer))
                return answer;

            try
            {
                await answer.Content.LoadIntoBufferAsync(cancellationToken);
                return answer;
            }
            catch
            {
                answer.Dispose();
                throw;
            }
        }

        private static bool IsFile(HttpRequestMessage request, HttpResponseMessage answer) =>
            request.Method == HttpMethod.Get && answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType?.EndsWith("xml", StringComparison.OrdinalIgnoreCase) != true;
    }
}
