using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using HelpDesk.Attachments;
using HelpDesk.Overrides.Policies;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Overrides.Tests;

/// <summary>The scanner speaks clamd's protocol as its manual has it: to a socket here that answers what clamd would, since its signatures are hundreds of megabytes.</summary>
public sealed class ClamAvScannerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64 * 1024)]
    [InlineData(200_000)]
    public async Task A_file_is_sent_whole_and_is_clean_where_clamd_says_so(int size)
    {
        var bytes = Enumerable.Range(0, size).Select(number => (byte)(number * 7)).ToArray();

        var (verdict, received) = await ScanAsync(bytes, "stream: OK\0");

        Assert.Null(verdict.Threat);
        Assert.Equal(bytes, received);
    }

    [Fact]
    public async Task A_finding_is_told_by_its_name() =>
        Assert.Equal("Win.Test.EICAR_HDB-1", (await ScanAsync("X5O!"u8.ToArray(), "stream: Win.Test.EICAR_HDB-1 FOUND\0")).Verdict.Threat);

    [Theory]
    [InlineData("INSTREAM size limit exceeded. ERROR\0")]
    [InlineData("")]
    [InlineData("stream: OK, but")]
    public async Task Everything_else_is_no_verdict(string answer) => await Assert.ThrowsAsync<IOException>(() => ScanAsync("text"u8.ToArray(), answer));

    [Fact]
    public async Task The_page_about_files_shows_this_class_as_it_is()
    {
        var page = await File.ReadAllTextAsync(Repository("docs/attachments.md"), Token);
        var code = await File.ReadAllTextAsync(Repository("samples/HelpDesk.Overrides/Policies/ClamAvScanner.cs"), Token);

        Assert.Contains(code[code.IndexOf("public sealed class", StringComparison.Ordinal)..].Trim(), page, StringComparison.Ordinal);
    }

    private static async Task<(ScanVerdict Verdict, byte[] Received)> ScanAsync(byte[] bytes, string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var clamd = ServeAsync(listener, answer);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ClamAv:Host"] = "127.0.0.1",
            ["ClamAv:Port"] = $"{((IPEndPoint)listener.LocalEndpoint).Port}",
        }).Build();
        var file = new AttachmentScan { FileName = "a.txt", ContentType = "text/plain", Size = bytes.Length, Content = new MemoryStream(bytes) };
        var verdict = await new ClamAvScanner(configuration).ScanAsync(file, Token);
        return (verdict, await clamd);
    }

    private static async Task<byte[]> ServeAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(Token);
        await using var stream = client.GetStream();
        var command = new byte[10];
        await stream.ReadExactlyAsync(command, Token);
        Assert.Equal("zINSTREAM\0"u8, command);
        using var received = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, Token);
            var chunk = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
            if (chunk.Length == 0)
                break;
            await stream.ReadExactlyAsync(chunk, Token);
            await received.WriteAsync(chunk, Token);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), Token);
        return received.ToArray();
    }

    private static string Repository(string path, [CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "../..", path);
}
