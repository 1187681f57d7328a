using System.Diagnostics;
using System.Text;

namespace HelpDesk.Packages;

/// <summary>Runs a program as a user would from a shell.</summary>
internal static class Command
{
    public static async Task<string> RunAsync(string folder, string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(folder, program, arguments, out var output);
        await process.WaitForExitAsync(cancellationToken);
        process.WaitForExit(); // until the readers have seen the end of the output
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}");
        return output.ToString();
    }

    public static Process Start(string folder, string program, IEnumerable<string> arguments, out StringBuilder output)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // What the test run itself was started with would be taken for settings of the new build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";

        var text = new StringBuilder();
        output = text;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Append(string? line)
        {
            lock (text)
                text.AppendLine(line);
        }
    }
}
