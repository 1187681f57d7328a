using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>The sample host in a process of its own.</summary>
internal sealed class SampleProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private SampleProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<SampleProcess> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HelpDesk.SampleHost.dll"), "--urls", address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var host = new SampleProcess(Process.Start(start)!, address);
        var said = host.process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _ = host.process.StandardError.ReadToEndAsync(CancellationToken.None);

        using var client = new HttpClient { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        while (!await AnswersAsync(client, cancellationToken))
        {
            if (host.process.HasExited || watch.Elapsed > Patience)
            {
                await host.DisposeAsync();
                Assert.Fail($"The sample host did not start: {await said}");
            }

            await Task.Delay(100, cancellationToken);
        }

        return host;
    }

    /// <summary>Forgets the peak so far, and gives the bytes in memory of now.</summary>
    public long ResetPeak()
    {
        File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");
        return Status("VmRSS");
    }

    /// <summary>The most bytes in memory since.</summary>
    public long Peak() => Status("VmHWM");

    /// <summary>Ends it between two of its instructions, whichever they are.</summary>
    public void Kill() => process.Kill();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync("/health/ready", cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private long Status(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
