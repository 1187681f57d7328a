using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

public sealed class MyRequestsTests(PortalHost host) : RequesterTest(host)
{
    [Fact]
    public async Task A_row_says_who_spoke_last_and_that_it_awaits_its_reader()
    {
        await OpenTicketAsync("alice", "Mine alone");
        var answered = await OpenTicketAsync("alice", "Answered");
        await ReplyAsync("ann", answered, "Here you are.");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/");
        await Expect(Row(alice, "Mine alone")).ToContainTextAsync("You · now");
        await Expect(Row(alice, "Mine alone")).ToContainTextAsync("Open");
        await Expect(Row(alice, "Answered")).ToContainTextAsync("ann · now");
        await Expect(Row(alice, "Answered")).ToContainTextAsync("Awaiting your reply");
        // Wherever a row is pressed it opens.
        await Row(alice, "Answered").Locator(".hd-date").ClickAsync();
        Assert.Equal(answered, await NumberAsync(alice));
    }

    [Fact]
    public async Task Search_and_status_stand_in_the_address_and_typing_goes_on()
    {
        await OpenTicketAsync("alice", "Needle of gold");
        var resolved = await OpenTicketAsync("alice", "Needle of silver");
        await OpenTicketAsync("alice", "Haystack");
        await ResolveAsync("alice", resolved);
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/");
        var search = alice.Page.GetByLabel("Search");
        await search.PressSequentiallyAsync("needle ");
        await Expect(alice.Page).ToHaveURLAsync(new Regex(@"/support/?\?q=needle$"));
        await Expect(search).ToBeFocusedAsync();
        await alice.Page.Keyboard.TypeAsync("of");
        await Expect(search).ToHaveValueAsync("needle of");
        await Expect(Rows(alice)).ToHaveTextAsync(["Needle of silver", "Needle of gold"]);
        await alice.Page.GetByLabel("Status").SelectOptionAsync("resolved");
        await Expect(alice.Page).ToHaveURLAsync(new Regex(@"\?q=needle\+of&status=resolved$"));
        await Expect(Rows(alice)).ToHaveTextAsync(["Needle of silver"]);

        await alice.Page.ReloadAsync();
        await Expect(Rows(alice)).ToHaveTextAsync(["Needle of silver"]);
        await search.FillAsync("nowhere to be found");
        await Expect(alice.Page.GetByText("Nothing matches.")).ToBeVisibleAsync();
        await Button(alice, "Clear filters").ClickAsync();
        await Expect(search).ToHaveValueAsync("");
        await Expect(Row(alice, "Haystack")).ToBeVisibleAsync();
        await Expect(alice.Page).ToHaveURLAsync(new Regex("/support/?$"));
    }

