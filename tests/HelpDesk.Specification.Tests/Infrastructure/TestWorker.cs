using System.Diagnostics;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>HelpDesk.TestWorker, another process of the same host.</summary>
internal sealed class TestWorker : IDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private TestWorker(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Lets a worker do something to its end, and gives the lines that it printed.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(string provider, string connectionString, IEnumerable<string> work, CancellationToken cancellationToken)
    {
        using var worker = Start(provider, connectionString, work);
        return await worker.EndAsync(cancellationToken);
    }

    public static TestWorker Start(string provider, string connectionString, IEnumerable<string> work)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HelpDesk.TestWorker.dll"), provider, .. work])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Not an argument: those can be read by everybody on the machine.
        start.Environment["HELPDESK_WORKER_DATABASE"] = connectionString;
        return new TestWorker(Process.Start(start)!);
    }

    /// <summary>Tells the worker to end, waits until it has, and gives the lines that it printed.</summary>
    public async Task<IReadOnlyList<string>> EndAsync(CancellationToken cancellationToken)
    {
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>The next line that it prints; null where it has ended.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken) => await process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>Ends the worker between two of its instructions, whichever they are.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
