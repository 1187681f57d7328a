using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>Starts installed servers, for as long as this process lives.</summary>
/// <remarks>
/// A supervising shell owns the server and waits for the end of its standard input, which this process holds open.
/// The operating system closes it however the process ends, so a killed test run leaves no server behind, and no
/// process id has to be polled that may by then belong to somebody else.
/// </remarks>
internal static class Supervisor
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    // Shorter than the patience of the test runner, which fails a run that does not end. The shell goes on by itself.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Held for the life of the process: its end of the pipe keeps a server running.
    private static readonly List<(string Server, Process Supervisor)> Running = [];

    /// <summary>Starts a shell and waits until it says that its server is ready.</summary>
    /// <param name="server">What to call it.</param>
    /// <param name="script">Starts the server, prints a line <c>ready …</c>, then reads its standard input to the end and stops the server.</param>
    /// <param name="arguments">What the script gets.</param>
    /// <param name="user">The user to run it as; null for that of this process.</param>
    /// <returns>What stood behind <c>ready</c>, or why there is no server.</returns>
    public static async Task<(string? Ready, string? Failure)> StartAsync(string server, string script, IEnumerable<string> arguments, string? user = null)
    {
        Process supervisor;
        try
        {
            supervisor = Process.Start(StartInfo(script, arguments, user))!;
        }
        catch (Win32Exception exception)
        {
            return (null, exception.Message);
        }

        var errors = supervisor.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(StartTimeout);
        var output = new List<string>();
        try
        {
            while (await supervisor.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
            {
                if (line.StartsWith("ready ", StringComparison.Ordinal))
                {
                    StopAtExit(server, supervisor);
                    return (line[6..], null);
                }

                output.Add(line);
            }

            output.Add(await errors.WaitAsync(timeout.Token));
        }
        catch (OperationCanceledException)
        {
            output.Add($"It was not ready within {StartTimeout.TotalSeconds} s.");
        }

        supervisor.StandardInput.Close();
        return (null, string.Join(' ', output).Trim());
    }

    public static string? FindInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    // Another process may take a port between this look and the start of the server: hence several to try.
    public static List<string> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        try
        {
            listeners.ForEach(listener => listener.Start());
            return [.. listeners.Select(listener => $"{((IPEndPoint)listener.LocalEndpoint).Port}")];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    private static ProcessStartInfo StartInfo(string script, IEnumerable<string> arguments, string? user)
    {
        List<string> command = ["/bin/sh", "-c", script, "helpdesk-supervisor", .. arguments];
        if (user is not null)
        {
            command.InsertRange(0, ["runuser", "-u", user, "--"]);
        }

        if (FindInPath("setsid") is { } setsid)
        {
            // A session of its own, and no child of this process: whoever kills the process group or the process tree of a
            // hanging test run must not hit the one that cleans up after it.
            command.InsertRange(0, [setsid, "--fork"]);
        }

        return new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
    }

    private static void StopAtExit(string server, Process supervisor)
    {
        lock (Running)
        {
            // The servers would go without waiting, but a finished test run should have nothing left running.
            if (Running.Count == 0)
                AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.WaitAll([.. Running.Select(one => StopAsync(one.Server, one.Supervisor))], StopTimeout);
            Running.Add((server, supervisor));
        }
    }

    private static async Task StopAsync(string server, Process supervisor)
    {
        try
        {
            supervisor.StandardInput.Close();
            await supervisor.StandardOutput.ReadToEndAsync();
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"{server} did not stop in order: {exception.Message}");
        }
    }
}
