using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>Another system: it listens on the loopback interface, keeps what it receives, and answers in whatever way the test wants, also in ways that no server should.</summary>
public sealed class HttpReceiver : IAsyncDisposable
{
    /// <summary>So that a request that never comes is a failed test and not a run that never ends.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private readonly TcpListener listener;
    private readonly Func<Stream, CancellationToken, Task> answer;
    private readonly Func<Stream, CancellationToken, Task<Stream>> secure;
    private readonly Channel<ReceivedRequest> requests = Channel.CreateUnbounded<ReceivedRequest>();
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private int connections;

    /// <param name="answer">Writes an answer.</param>
    /// <param name="address">Where to listen; 127.0.0.1 if it is null.</param>
    /// <param name="secure">Wraps a connection, as into TLS.</param>
    public HttpReceiver(Func<Stream, CancellationToken, Task> answer, IPAddress? address = null, Func<Stream, CancellationToken, Task<Stream>>? secure = null)
    {
        this.answer = answer;
        this.secure = secure ?? ((stream, _) => Task.FromResult(stream));
        listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}/hooks?key=hush");

    /// <summary>How many connections were made, those that nobody has accepted yet among them.</summary>
    public int Connections => connections + (listener.Pending() ? 1 : 0);

    /// <summary>What was received and not read yet.</summary>
    public int Waiting => requests.Reader.Count;

    /// <summary>The same answer to everything, in one piece.</summary>
    public static HttpReceiver Answering(int status, string headers = "", string body = "ok") => new((stream, cancellationToken) =>
        WriteAsync(stream, $"HTTP/1.1 {status} Status\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}", cancellationToken));

    public static async Task WriteAsync(Stream stream, string text, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellationToken);

    /// <summary>The next request, in the order in which they came.</summary>
    public Task<ReceivedRequest> NextAsync(CancellationToken cancellationToken) => requests.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(Deadline, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stopping.Token);
                Interlocked.Increment(ref connections);
                serving.Add(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var at = ((IPEndPoint)client.Client.LocalEndPoint!).Address;
        try
        {
            await using var stream = await secure(client.GetStream(), stopping.Token);
            while (await ReadAsync(stream, at) is { } request)
            {
                await requests.Writer.WriteAsync(request, stopping.Token);
                await answer(stream, stopping.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or System.Security.Authentication.AuthenticationException)
        {
            // The other side went away, or the test is over.
        }
    }

    private async Task<ReceivedRequest?> ReadAsync(Stream stream, IPAddress at)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stopping.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        var body = new byte[int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, stopping.Token);
        return new ReceivedRequest(lines[0], headers, body, at);
    }
}

/// <param name="Line">The request line.</param>
/// <param name="Headers">By lower-case name.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="At">The address at which it came in.</param>
public sealed record ReceivedRequest(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body, IPAddress At)
{
    public string Text => Encoding.UTF8.GetString(Body);
}
