using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>On a real server with its default limits, which are 30 MB for a body. It measures this process, so nothing else may run in it meanwhile.</summary>
[CollectionDefinition(nameof(SizeTests), DisableParallelization = true)]
[Collection(nameof(SizeTests))]
public sealed class SizeTests(ITestOutputHelper output)
{
    private const int TwentyFiveMegabytes = 25 * 1000 * 1000;

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task A_raw_mail_of_25_megabytes_is_taken(bool isUrlEncoded, bool isChunked)
    {
        await using var webhook = await Webhook.StartAsync(onKestrel: true);
        webhook.Processor.KeepsNothing = true;
        // The worst case: each byte is three.
        var mime = new byte[TwentyFiveMegabytes];
        Array.Fill(mime, (byte)0xFE);
        var form = SignedForm.RawMail(mime).Sign(Webhook.Start);
        using var content = isUrlEncoded ? form.UrlEncoded() : form.Multipart();
        Assert.True(!isUrlEncoded || content.Headers.ContentLength > 75_000_000);

        await PostAsync(webhook, content, "/mime", isChunked);

        Assert.Equal(SHA256.HashData(mime), Assert.Single(webhook.Processor.Received).Hash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mail_of_25_megabytes_that_was_taken_apart_is_taken(bool isText)
    {
        await using var webhook = await Webhook.StartAsync(onKestrel: true);
        webhook.Processor.KeepsNothing = true;
        var form = SignedForm.Mail();
        if (isText)
        {
            var text = string.Concat(Enumerable.Repeat("größte Übergröße\n", TwentyFiveMegabytes / 20));
            form.Set("body-plain", text).Set("stripped-text", text);
        }
        else
        {
            form.Add("attachment-count", "1").File("attachment-1", "large.bin", new byte[TwentyFiveMegabytes * 3 / 4], "application/octet-stream");
        }

        using var content = isText ? form.Sign(Webhook.Start).UrlEncoded() : form.Sign(Webhook.Start).Multipart();
        await PostAsync(webhook, content, "", isChunked: false);

        Assert.Empty(Assert.Single(webhook.Processor.Received).Email.Remarks);
    }

    [Theory]
    [InlineData(1024 * 1024, true)]
    [InlineData((1024 * 1024) + 1, false)]
    [InlineData(40 * 1024 * 1024, false)]
    [InlineData(80 * 1024 * 1024, false)]
    public async Task Above_the_configured_maximum_it_is_refused_for_good(int size, bool isTaken)
    {
        await using var webhook = await Webhook.StartAsync(new() { ["HelpDesk:Inbound:MaximumSize"] = "1048576" }, onKestrel: true);
        webhook.Processor.KeepsNothing = true;
        using var content = SignedForm.RawMail(new byte[size]).Sign(Webhook.Start).Multipart();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/mailgun/mime") { Content = content };
        // A server that refuses without having read all closes the connection: the answer must not depend on how much it reads.
        request.Headers.ExpectContinue = size > 50_000_000;

        using var response = await webhook.Client.SendAsync(request, Webhook.Token);

        Assert.Equal(isTaken ? HttpStatusCode.OK : HttpStatusCode.NotAcceptable, response.StatusCode);
        Assert.Equal(isTaken ? 1 : 0, webhook.Processor.Calls);
    }

    [Fact]
    public async Task A_mail_that_grows_over_the_maximum_when_it_is_made_whole_is_refused_for_good()
    {
        await using var webhook = await Webhook.StartAsync(new() { ["HelpDesk:Inbound:MaximumSize"] = "1048576" });
        var form = SignedForm.Mail().Add("attachment-count", "1").File("attachment-1", "a.bin", new byte[1_000_000]);

        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, form.Sign(Webhook.Start).Multipart());
    }

    [Theory]
    [InlineData(5_000, 20)]
    [InlineData(100_000, 10)]
    [InlineData(1, 10_000)]
    [InlineData(1, 60_000)]
    public async Task Any_number_of_headers_and_long_names_are_taken(int count, int nameLength)
    {
        await using var webhook = await Webhook.StartAsync(onKestrel: true);
        var headers = Enumerable.Range(0, count).Select(i => (Name: $"X-{i}-".PadRight(nameLength, 'n'), Value: $"v{i}")).ToArray();
        var form = SignedForm.Mail(headers);
        var before = GC.GetTotalAllocatedBytes();

        using var urlEncoded = form.Sign(Webhook.Start).UrlEncoded();
        await PostAsync(webhook, urlEncoded, "", isChunked: false);
        using var multipart = form.Sign(Webhook.Start).Multipart();
        await PostAsync(webhook, multipart, "", isChunked: true);

        output.WriteLine($"allocated {(GC.GetTotalAllocatedBytes() - before) / 1_000_000} MB");
        var mail = webhook.Processor.Received[0].Parse();
        Assert.Equal(count, mail.Headers.Count(header => header.Field.StartsWith("X-", StringComparison.Ordinal)));
        Assert.Equal($"v{count - 1}", mail.Headers[headers[^1].Name]);
        Assert.Equal(webhook.Processor.Received[0].Raw, webhook.Processor.Received[1].Raw);
    }

    [Theory]
    [InlineData(200_001, 1)]
    [InlineData(1, 70_000)]
    public async Task What_is_no_mail_any_more_is_refused_for_good(int count, int nameLength)
    {
        await using var webhook = await Webhook.StartAsync();
        var form = new SignedForm();
        for (var i = 0; i < count; i++)
            form.Add(new string('n', nameLength), "");

        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, form.Sign(Webhook.Start).UrlEncoded());
        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, form.Multipart());
    }

    [Fact]
    public async Task Bytes_that_nobody_has_signed_do_not_fill_the_memory()
    {
        await using var webhook = await Webhook.StartAsync(onKestrel: true);
        var fields = new StringBuilder();
        for (var i = 0; i < 199_000; i++)
            fields.Append("n=").Append('v', 300).Append('&');
        var body = Encoding.ASCII.GetBytes(fields.ToString());
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes();

        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, SignedForm.Content(body, "application/x-www-form-urlencoded"));

        var allocated = (GC.GetTotalAllocatedBytes() - before) / 1_000_000;
        output.WriteLine($"{body.Length / 1_000_000} MB in 199,000 fields: allocated {allocated} MB");
        Assert.True(allocated < 40, $"{allocated} MB");
    }

    private async Task PostAsync(Webhook webhook, HttpContent content, string route, bool isChunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/mailgun" + route) { Content = content };
        request.Headers.TransferEncodingChunked = isChunked ? true : null;
        var length = content.Headers.ContentLength;
        var watch = Stopwatch.StartNew();
        using var response = await webhook.Client.SendAsync(request, Webhook.Token);
        output.WriteLine($"{length / 1_000_000} MB in {watch.ElapsedMilliseconds} ms");
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Webhook.Token)}");
    }
}
