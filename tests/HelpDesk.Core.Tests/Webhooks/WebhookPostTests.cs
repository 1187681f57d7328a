using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using HelpDesk.Events;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.Webhooks;

/// <summary>What the other system receives, and what comes of its answers.</summary>
public sealed class WebhookPostTests
{
    private static readonly string[] Headers = ["content-length", "content-type", "host", "user-agent", "webhook-id", "webhook-signature", "webhook-timestamp"];

    /// <summary>So that what never ends is a failed test and not a run that never ends.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_a_signed_post_of_json_and_nothing_else()
    {
        await using var receiver = HttpReceiver.Answering(204, body: "");
        using var scene = WebhookScene.To(receiver.Url);
        using var activity = new Activity("work").AddBaggage("customer", "alice").Start();

        await scene.SendAsync();

        var post = await receiver.NextAsync(Token);
        Assert.Equal("POST /hooks?key=hush HTTP/1.1", post.Line);
        Assert.Equal(Headers, post.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("application/json", post.Headers["content-type"]);
        Assert.Equal("HelpDesk-Webhooks", post.Headers["user-agent"]);
        Assert.Equal("0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a01", post.Headers["webhook-id"]);
        Assert.Equal("1772442000", post.Headers["webhook-timestamp"]);
        Assert.Equal(Signature(post, WebhookScene.Secret), post.Headers["webhook-signature"]);
    }

    [Fact]
    public async Task The_body_holds_keys()
    {
        await using var receiver = HttpReceiver.Answering(200);
        using var scene = WebhookScene.To(receiver.Url);

        await scene.SendAsync(WebhookScene.Event(TicketEventKinds.MessageAdded, messageId: WebhookScene.MessageId));

        Assert.Equal(
            """{"type":"message.added","timestamp":"2026-03-02T08:59:00Z","data":{"ticket":{"id":"0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a02","number":"TCK-2026-000007"}"""
            + ""","actor":{"id":"ann-id","kind":"agent"},"messageId":"0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a03","assigneeId":"ben-id","version":"0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a04","isPublic":true}}""",
            (await receiver.NextAsync(Token)).Text);
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_only_promises_have_targets()
    {
        await using var receiver = HttpReceiver.Answering(200);
        using var scene = WebhookScene.To(receiver.Url, options => options.Kinds.Add(TicketEventKinds.TicketEscalated));

        await scene.SendAsync(WebhookScene.Event(TicketEventKinds.TicketEscalated, isPublic: false, targets: [WebhookScene.Target()], actorId: null));

        Assert.EndsWith(
            ""","actor":{"id":null,"kind":"agent"},"messageId":null,"assigneeId":null,"version":"0b0e7a52-6f3f-4c57-8f0c-0d6a3c1f9a04","isPublic":false"""
            + ""","targets":[{"kind":"firstResponse","instance":1,"dueAt":"2026-03-02T09:00:00.5Z"}]}}""",
            (await receiver.NextAsync(Token)).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_try_has_the_same_id_and_body_and_a_time_of_its_own()
    {
        await using var receiver = HttpReceiver.Answering(503, "Set-Cookie: a=b\r\n");
        using var scene = WebhookScene.To(receiver.Url);

        await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());
        scene.Clock.Advance(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());

        var (first, second) = (await receiver.NextAsync(Token), await receiver.NextAsync(Token));
        Assert.Equal(first.Headers["webhook-id"], second.Headers["webhook-id"]);
        Assert.Equal(first.Text, second.Text);
        Assert.Equal("1772442004", second.Headers["webhook-timestamp"]);
        Assert.Equal(Signature(second, WebhookScene.Secret), second.Headers["webhook-signature"]);
        Assert.Equal(Headers, second.Headers.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task While_a_secret_is_changed_both_sign()
    {
        var next = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        await using var receiver = HttpReceiver.Answering(200);
        using var scene = WebhookScene.To(receiver.Url, options => options.Secrets.Add(next));

        await scene.SendAsync();

        var post = await receiver.NextAsync(Token);
        Assert.Equal($"{Signature(post, WebhookScene.Secret)} {Signature(post, next)}", post.Headers["webhook-signature"]);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(299)]
    public async Task Every_2xx_is_success(int status)
    {
        await using var receiver = HttpReceiver.Answering(status);
        using var scene = WebhookScene.To(receiver.Url);

        await scene.SendAsync();

        Assert.Equal(1, receiver.Waiting);
    }

    [Theory]
    [InlineData(304)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Everything_else_is_tried_again_and_told_without_what_the_address_hides(int status)
    {
        await using var receiver = HttpReceiver.Answering(status);
        using var scene = WebhookScene.To(receiver.Url);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());

        Assert.Equal((HttpStatusCode)status, failure.StatusCode);
        Assert.StartsWith($"127.0.0.1 answered {status}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_answers_410_is_not_asked_again()
    {
        await using var receiver = HttpReceiver.Answering(410);
        using var scene = WebhookScene.To(receiver.Url);

        var failure = await Assert.ThrowsAsync<PermanentFailureException>(() => scene.SendAsync());

        Assert.Contains("127.0.0.1 answered 410", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirects_are_not_followed(int status)
    {
        await using var other = HttpReceiver.Answering(200);
        await using var receiver = HttpReceiver.Answering(status, $"Location: {other.Url}\r\n");
        using var scene = WebhookScene.To(receiver.Url);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());

        Assert.Equal((HttpStatusCode)status, failure.StatusCode);
        Assert.Equal(0, other.Connections);
    }

    [Fact]
    public async Task Nobody_there_is_told_by_the_host()
    {
        Uri url;
        await using (var receiver = HttpReceiver.Answering(200))
            url = receiver.Url;
        using var scene = WebhookScene.To(url);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());

        Assert.StartsWith("127.0.0.1 could not be asked: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_answers_is_given_up_after_the_timeout()
    {
        await using var receiver = new HttpReceiver((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
        using var scene = WebhookScene.To(receiver.Url, options => options.Timeout = TimeSpan.FromSeconds(7));

        var sending = scene.SendAsync();
        await receiver.NextAsync(Token);
        scene.Clock.Advance(TimeSpan.FromSeconds(7));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => sending.WaitAsync(Deadline, Token));
        Assert.Equal("127.0.0.1 did not answer in time; its Timeout is 00:00:07.", failure.Message);
    }

    [Fact]
    public async Task An_answer_just_before_the_timeout_counts()
    {
        var late = new TaskCompletionSource();
        await using var receiver = new HttpReceiver(async (stream, cancellationToken) =>
        {
            await late.Task.WaitAsync(cancellationToken);
            await HttpReceiver.WriteAsync(stream, "HTTP/1.1 204 OK\r\n\r\n", cancellationToken);
        });
        using var scene = WebhookScene.To(receiver.Url, options => options.Timeout = TimeSpan.FromSeconds(7));

        var sending = scene.SendAsync();
        await receiver.NextAsync(Token);
        scene.Clock.Advance(TimeSpan.FromSeconds(6.9));
        late.SetResult();

        await sending.WaitAsync(Deadline, Token);
    }

    [Fact]
    public async Task A_process_that_stops_does_not_wait_for_the_answer()
    {
        await using var receiver = new HttpReceiver((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));
        using var scene = WebhookScene.To(receiver.Url);
        using var stopping = new CancellationTokenSource();

        var sending = scene.SendAsync(cancellationToken: stopping.Token);
        await receiver.NextAsync(Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(Deadline, Token));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_without_an_end_is_not_read(bool isChunked)
    {
        var written = new TaskCompletionSource<long>();
        await using var receiver = new HttpReceiver(async (stream, cancellationToken) =>
        {
            var (sum, piece) = (0L, new byte[64 * 1024]);
            if (isChunked)
                piece = [.. "10000\r\n"u8, .. piece, .. "\r\n"u8];
            await HttpReceiver.WriteAsync(stream, $"HTTP/1.1 200 OK\r\n{(isChunked ? "Transfer-Encoding: chunked\r\n" : "")}\r\n", cancellationToken);
            try
            {
                while (true)
                {
                    await stream.WriteAsync(piece, cancellationToken);
                    sum += piece.Length;
                }
            }
            catch (IOException)
            {
                written.SetResult(sum);
                throw;
            }
        });
        using var scene = WebhookScene.To(receiver.Url);

        await scene.SendAsync();

        // What the operating system buffers for both ends, and a little.
        Assert.InRange(await written.Task.WaitAsync(Deadline, Token), 0, 32 * 1024 * 1024);
    }

    [Fact]
    public async Task A_head_without_an_end_is_a_failure()
    {
        await using var receiver = new HttpReceiver(async (stream, cancellationToken) =>
        {
            await HttpReceiver.WriteAsync(stream, "HTTP/1.1 200 OK\r\n", cancellationToken);
            while (true)
                await HttpReceiver.WriteAsync(stream, $"x: {new string('x', 1000)}\r\n", cancellationToken);
        });
        using var scene = WebhookScene.To(receiver.Url);

        await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());
    }

    [Fact]
    public async Task One_connection_serves_many_posts()
    {
        await using var receiver = HttpReceiver.Answering(200, body: "thanks");
        using var scene = WebhookScene.To(receiver.Url);

        for (var i = 0; i < 5; i++)
            await scene.SendAsync();

        Assert.Equal(1, receiver.Connections);
        Assert.Equal(5, receiver.Waiting);
    }

    [Theory]
    [InlineData(TicketEventKinds.TicketOpened, true, true)]
    [InlineData(TicketEventKinds.TicketChanged, true, true)]
    [InlineData(TicketEventKinds.TicketChanged, false, false)]
    [InlineData(TicketEventKinds.NoteAdded, false, false)]
    [InlineData(TicketEventKinds.TicketEscalated, false, false)]
    [InlineData(TicketEventKinds.TicketWarned, false, false)]
    public async Task By_default_what_is_public_is_sent(string kind, bool isPublic, bool isSent)
    {
        await using var receiver = HttpReceiver.Answering(200);
        using var scene = WebhookScene.To(receiver.Url);

        await scene.SendAsync(WebhookScene.Event(kind, isPublic));

        Assert.Equal(isSent ? 1 : 0, receiver.Connections);
    }

    [Theory]
    [InlineData(TicketEventKinds.NoteAdded, false, true)]
    [InlineData(TicketEventKinds.TicketChanged, false, true)]
    [InlineData(TicketEventKinds.TicketChanged, true, true)]
    [InlineData(TicketEventKinds.TicketOpened, true, false)]
    public async Task Else_what_is_listed(string kind, bool isPublic, bool isSent)
    {
        await using var receiver = HttpReceiver.Answering(200);
        using var scene = WebhookScene.To(receiver.Url, options =>
        {
            options.Kinds.Add(TicketEventKinds.NoteAdded);
            options.Kinds.Add(TicketEventKinds.TicketChanged);
        });

        await scene.SendAsync(WebhookScene.Event(kind, isPublic));

        Assert.Equal(isSent ? 1 : 0, receiver.Connections);
    }

    /// <summary>By the text of the specification, and not by the code under test.</summary>
    private static string Signature(ReceivedRequest post, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret.Split('_', 2)[1]));
        foreach (var part in new[] { post.Headers["webhook-id"], post.Headers["webhook-timestamp"] })
            hmac.AppendData(Encoding.ASCII.GetBytes(part + "."));
        hmac.AppendData(post.Body);
        return string.Create(CultureInfo.InvariantCulture, $"v1,{Convert.ToBase64String(hmac.GetHashAndReset())}");
    }
}
