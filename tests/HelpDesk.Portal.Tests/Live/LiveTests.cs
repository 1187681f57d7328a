using System.Collections.Concurrent;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Live;

/// <summary>Pages learn of what happens by the stream, and by asking where there is none.</summary>
public sealed class LiveTests(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task A_reply_reaches_an_open_page_within_two_seconds()
    {
        var number = await OpenTicketAsync("alice", "Quick news");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await WithinTwoSecondsAsync(async reply =>
        {
            await ReplyAsync("ann", number, $"We are on it, {reply}.");
            await Expect(alice.Page.GetByText(reply == 1 ? "1 new message." : $"{reply} new messages.")).ToBeVisibleAsync();
        });
    }

    [Fact]
    public async Task A_cut_stream_is_replaced_by_asking_and_after_it_nothing_is_lost_or_twice()
    {
        var number = await OpenTicketAsync("alice", "Cut off");
        var alice = await VisitAsync("alice");
        var cut = true;
        await alice.Context.RouteAsync("**/helpdesk/events", route => cut ? route.AbortAsync() : route.ContinueAsync());
        await alice.OpenAsync($"/t/{number}");
        await ReplyAsync("ann", number, "First, while it is cut.");
        var messages = alice.Page.Locator("ol.hd-messages > li");
        await Expect(alice.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(messages).ToHaveCountAsync(2);

        cut = false;
        await ReplyAsync("ann", number, "Second, when it comes back.");
        await Expect(alice.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        await ReplyAsync("ann", number, "Third, by the stream.");
        await Expect(alice.Page.GetByText("2 new messages. Read before you send.")).ToBeVisibleAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(messages).ToContainTextAsync(["It is so", "First, while", "Second, when", "Third, by"]);
    }

    [Fact]
    public async Task Several_tabs_share_one_stream_and_the_next_one_takes_it_over()
    {
        var number = await OpenTicketAsync("alice", "Three tabs");
        var alice = await VisitAsync("alice");
        var streams = new ConcurrentQueue<string>();
        alice.Context.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/helpdesk/events", StringComparison.Ordinal))
                streams.Enqueue(request.Url);
        };
        await alice.OpenAsync($"/t/{number}");
        var second = await alice.Context.NewPageAsync();
        await second.GotoAsync($"/support/t/{number}");
        await second.Locator("main h1").WaitForAsync();
        await ReplyAsync("ann", number, "For both tabs.");
        await Expect(alice.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        await Expect(second.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        Assert.Single(streams);

        await alice.Page.CloseAsync();
        await ReplyAsync("ann", number, "For the one that is left.");
        await Expect(second.GetByText("2 new messages. Read before you send.")).ToBeVisibleAsync();
        Assert.Equal(2, streams.Count);
    }

    [Fact]
    public async Task A_note_moves_nothing_on_its_requesters_page()
    {
        var number = await OpenTicketAsync("alice", "Quiet");
        var alice = await VisitAsync("alice");
        await OpenListeningAsync(alice, number);
        // What was missed before the stream began has been asked for, too, once something came by it.
        await ReplyAsync("ann", number, "Soon.");
        await Expect(alice.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        var asked = 0;
        alice.Context.Request += (_, request) => asked += request.Url.Contains($"/tickets/{number}", StringComparison.Ordinal) ? 1 : 0;
        await ReplyAsync("ann", number, "canary-51c2", isNote: true);
        // The reply after it is told: so the note would have been told by now.
        await ReplyAsync("ann", number, "An answer.");
        await Expect(alice.Page.GetByText("2 new messages. Read before you send.")).ToBeVisibleAsync();
        Assert.Equal(1, asked);
        Assert.DoesNotContain("canary-51c2", await alice.TrafficAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_network_the_page_says_so_and_keeps_what_is_there()
    {
        var number = await OpenTicketAsync("alice", "On a train");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await alice.Context.SetOfflineAsync(true);
        await Expect(alice.Page.GetByText("Offline. Your text is kept.")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByText("It is so.")).ToBeVisibleAsync();
        await alice.Context.SetOfflineAsync(false);
        await Expect(alice.Page.GetByText("Offline. Your text is kept.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_stream_that_ends_goes_on_after_its_last_event_and_nothing_is_lost_or_twice()
    {
        var number = await OpenTicketAsync("alice", "Ends in between");
        var alice = await VisitAsync("alice");
        await OpenListeningAsync(alice, number);
        await ReplyAsync("ann", number, "First, by the stream.");
        await Expect(alice.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        var comesBack = new TaskCompletionSource();
        var mayComeBack = new TaskCompletionSource();
        await alice.Context.RouteAsync("**/helpdesk/events", async route =>
        {
            comesBack.TrySetResult();
            await mayComeBack.Task;
            await route.ContinueAsync();
        });
        Host.Streams.Cut();
        await comesBack.Task.WaitAsync(CancellationToken);
        await ReplyAsync("ann", number, "Second, while there is none.");
        mayComeBack.SetResult();
        await Expect(alice.Page.GetByText("2 new messages. Read before you send.")).ToBeVisibleAsync();
        await ReplyAsync("ann", number, "Third, by the stream again.");
        await Expect(alice.Page.GetByText("3 new messages. Read before you send.")).ToBeVisibleAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        var messages = alice.Page.Locator("ol.hd-messages > li");
        await Expect(messages).ToHaveCountAsync(4);
        await Expect(messages).ToContainTextAsync(["It is so", "First, by", "Second, while", "Third, by"]);
        Assert.True(Guid.TryParse(Host.Streams.ResumedAfter.Last(), out _));
    }

    /// <summary>Opens a ticket, and waits until the page hears what happens from now on.</summary>
    private static Task OpenListeningAsync(Visitor visitor, string number) =>
        visitor.Page.RunAndWaitForResponseAsync(() => visitor.OpenAsync($"/t/{number}"), "**/helpdesk/events");
}
