using System.Net;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Attachments;

/// <summary>What no command takes is gone when the answer is there; what one takes is there once.</summary>
public sealed class RefusedCommandTests(SharedHost shared) : AttachmentTest(shared)
{
    [Fact]
    public async Task A_refused_command_leaves_neither_file_nor_row()
    {
        var ticket = await Alice.OpenAsync();
        var (own, messages) = (await Ann.OpenAsync(), $"/tickets/{ticket.Id}/messages");

        await RefusedAsync(() => Alice.PostAsync("/tickets", OneFile(("subject", "S"))), 400, "validation");
        await RefusedAsync(() => Alice.PostAsync(messages, OneFile(("body", " "))), 400, "validation");
        await RefusedAsync(() => Bob.PostAsync(messages, OneFile(("body", "B"))), 404, "not_found");
        await RefusedAsync(() => Alice.PostAsync("/tickets/TKT-2026-999999/messages", OneFile(("body", "B"))), 404, "not_found");
        await RefusedAsync(() => Alice.PostAsync(messages, OneFile(("body", "B")), ("If-Match", $"\"{Guid.NewGuid()}\"")), 412, "version_mismatch");
        await RefusedAsync(() => Alice.PostAsync(messages, OneFile(("body", "B")), ("If-Match", "nonsense")), 400, "validation");
        await RefusedAsync(() => Alice.PostAsync(messages, OneFile(("body", "B")), ("Idempotency-Key", "ä")), 400, "validation");
        (await Alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(200);
        await RefusedAsync(() => Ann.PostAsync(messages, OneFile(("body", "B"))), 409, "transition_not_allowed");
        await RefusedAsync(() => Bob.PostAsync($"/tickets/{own.Id}/messages", OneFile(("body", "B"), ("isPrivate", "true"))), 404, "not_found");
    }

    [Fact]
    public async Task Who_may_not_write_stages_nothing()
    {
        var ticket = await Alice.OpenAsync();
        var anonymous = await Host.AsAsync(Users.Anonymous);

        foreach (var path in new[] { "/tickets", $"/tickets/{ticket.Id}/messages" })
        {
            await RefusedAsync(() => anonymous.PostAsync(path, OneFile(("subject", "S"), ("body", "B"))), 401, "unauthenticated");
            await RefusedAsync(() => Alice.PostAsync(path, OneFile(("subject", "S"), ("body", "B")), ("Sec-Fetch-Site", "cross-site")), 403, "cross_site");
            await RefusedAsync(() => Alice.PostAsync(path, OneFile(("subject", "S"), ("body", "B")), ("Origin", "https://evil.example")), 403, "cross_site");
        }
    }

    [Fact]
    public async Task A_repetition_under_a_key_is_done_once_and_its_files_are_not_kept_twice()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var opened = (await Alice.PostAsync("/tickets", TwoFiles(("subject", "S"), ("body", "B")), key)).Is(201);
        var afterOpening = await StoredAsync(Host);

        Assert.Equal(opened.Everything, (await Alice.PostAsync("/tickets", TwoFiles(("subject", "S"), ("body", "B")), key)).Everything);
        Assert.Equal(afterOpening, await StoredAsync(Host));

        var path = $"/tickets/{opened.Id}/messages";
        var reply = (await Ann.PostAsync(path, TwoFiles(("body", "B")), key)).Is(201);
        var afterReply = await StoredAsync(Host);

        Assert.Equal(reply.Text, (await Ann.PostAsync(path, TwoFiles(("body", "B")), key)).Is(201).Text);
        Assert.Equal(afterReply, await StoredAsync(Host));
        Assert.Equal(2, (await Alice.GetAsync($"/tickets/{opened.Id}")).Json.GetProperty("messages").GetArrayLength());
        Assert.All(FilesOf(reply.Json), file => Assert.NotNull(file.Text("url")));
        Assert.Equal("two", (await Alice.GetAsync(PathOf(FilesOf(reply.Json)[1]))).Is(200).Text);
    }

    [Fact]
    public async Task Under_the_same_key_other_files_are_another_command()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var ticket = await Alice.OpenAsync();
        var path = $"/tickets/{ticket.Id}/messages";
        (await Alice.PostAsync(path, TwoFiles(("body", "B")), key)).Is(201);
        Form[] others =
        [
            Form.Of(("body", "B")).File("1.txt", "one").File("2.txt", "TWO"),
            Form.Of(("body", "B")).File("1.txt", "one").File("3.txt", "two"),
            Form.Of(("body", "B")).File("1.txt", "one").File("2.txt", "two", "text/html"),
            Form.Of(("body", "B")).File("2.txt", "two").File("1.txt", "one"),
            Form.Of(("body", "B")).File("1.txt", "one"),
            Form.Of(("body", "B")),
        ];

        foreach (var other in others)
            await RefusedAsync(() => Alice.PostAsync(path, other.ToContent(), key), 422, "idempotency_key_reused");
        await RefusedAsync(() => Alice.PostAsync(path, new { body = "B" }, key), 422, "idempotency_key_reused");
    }

    [Fact]
    public async Task Twenty_at_once_under_one_key_are_one_message()
    {
        var key = ("Idempotency-Key", Guid.NewGuid().ToString());
        var ticket = await Alice.OpenAsync();
        var files = Host.StoredFiles().Count;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Alice.PostAsync($"/tickets/{ticket.Id}/messages", TwoFiles(("body", "B")), key)));

        Assert.Single(answers.Select(answer => answer.Is(201).Text).Distinct());
        Assert.Equal(2, (await Alice.GetAsync($"/tickets/{ticket.Id}")).Json.GetProperty("messages").GetArrayLength());
        Assert.Equal(files + 2, Host.StoredFiles().Count);
        Assert.Equal(0, await UploadsAsync(Host));
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_nothing()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnRealClock = true });
        var before = await StoredAsync(host);
        using var leaving = new CancellationTokenSource();
        using var content = new SlowContent(host);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/helpdesk/tickets") { Content = content };
        request.Headers.Authorization = new("Bearer", await host.SignInAsync(Users.Alice));
        using var client = host.CreateClient();
        var sending = client.SendAsync(request, leaving.Token);

        await content.Begun.Task.WaitAsync(TimeSpan.FromMinutes(2), Token);
        Assert.Equal(2, await UploadsAsync(host));
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        await Poll.UntilAsync(async () => await StoredAsync(host) == before);
    }

    private static HttpContent OneFile(params (string, string)[] texts) => Form.Of(texts).File("a.txt", "content").ToContent();

    private static HttpContent TwoFiles(params (string, string)[] texts) => Form.Of(texts).File("1.txt", "one").File("2.txt", "two").ToContent();

    /// <summary>A form with one whole file and the beginning of another, which then waits.</summary>
    private sealed class SlowContent : HttpContent
    {
        private readonly TestHelpDesk host;

        public SlowContent(TestHelpDesk host)
        {
            this.host = host;
            Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={Form.Boundary}");
        }

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            var form = Form.Of(("subject", "S"), ("body", "B")).File("a.txt", "content")
                .Raw($"--{Form.Boundary}\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"b.txt\"\r\n\r\n{new string('b', 100_000)}");
            await stream.WriteAsync(form.ToBrokenArray(), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            while (host.StoredFiles() is not { Count: 2 })
                await Task.Delay(10, cancellationToken);
            Begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
