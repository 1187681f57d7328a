using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>A real mail server on loopback, eng/services/smtp.py, for one test or one class of them.</summary>
/// <remarks>It ends with its standard input, which this process holds open: a killed test run leaves none behind.</remarks>
public sealed class MailServer : IAsyncDisposable
{
    // Debian's own: another python in PATH would not have Debian's modules.
    private const string Python = "/usr/bin/python3";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    private readonly Process process;
    private readonly string folder;

    private MailServer(Process process, string folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>How many connections were made to it.</summary>
    public int Connections => Events.Count(line => line == "connection");

    /// <summary>One line for each connection, TLS and command MAIL, DATA and QUIT.</summary>
    public IReadOnlyList<string> Events => Lines(Path.Combine(folder, "events"));

    /// <summary>Everything that clients have sent, after decryption.</summary>
    public string Input => System.Text.Encoding.Latin1.GetString(Bytes(Path.Combine(folder, "input")));

    /// <summary>Starts a server; skips the test, or fails it as <see cref="Requirement"/> says, where Debian's python3-aiosmtpd is missing.</summary>
    /// <param name="arguments">What it is to do; see smtp.py.</param>
    public static async Task<MailServer> StartAsync(params IReadOnlyList<string> arguments)
    {
        if (!File.Exists(Python))
            Requirement.Missing($"There is no {Python} for the mail server (on Debian: apt-get install python3-aiosmtpd).", mayFail: true);

        var folder = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
        var process = Process.Start(new ProcessStartInfo(Python, [Script(), folder, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        if (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line && line.StartsWith("ready ", StringComparison.Ordinal))
            return new MailServer(process, folder, int.Parse(line.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture));

        var text = await errors.WaitAsync(patience.Token);
        process.Dispose();
        Directory.Delete(folder, recursive: true);
        if (text.Contains("No module named 'aiosmtpd'", StringComparison.Ordinal))
            Requirement.Missing("The mail server needs aiosmtpd (on Debian: apt-get install python3-aiosmtpd).", mayFail: true);
        throw new InvalidOperationException($"The mail server did not start: {text}");
    }

    /// <summary>The mails that it has taken so far, in order.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> ReadAsync()
    {
        var mails = new List<ReceivedMail>();
        for (var number = 1; File.Exists(Path.Combine(folder, $"{number}.json")); number++)
        {
            var envelope = JsonSerializer.Deserialize<Envelope>(await File.ReadAllBytesAsync(Path.Combine(folder, $"{number}.json")), Json)!;
            mails.Add(new ReceivedMail(await File.ReadAllBytesAsync(Path.Combine(folder, $"{number}.eml")), envelope.From, envelope.To, envelope.Tls, envelope.Utf8));
        }

        return mails;
    }

    /// <summary>Waits until it has taken so many mails.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> WaitForAsync(int count, CancellationToken cancellationToken = default)
    {
        await WaitUntilAsync(() => File.Exists(Path.Combine(folder, $"{count}.json")), $"{count} mails", cancellationToken);
        return await ReadAsync();
    }

    /// <summary>Waits for something that the server is about to write down.</summary>
    public async Task WaitUntilAsync(Func<bool> isSo, string what, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                Assert.Fail($"The mail server had no {what} within {Patience.TotalSeconds} s; it saw: {string.Join(", ", Events)}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>Ends it before its time.</summary>
    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Script([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../../eng/services/smtp.py"));

    private static string[] Lines(string file) => System.Text.Encoding.Latin1.GetString(Bytes(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Bytes(string file)
    {
        // The server has it open for writing.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed record Envelope(string? From, IReadOnlyList<string> To, bool Tls, bool Utf8);
}

/// <summary>A mail as the server got it.</summary>
/// <param name="Raw">The bytes, with the line ends that came.</param>
/// <param name="From">MAIL FROM.</param>
/// <param name="To">Each RCPT TO.</param>
/// <param name="IsTls">Whether it came over TLS.</param>
/// <param name="IsUtf8">Whether it came by SMTPUTF8.</param>
public sealed record ReceivedMail(byte[] Raw, string? From, IReadOnlyList<string> To, bool IsTls, bool IsUtf8);