    [Fact]
    public async Task What_is_new_waits_for_a_press_and_rows_change_where_they_are()
    {
        var first = await OpenTicketAsync("bob", "Standing first");
        await OpenTicketAsync("bob", "Standing second");
        var bob = await VisitAsync("bob");
        await bob.OpenAsync("/?q=standing");
        await Expect(Rows(bob)).ToHaveTextAsync(["Standing second", "Standing first"]);
        var place = await Row(bob, "Standing first").BoundingBoxAsync();

        await ReplyAsync("ann", first, "Answered.");
        await OpenTicketAsync("bob", "Standing third");
        await Expect(Row(bob, "Standing first")).ToContainTextAsync("Awaiting your reply");
        await Expect(Button(bob, "1 new – Show")).ToBeVisibleAsync();
        await Expect(Rows(bob)).ToHaveTextAsync(["Standing second", "Standing first"]);
        Assert.Equal(place!.Y, (await Row(bob, "Standing first").BoundingBoxAsync())!.Y);

        await Button(bob, "1 new – Show").ClickAsync();
        await Expect(Rows(bob)).ToHaveTextAsync(["Standing third", "Standing first", "Standing second"]);
        await Expect(Rows(bob).First).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Who_comes_back_finds_filter_scroll_and_focus()
    {
        for (var i = 1; i <= 60; i++)
            await OpenTicketAsync("alice", $"Scrolled {i:00}");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/?q=scrolled");
        await Expect(Rows(alice)).ToHaveCountAsync(50);
        // More rows come by scrolling.
        await alice.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await Expect(Rows(alice)).ToHaveCountAsync(60);
        var row = alice.Page.GetByRole(AriaRole.Link, new() { Name = "Scrolled 04" });
        await row.FocusAsync();
        // The page hears of having been scrolled with the next picture.
        await alice.Page.EvaluateAsync("() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))");
        var scroll = await alice.Page.EvaluateAsync<double>("scrollY");
        Assert.True(scroll > 1_000, $"It is scrolled to {scroll} only.");
        await alice.Page.Keyboard.PressAsync("Enter");
        await NumberAsync(alice);
        await Expect(Messages(alice)).ToHaveCountAsync(1);
        await alice.Page.GoBackAsync();
        await Expect(row).ToBeFocusedAsync();
        await Expect(alice.Page.GetByLabel("Search")).ToHaveValueAsync("scrolled");
        Assert.Equal(scroll, await alice.Page.EvaluateAsync<double>("scrollY"), tolerance: 2d);
    }

    [Fact]
    public async Task After_a_hundred_rows_the_next_come_by_a_button()
    {
        for (var i = 1; i <= 103; i++)
            await OpenTicketAsync("bob", $"Many {i:000}");
        var bob = await VisitAsync("bob");
        await bob.OpenAsync("/?q=many");
        await Expect(Rows(bob)).ToHaveCountAsync(50);
        await bob.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await Expect(Rows(bob)).ToHaveCountAsync(100);
        await bob.Page.EvaluateAsync("scrollTo(0, document.body.scrollHeight)");
        await Expect(Button(bob, "Show more")).ToBeInViewportAsync();
        await Expect(Rows(bob)).ToHaveCountAsync(100);
        await Button(bob, "Show more").ClickAsync();
        await Expect(Rows(bob)).ToHaveCountAsync(103);
    }

    [Fact]
    public async Task A_row_that_is_pointed_at_is_asked_for_before_it_is_pressed()
    {
        var number = await OpenTicketAsync("alice", "Pointed at");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/?q=pointed");
        await Expect(Rows(alice)).ToHaveCountAsync(1);
        await alice.Page.RunAndWaitForResponseAsync(() => Row(alice, "Pointed at").HoverAsync(), answer => answer.Url.EndsWith($"/tickets/{number}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_narrow_screen_shows_cards_that_are_easy_to_hit()
    {
        await OpenTicketAsync("alice", "On a telephone");
        var alice = await VisitAsync("alice", new VisitorOptions { Width = 390, Height = 844 });
        await alice.OpenAsync("/?q=telephone");
        await Expect(alice.Page.GetByRole(AriaRole.List, new() { Name = "My Requests" }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        await Expect(alice.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        await Expect(Row(alice, "On a telephone")).ToContainTextAsync("You · now");
    }

    [Fact]
    public async Task A_list_that_cannot_be_loaded_says_so_and_is_tried_again()
    {
        await OpenTicketAsync("alice", "There all the time");
        var alice = await VisitAsync("alice");
        var isBroken = true;
        await alice.Page.RouteAsync("**/helpdesk/tickets?**", route => isBroken ? route.FulfillAsync(new() { Status = 500 }) : route.ContinueAsync());
        await alice.OpenAsync("/");
        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not loaded");
        isBroken = false;
        await Button(alice, "Try again").ClickAsync();
        await Expect(Row(alice, "There all the time")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    private static ILocator Row(Visitor visitor, string subject) => visitor.Page.Locator("main .hd-request").Filter(new() { HasText = subject });
}
