using System.Diagnostics;
using System.Globalization;

namespace HelpDesk.Specification.Numbering;

/// <summary>Starts HelpDesk.TestWorker, another process of the same host: it opens tickets and prints their numbers.</summary>
internal static class TestWorker
{
    public static async Task<IReadOnlyList<string>> RunAsync(string provider, string connectionString, string prefix, int tickets, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HelpDesk.TestWorker.dll"), provider, prefix, tickets.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Not an argument: those can be read by everybody on the machine.
        start.Environment["HELPDESK_WORKER_DATABASE"] = connectionString;
        using var process = Process.Start(start)!;
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, await errors);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
