using System.Net.Sockets;
using System.Text;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Forms on the real server, which has limits of its own.</summary>
public sealed class UploadsOnKestrelTests
{
    private const int Size = 40 * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_may_be_larger_than_the_server_takes_by_default()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnKestrel = true, Configuration = { ["HelpDesk:Limits:AttachmentSize"] = $"{Size}" } });
        var alice = await host.AsAsync(Users.Alice);
        var bytes = new byte[Size];
        new Random(3).NextBytes(bytes);

        foreach (var isChunked in new[] { false, true })
        {
            var opened = await alice.PostAsync("/tickets", Content(Form.Of(("subject", "S"), ("body", "B")).File("a.bin", bytes), isChunked));
            var path = opened.Is(201).Json.GetProperty("messages")[0].GetProperty("attachments")[0].Text("url")!["/helpdesk".Length..];
            var read = (await alice.GetAsync(path)).Is(200).Bytes;
            Assert.True(bytes.AsSpan().SequenceEqual(read));
        }

        Assert.Equal(2, host.StoredFiles().Count);
        (await alice.PostAsync("/tickets", Content(Form.Of(("subject", "S"), ("body", "B")).File("a.bin", [.. bytes, 0]), isChunked: true))).Is(413, "too_large");
        // What is no form keeps its own limit.
        (await alice.PostAsync("/tickets", Content("{"u8.ToArray(), "application/json", 2 * 1024 * 1024))).Is(413, "too_large");
        Assert.Equal(2, host.StoredFiles().Count);
    }

    [Fact]
    public async Task More_than_any_form_can_hold_is_refused()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            OnKestrel = true,
            Configuration = { ["HelpDesk:Limits:AttachmentSize"] = "1024", ["HelpDesk:Limits:AttachmentCount"] = "1" },
        });
        var alice = await host.AsAsync(Users.Alice);
        var form = Form.Of(("subject", "S"), ("body", "B")).File("a.bin", new byte[1024]);
        (await alice.PostAsync("/tickets", form.ToContent())).Is(201);
        (await alice.PostAsync("/tickets", form.File("b.bin", new byte[1]).ToContent())).Is(400, "validation");
        using var large = Content(Form.Of(("subject", "S")).File("a.bin", new byte[Size / 4]), isChunked: false);

        (await alice.PostAsync("/tickets", large)).Is(413, "too_large");

        Assert.Single(host.StoredFiles());
    }

    [Theory]
    [InlineData("Content-Length: 5000\r\n", "half of the file")]
    [InlineData("Transfer-Encoding: chunked\r\n", "zz\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nhalf \r\n")]
    public async Task A_form_that_breaks_off_leaves_nothing(string length, string rest)
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnKestrel = true, OnRealClock = true });
        var token = await host.SignInAsync(Users.Alice);
        var start = Encoding.ASCII.GetString(Form.Of(("subject", "S"), ("body", "B")).File("a.txt", "content").ToBrokenArray())
            + $"--{Form.Boundary}\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"b.txt\"\r\n\r\n";
        if (length.StartsWith('T'))
            start = $"{start.Length:x}\r\n{start}\r\n";

        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Address!.Host, host.Address.Port, Token);
            await client.GetStream().WriteAsync(
                Encoding.ASCII.GetBytes($"POST /helpdesk/tickets HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: multipart/form-data; boundary={Form.Boundary}\r\n{length}\r\n{start}"), Token);
            await Poll.UntilAsync(() => Task.FromResult(host.StoredFiles().Count == 2));
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(rest), Token);
        }

        await Poll.UntilAsync(async () => host.StoredFiles().Count == 0 && (await host.CountRowsAsync()).Contains("HelpDeskUploads 0", StringComparison.Ordinal));
    }

    private static HttpContent Content(Form form, bool isChunked) =>
        isChunked ? new Chunked(form.ToArray(), $"multipart/form-data; boundary={Form.Boundary}") : form.ToContent();

    private static Chunked Content(byte[] start, string type, int length) => new([.. start, .. new byte[length]], type);

    private sealed class Chunked : HttpContent
    {
        private readonly byte[] bytes;

        public Chunked(byte[] bytes, string type)
        {
            this.bytes = bytes;
            Headers.TryAddWithoutValidation("Content-Type", type);
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => stream.WriteAsync(bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
