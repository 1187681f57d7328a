using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HelpDesk.Packages;

/// <summary>A web application in a process of its own, on a free port.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly Process process;

    private RunningHost(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<RunningHost> StartAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = Command.Start(folder, "dotnet", [.. arguments, "--urls", address.ToString()], out var output);
        var host = new RunningHost(process, address);
        using var client = new HttpClient { BaseAddress = address };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        while (!await AnswersAsync(client, patience.Token))
        {
            if (process.HasExited || patience.IsCancellationRequested)
            {
                await host.DisposeAsync();
                Assert.Fail($"The host did not start:\n{Text(output)}");
            }

            // There is nothing to wait for but the port itself.
            await Task.Delay(100, CancellationToken.None);
        }

        return host;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync("/helpdesk/me", cancellationToken);
            return response.StatusCode == HttpStatusCode.Unauthorized;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
            return output.ToString();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
