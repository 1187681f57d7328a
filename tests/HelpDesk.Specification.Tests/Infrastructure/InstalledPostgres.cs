namespace HelpDesk.Specification.Infrastructure;

/// <summary>Starts the installed PostgreSQL in a temporary folder, for as long as this process lives.</summary>
internal static class InstalledPostgres
{
    private const string BinariesVariable = "PG_BIN";

    // Signals are ignored for the same end: Ctrl+C reaches the whole terminal group, and the supervisor must outlive it
    // to stop the server. fsync and its like are off because nothing here has to survive a power cut.
    private const string Script = """
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

        // initdb and postgres refuse to run as root.
        var user = Environment.IsPrivilegedProcess ? "postgres" : null;
        var (port, failure) = await Supervisor.StartAsync("PostgreSQL", Script, [binaries, .. Supervisor.FreePorts(3)], user);
        return failure is null
            ? DatabaseServer.At($"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres")
            : DatabaseServer.Unavailable($"The PostgreSQL in {binaries} did not start: {failure}.");
    }

    private static string? FindBinaries()
    {
        if (Environment.GetEnvironmentVariable(BinariesVariable) is { Length: > 0 } given)
        {
            return HasBinaries(given) ? given : null;
        }

        return FindDebianBinaries() ?? Supervisor.FindInPath("pg_ctl") switch
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
}
