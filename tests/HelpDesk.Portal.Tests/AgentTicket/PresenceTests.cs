using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.AgentTicket;

/// <summary>Agents see each other at a ticket, and requesters see none of that.</summary>
public sealed class PresenceTests(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task A_colleague_who_answers_shows_within_two_seconds_and_is_gone_when_they_leave()
    {
        var number = await OpenTicketAsync("alice", "Who is here");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync($"/agent/t/{number}");
        var ben = await VisitAsync("ben");
        await ben.OpenAsync($"/agent/t/{number}");
        await Expect(ann.Page.GetByText("ben is looking at this")).ToBeVisibleAsync();
        await WithinTwoSecondsAsync(async time =>
        {
            // The button opens the box, and closes it.
            var isReplying = time % 2 == 1;
            await ben.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
            await Expect(ann.Page.GetByText(isReplying ? "ben is replying" : "ben is looking at this")).ToBeVisibleAsync();
        });
        await Expect(ann.Page.GetByText("ann is")).ToHaveCountAsync(0);

        await ben.Page.GotoAsync("/support/settings");
        await Expect(ann.Page.GetByText("ben is")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_colleague_whose_connection_is_lost_is_gone_after_thirty_seconds()
    {
        var number = await OpenTicketAsync("alice", "Who was here");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync($"/agent/t/{number}");
        var ben = await VisitAsync("ben");
        await ben.OpenAsync($"/agent/t/{number}");
        await Expect(ann.Page.GetByText("ben is looking at this")).ToBeVisibleAsync();
        await ben.Context.SetOfflineAsync(true);
        await Expect(ann.Page.GetByText("ben is looking at this")).ToHaveCountAsync(0, new() { Timeout = 90_000 });
    }

    [Fact]
    public async Task Who_is_shown_is_gone_after_thirty_seconds_though_it_is_the_watchers_own_stream_that_is_lost()
    {
        var number = await OpenTicketAsync("alice", "Nobody tells any more");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync($"/agent/t/{number}");
        var ben = await VisitAsync("ben");
        await ben.OpenAsync($"/agent/t/{number}");
        await ben.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await Expect(ann.Page.GetByText("ben is replying")).ToBeVisibleAsync();
        await ann.Context.RouteAsync("**/helpdesk/events", route => route.AbortAsync());
        Host.Streams.Cut();
        await Expect(ann.Page.GetByText("ben is")).ToHaveCountAsync(0, new() { Timeout = 90_000 });

        // Ben is still there: the next stream says so.
        await ann.Context.UnrouteAsync("**/helpdesk/events");
        await Expect(ann.Page.GetByText("ben is replying")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }
}
