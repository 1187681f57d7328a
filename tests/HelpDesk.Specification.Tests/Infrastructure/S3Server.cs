using System.Runtime.CompilerServices;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>The one S3 service of this test process, eng/services/s3.sh; started by the first test that asks for it.</summary>
/// <remarks>It is Ceph's, which checks signatures, expiry and checksums as Amazon's does. A test makes a bucket of its own.</remarks>
public sealed class S3Server
{
    /// <summary>A running service for the tests, as <c>http://ACCESSKEY:SECRETKEY@127.0.0.1:45690</c>.</summary>
    public const string AddressVariable = "HELPDESK_TEST_S3";

    // Signals are ignored for the same end: Ctrl+C reaches the whole terminal group, and the supervisor must outlive it
    // to stop the server.
    private const string Script = """
        trap '' HUP INT TERM PIPE
        script=$1; shift
        dir=$(mktemp -d "${TMPDIR:-/tmp}/helpdesk-s3-XXXXXXXX" 2>/dev/null) || dir=$(mktemp -d /tmp/helpdesk-s3-XXXXXXXX) || exit 1
        export HELPDESK_S3_DIR="$dir/s3"
        finish() {
            bash "$script" stop </dev/null >/dev/null 2>&1
            rm -rf -- "$dir"
        }
        trap finish EXIT
        while [ $# -ge 2 ]; do
            export HELPDESK_S3_PORT="$1" HELPDESK_S3_MONITOR_PORT="$2"
            if bash "$script" start </dev/null >"$dir/log" 2>&1; then
                echo "ready $1"
                cat >/dev/null
                exit 0
            fi
            shift 2
        done
        cat "$dir/log"
        exit 1
        """;

    private static readonly Lazy<Task<(S3Server? Server, string? UnavailableReason)>> Server = new(BeginAsync);

    private S3Server(Uri endpoint, string accessKey, string secretKey)
    {
        Endpoint = endpoint.AbsoluteUri.TrimEnd('/');
        AccessKey = accessKey;
        SecretKey = secretKey;
    }

    /// <summary>The address, as <c>http://127.0.0.1:45690</c>. A bucket is in the path.</summary>
    public string Endpoint { get; }

    public string AccessKey { get; }

    public string SecretKey { get; }

    /// <summary>The service; skips the test, or fails it as <see cref="Requirement"/> says, where Ceph's programs are missing.</summary>
    public static async Task<S3Server> GetAsync(CancellationToken cancellationToken)
    {
        var (server, reason) = await Server.Value.WaitAsync(cancellationToken);
        if (server is null)
            Requirement.Missing(reason!, mayFail: true);
        return server;
    }

    /// <summary>A name that no other bucket has.</summary>
    public static string NewBucketName() => $"helpdesk-{Guid.NewGuid():N}";

    // Not the caller's token: the first test to be cancelled would otherwise take the server from all others.
    private static async Task<(S3Server? Server, string? UnavailableReason)> BeginAsync()
    {
        if (Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } given)
        {
            var address = new Uri(given);
            return address.UserInfo.Split(':') is [var access, var secret]
                ? (new S3Server(new Uri(address.GetLeftPart(UriPartial.Scheme) + address.Authority), Uri.UnescapeDataString(access), Uri.UnescapeDataString(secret)), null)
                : throw new InvalidOperationException($"{AddressVariable} is not like http://ACCESSKEY:SECRETKEY@127.0.0.1:45690.");
        }

        if (OperatingSystem.IsWindows())
            return (null, "The tests start installed programs on Unix only.");
        if (new[] { "radosgw", "radosgw-admin", "ceph", "ceph-mon", "ceph-osd", "curl" }.Where(program => Supervisor.FindInPath(program) is null).ToList() is { Count: > 0 } missing)
            return (null, $"There is no {string.Join(", ", missing)} for the S3 service (on Debian: apt-get install radosgw ceph-mon ceph-osd ceph-common curl).");

        var (port, failure) = await Supervisor.StartAsync("The S3 service", Script, [ScriptFile(), .. Supervisor.FreePorts(6)]);
        return failure is null
            ? (new S3Server(new Uri($"http://127.0.0.1:{port}"), "helpdesk", "helpdesk-secret"), null)
            : (null, $"The S3 service did not start: {failure}.");
    }

    private static string ScriptFile([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../eng/services/s3.sh"));
}
