using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>Starts the installed PostgreSQL in a temporary folder, for as long as this process lives.</summary>
/// <remarks>
/// A supervising shell owns the server and waits for the end of its standard input, which this process holds open.
/// The operating system closes it however the process ends, so a killed test run leaves no server behind, and no
/// process id has to be polled that may by then belong to somebody else.
/// </remarks>
internal static class InstalledPostgres
{
    private const string BinariesVariable = "PG_BIN";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    // Signals are ignored for the same end: Ctrl+C reaches the whole terminal group, and the supervisor must outlive it
    // to stop the server. fsync and its like are off because nothing here has to survive a power cut.
    private const string Supervisor = """
        trap '' HUP INT TERM PIPE
        bin=$1; shift
        dir=$(mktemp -d "${TMPDIR:-/tmp}/helpdesk-pg-XXXXXXXX" 2>/dev/null) || dir=$(mktemp -d /tmp/helpdesk-pg-XXXXXXXX) || exit 1
        cd "$dir" || exit 1
        finish() {
            "$bin/pg_ctl" stop -D "$dir/data" -m immediate -w -t 15 </dev/null >/dev/null 2>&1
            cd /
            rm -rf -- "$dir"
        }
        trap finish EXIT
        "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync </dev/null >"$dir/initdb.log" 2>&1 || { cat "$dir/initdb.log"; exit 1; }
        cat >>"$dir/data/postgresql.conf" <<'END'
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = 300
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        END
        for port; do
            if "$bin/pg_ctl" start -D "$dir/data" -l "$dir/server.log" -w -t 30 -o "-p $port" </dev/null >/dev/null 2>&1; then
                echo "ready $port"
                cat >/dev/null
                exit 0
            fi
        done
        tail -n 20 "$dir/server.log"
        exit 1
        """;

    // Held for the life of the process: its end of the pipe keeps the server running.
    private static Process? _supervisor;

    public static async Task<DatabaseServer> StartAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            return DatabaseServer.Unavailable("The tests start installed binaries on Unix only.");
        }

        if (FindBinaries() is not { } binaries)
        {
            return DatabaseServer.Unavailable(
                $"No initdb and pg_ctl in {BinariesVariable}, /usr/lib/postgresql/*/bin or PATH (on Debian: apt-get install postgresql-15).");
        }

        Process supervisor;
        try
        {
            supervisor = Process.Start(StartInfo(binaries))!;
        }
        catch (Win32Exception exception)
        {
            return DatabaseServer.Unavailable($"The PostgreSQL in {binaries} did not start: {exception.Message}");
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
                    _supervisor = supervisor;
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
                    return DatabaseServer.At($"Host=127.0.0.1;Port={line[6..]};Username=postgres;Database=postgres");
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
        return DatabaseServer.Unavailable($"The PostgreSQL in {binaries} did not start: {string.Join(' ', output).Trim()}.");
    }

    private static ProcessStartInfo StartInfo(string binaries)
    {
        List<string> command = ["/bin/sh", "-c", Supervisor, "helpdesk-postgres", binaries, .. FreePorts(3)];
        if (Environment.IsPrivilegedProcess)
        {
            // initdb and postgres refuse to run as root.
            command.InsertRange(0, ["runuser", "-u", "postgres", "--"]);
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

    private static void Stop()
    {
        // The server would go without waiting, but a finished test run should have nothing left running.
        try
        {
            _supervisor!.StandardInput.Close();
            _supervisor.StandardOutput.ReadToEndAsync().Wait(StopTimeout);
        }
        catch (Exception exception) when (exception is IOException or AggregateException)
        {
            Console.Error.WriteLine($"PostgreSQL did not stop in order: {exception.Message}");
        }
    }

    private static string? FindBinaries()
    {
        if (Environment.GetEnvironmentVariable(BinariesVariable) is { Length: > 0 } given)
        {
            return HasBinaries(given) ? given : null;
        }

        return FindDebianBinaries() ?? FindInPath("pg_ctl") switch
        {
            { } file when Path.GetDirectoryName(file) is { } folder && HasBinaries(folder) => folder,
            _ => null,
        };
    }

    private static string? FindDebianBinaries()
    {
        const string root = "/usr/lib/postgresql";
        return !Directory.Exists(root)
            ? null
            : Directory.EnumerateDirectories(root)
                .Select(folder => (Major: int.TryParse(Path.GetFileName(folder), out var major) ? major : 0, Folder: Path.Combine(folder, "bin")))
                .Where(version => version.Major > 0 && HasBinaries(version.Folder))
                .OrderByDescending(version => version.Major)
                .Select(version => version.Folder)
                .FirstOrDefault();
    }

    private static bool HasBinaries(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl"));

    private static string? FindInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    // Another process may take a port between this look and the start of the server: hence several to try.
    private static List<string> FreePorts(int count)
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
}
