using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk.AspNetCore.Tests.Events;

/// <summary>Events as they are on the wire; who is told of what stands in the specification.</summary>
public sealed class EventStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_opens_at_once_and_tells_of_what_happens(bool onKestrel)
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnKestrel = onKestrel });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await using var alices = await EventReader.OpenAsync(host, Users.Alice);
        await using var anns = await EventReader.OpenAsync(host, Users.Ann);
        await Poll.UntilAsync(() => alices.Frames.Count > 0, () => { });
        Assert.Equal(["retry: 1000"], alices.Frames);
        var headers = alices.Response.Headers;
        Assert.Equal(("text/event-stream", "no-store", "no", "nosniff"), (
            alices.Response.Content.Headers.ContentType?.ToString(), headers.CacheControl?.ToString(), headers.GetValues("X-Accel-Buffering").Single(), headers.GetValues("X-Content-Type-Options").Single()));

        var ticket = await alice.OpenAsync();
        await ann.NoteAsync(ticket.Id, "Among us.");
        await EventReader.UntilAsync(host, () => anns.Kinds.Contains("note.added") && alices.Frames.Count > 1);

        var (id, number, version, at) = (alices.Data[0].Text("id"), ticket.Json.Text("number"), ticket.Json.Text("version"), ticket.Json.Text("createdAt"));
        var frame = alices.Frames[1];
        Assert.Equal($$"""
            id: {{id}}
            data: {"id":"{{id}}","ticket":{"id":"{{ticket.Id}}","number":"{{number}}"},"kind":"ticket.opened","at":"{{at}}","version":"{{version}}"}
            """.ReplaceLineEndings("\n"), frame);
        Assert.Equal("ticket.opened", anns.Kinds[0]);
        Assert.DoesNotContain("note", alices.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_comes_back_goes_on_from_its_last_event()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        string? last;
        Answer ticket;
        await using (var first = await EventReader.OpenAsync(host, Users.Alice))
        {
            ticket = await alice.OpenAsync();
            await EventReader.UntilAsync(host, () => first.Kinds.Contains("ticket.assigned"));
            last = first.LastEventId;
        }

        await ann.ReplyAsync(ticket.Id);
        await using var second = await EventReader.OpenAsync(host, Users.Alice, last);
        await EventReader.UntilAsync(host, () => second.Kinds.Count >= 1);
        Assert.Equal("message.added", second.Kinds[0]);
        Assert.DoesNotContain("reset", second.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("019cadc6-9ae4-7de5-9be5-1339d8410eac")]
    [InlineData("nonsense")]
    [InlineData("12")]
    public async Task An_event_that_is_not_there_any_more_is_a_reset(string lastEventId)
    {
        await using var host = await TestHelpDesk.StartAsync();

        await using var events = await EventReader.OpenAsync(host, Users.Alice, lastEventId);

        await Poll.UntilAsync(() => events.Frames.Count >= 2, () => { });
        Assert.Equal(["retry: 1000", "event: reset\nid:\ndata: {}"], events.Frames);
        Assert.Equal("", events.LastEventId);
        // As a browser sends it then, and as one that has never heard anything.
        await using var again = await EventReader.OpenAsync(host, Users.Alice, "");
        await Poll.UntilAsync(() => again.Frames.Count >= 1, () => { });
        Assert.DoesNotContain("reset", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_event_that_cannot_be_one_is_refused()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var alice = await host.AsAsync(Users.Alice);

        (await alice.GetAsync("/events", ("Last-Event-ID", new string('a', 129)))).Is(400, "validation");
        (await alice.GetAsync("/events", ("Last-Event-ID", "a"), ("Last-Event-ID", "b"))).Is(400, "validation");
    }

    [Fact]
    public async Task Something_comes_every_fifteen_seconds_and_after_five_minutes_it_ends()
    {
        await using var host = await TestHelpDesk.StartAsync();
        await using var events = await EventReader.OpenAsync(host, Users.Alice);
        await Poll.UntilAsync(() => events.Frames.Count > 0, () => { });

        for (var comment = 1; comment <= 3; comment++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(14));
            Assert.Equal(comment, events.Frames.Count);
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            await Poll.UntilAsync(() => events.Frames.Count == comment + 1, () => { });
            Assert.Equal(":", events.Frames[^1]);
        }

        host.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(46));
        Assert.False(events.IsOver);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await Poll.UntilAsync(() => events.IsOver, () => { });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_stops_does_not_wait_for_those_who_listen(bool onKestrel)
    {
        var log = new ErrorLog();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnKestrel = onKestrel, Services = services => services.AddSingleton<ILoggerProvider>(log) });
        await using var events = await EventReader.OpenAsync(host, Users.Ann);
        await Poll.UntilAsync(() => events.Frames.Count > 0, () => { });

        var start = TimeProvider.System.GetTimestamp();
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Poll.UntilAsync(() => events.IsOver, () => { });
        await host.StopAsync();

        // The server itself would wait for half a minute.
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
        Assert.Empty(log.Errors);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_goes_is_no_error_and_leaves_its_place(bool onKestrel)
    {
        var log = new ErrorLog();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnKestrel = onKestrel, Services = services => services.AddSingleton<ILoggerProvider>(log) });
        var open = new List<EventReader>();
        for (var i = 0; i < 20; i++)
            open.Add(await EventReader.OpenAsync(host, Users.Ann));
        var ann = await host.AsAsync(Users.Ann);
        var refused = (await ann.GetAsync("/events")).Is(429, "too_many_streams");
        Assert.Contains("20", refused.Json.Text("detail"), StringComparison.Ordinal);

        foreach (var reader in open)
            await reader.DisposeAsync();

        await Poll.UntilAsync(async () => (await ann.GetAsync("/events")).Status == 200);
        Assert.Empty(log.Errors);
    }

    [Fact]
    public async Task Presence_is_told_to_agents()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        await using var bens = await EventReader.OpenAsync(host, Users.Ben);
        await using var alices = await EventReader.OpenAsync(host, Users.Alice);

        var answer = (await ann.PutAsync($"/tickets/{ticket.Json.Text("number")}/presence", new { mode = "replying" })).Is(204);
        Assert.Equal(("", "Cache-Control: no-store"), (answer.Text, answer.Head.Trim()));
        await EventReader.UntilAsync(host, () => bens.Kinds.Contains("presence"));
        Assert.Contains(
            $$$"""data: {"kind":"presence","ticket":{"id":"{{{ticket.Id}}}","number":"{{{ticket.Json.Text("number")}}}"},"agents":[{"id":"ann-id","name":"ann","mode":"replying"}]}""", bens.Frames);

        (await ann.PutAsync($"/tickets/{ticket.Id}/presence", new { mode = "none" })).Is(204);
        await EventReader.UntilAsync(host, () => bens.Kinds.Count(kind => kind == "presence") == 2);
        Assert.Empty(bens.Data[^1].GetProperty("agents").EnumerateArray());
        Assert.DoesNotContain("presence", alices.Text, StringComparison.Ordinal);

        foreach (var body in new[] { "{}", """{"mode":null}""", """{"mode":"Viewing"}""", """{"mode":"writing"}""", """{"mode":1}""" })
            Assert.Equal("Use one of: viewing, replying, none.", (await ann.PutAsync($"/tickets/{ticket.Id}/presence", body)).Is(400, "validation").Json.GetProperty("errors").GetProperty("mode")[0].GetString());
    }

    [Fact]
    public async Task Nobody_listens_who_is_not_signed_in_and_another_sites_page_may_not_say_who_is_where()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var ticket = await (await host.AsAsync(Users.Alice)).OpenAsync();

        (await (await host.AsAsync(Users.Anonymous)).GetAsync("/events")).Is(401, "unauthenticated");
        (await (await host.AsAsync(Users.Ann)).PutAsync($"/tickets/{ticket.Id}/presence", new { mode = "viewing" }, ("Sec-Fetch-Site", "cross-site"))).Is(403, "cross_site");
    }

    /// <summary>What is logged as an error.</summary>
    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> errors = new();

        public IReadOnlyList<string> Errors => [.. errors];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                errors.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose()
        {
        }
    }
}
