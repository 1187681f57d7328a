using System.Text.RegularExpressions;
using HelpDesk.Assignment;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

public sealed partial class QueueTests(PortalHost host) : AgentTest(host)
{
    /// <summary>Events are told at once, but lists are asked for no more than every three seconds.</summary>
    private const float Patience = 15_000;

    private static readonly Func<string, bool> ListOfTickets = url => new Uri(url).AbsolutePath == "/helpdesk/tickets";

    [Fact]
    public async Task Each_queue_says_how_much_waits_in_it_and_shows_just_that()
    {
        await SetAvailableAsync(false);
        var nobodys = await OpenTicketAsync("bob", "Nobody's", category: "counts");
        var mine = await AssignedAsync("ann", "Mine", category: "counts");
        var late = await AssignedAsync("ben", "Late", category: "counts", dueIn: TimeSpan.FromMinutes(-10));
        var waiting = await AssignedAsync("ben", "Waiting", category: "counts");
        await ChangeAsync(waiting, change => change with { Status = TicketStatus.Pending });
        var over = await AssignedAsync("ann", "Over", category: "counts");
        await ChangeAsync(over, change => change with { Status = TicketStatus.Resolved });
        var numbers = await Host.DoAsync(async tickets => await tickets.GetStatisticsAsync(new GetStatistics { Actor = await AgentAsync("ann") }, CancellationToken));
        await SetAvailableAsync(true);

        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/mine?category=counts");
        var places = ann.Page.GetByRole(AriaRole.Navigation, new() { Name = "Queues" });
        foreach (var (name, count) in new[] { ("Mine", numbers.Mine), ("Unassigned", numbers.Unassigned), ("All", numbers.ByStatus[TicketStatus.Open] + numbers.ByStatus[TicketStatus.Pending]), ("Overdue", numbers.Overdue) })
            await Expect(places.GetByRole(AriaRole.Link, new() { Name = $"{name} {(count == 1 ? "1 ticket" : $"{count} tickets")}", Exact = true })).ToBeVisibleAsync();
        await Expect(places.GetByRole(AriaRole.Link, new() { Name = "Held mail 0 mails", Exact = true })).ToBeVisibleAsync();

        foreach (var (queue, expected) in new[] { ("mine", new[] { mine }), ("unassigned", [nobodys]), ("all", [nobodys, mine, late, waiting]), ("overdue", [late]) })
        {
            await ann.OpenAsync($"/agent/{queue}?category=counts");
            await Expect(ann.Page.Locator("[data-row]")).ToHaveCountAsync(expected.Length);
            Assert.Equal(expected.Order(), (await OrderAsync(ann.Page)).Order());
            await Expect(places.Locator("[aria-current=page]")).ToHaveAttributeAsync("href", $"/support/agent/{queue}");
        }
    }

    [Fact]
    public async Task A_queue_that_does_not_exist_is_not_found()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/other");
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here." })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_due_first_comes_first_and_says_so_in_words()
    {
        var later = await AssignedAsync("ann", "Later", category: "due", dueIn: TimeSpan.FromMinutes(61));
        var late = await AssignedAsync("ann", "Late", TicketPriority.Low, "due", TimeSpan.FromMinutes(-10));
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/mine?category=due");
        await Expect(ann.Page.Locator("[data-row]")).ToHaveCountAsync(2);
        Assert.Equal([late, later], await OrderAsync(ann.Page));
        await Expect(Row(ann.Page, late)).ToContainTextAsync("Overdue by 10 min");
        await Expect(Row(ann.Page, later)).ToContainTextAsync("Due in 1 h");
        await Expect(Row(ann.Page, late).Locator("time")).ToHaveCSSAsync("color", "rgb(180, 35, 24)");
        await Expect(ann.Page.GetByRole(AriaRole.Columnheader, new() { Name = "Due" })).ToHaveAttributeAsync("aria-sort", "ascending");

        await ann.Page.GetByLabel("Sort by").SelectOptionAsync("Oldest first");
        await Expect(ann.Page).ToHaveURLAsync(Address("sort=createdAt"));
        await Expect(ann.Page.Locator("[data-row] .hd-number").First).ToHaveTextAsync(late);
    }

    [Fact]
    public async Task Filters_stand_in_the_address_and_outlive_a_reload()
    {
        var open = await AssignedAsync("ann", "An open one", TicketPriority.Urgent, "filters");
        var over = await AssignedAsync("ben", "A resolved one", TicketPriority.Low, "filters");
        await ChangeAsync(over, change => change with { Status = TicketStatus.Resolved });
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/all?category=filters");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(Row(page, open)).ToBeVisibleAsync();

        await page.GetByLabel("Status").SelectOptionAsync("Resolved");
        await Expect(page).ToHaveURLAsync(Address("status=resolved"));
        await Expect(Row(page, over)).ToBeVisibleAsync();
        await page.GetByLabel("Priority").SelectOptionAsync("Low");
        await page.GetByLabel("Assignee").SelectOptionAsync("ben");
        await page.ReloadAsync();
        await Expect(Row(page, over)).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Priority")).ToHaveValueAsync("low");
        await Expect(page.GetByLabel("Category")).ToHaveValueAsync("filters");

        await page.GetByLabel("Assignee").SelectOptionAsync("Me");
        await page.GetByText("Nothing matches.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear filters" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/agent/all$"));
        await Expect(Row(page, open)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_search_takes_no_letter_away_from_whoever_types_on()
    {
        var number = await AssignedAsync("ann", "Printer burns", category: "search");
        await AssignedAsync("ann", "Printer sings", category: "search");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/mine?category=search");
        var search = ann.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search" });
        await search.PressSequentiallyAsync("printer ");
        await Expect(ann.Page).ToHaveURLAsync(Address("q=printer"));
        await Expect(search).ToBeFocusedAsync();
        await search.PressSequentiallyAsync("burns");
        await Expect(search).ToHaveValueAsync("printer burns");
        await Expect(ann.Page).ToHaveURLAsync(Address("q=printer\\+burns"));
        await Expect(ann.Page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(Row(ann.Page, number)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_list_stands_still_until_its_reader_asks_for_what_is_new()
    {
        var first = await AssignedAsync("ann", "First", category: "still", dueIn: TimeSpan.FromHours(1));
        var second = await AssignedAsync("ann", "Second", category: "still", dueIn: TimeSpan.FromHours(2));
        var third = await AssignedAsync("ann", "Third", category: "still", dueIn: TimeSpan.FromHours(3));
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=still");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
        var places = await PlacesAsync(page);

        var urgent = await AssignedAsync("ann", "More urgent", TicketPriority.Urgent, "still", TimeSpan.FromMinutes(30));
        await ChangeAsync(second, change => change with { Status = TicketStatus.Resolved });
        await ChangeAsync(third, change => change with { Priority = TicketPriority.High, DueAt = TimeProvider.System.GetUtcNow().AddMinutes(5) });
        await Expect(Row(page, second)).ToContainTextAsync("No longer in this list", new() { Timeout = Patience });
        await Expect(Row(page, second)).ToHaveClassAsync(new Regex("hd-gone"));
        await Expect(Row(page, third)).ToContainTextAsync("High", new() { Timeout = Patience });
        var news = page.GetByRole(AriaRole.Button, new() { Name = "1 new – Show" });
        await Expect(news).ToBeVisibleAsync(new() { Timeout = Patience });
        Assert.Equal([first, second, third], await OrderAsync(page));
        Assert.Equal(places, await PlacesAsync(page));

        await news.ClickAsync();
        await Expect(page.Locator("[data-row] .hd-number").First).ToHaveTextAsync(third);
        Assert.Equal([third, urgent, first], await OrderAsync(page));
        await Expect(news).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Back_brings_filter_scroll_and_focus_back_and_the_ticket_knows_its_neighbours()
    {
        var numbers = new List<string>();
        for (var i = 0; i < 25; i++)
            numbers.Add(await AssignedAsync("ann", $"Ticket {i}", category: "back", dueIn: TimeSpan.FromHours(1 + i)));
        var ann = await VisitAsync("ann", new() { Height = 500 });
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=back&sort=createdAt");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(25);
        await page.Locator($"#row-{numbers[17]}").FocusAsync();
        // The page hears of having been scrolled with the next picture.
        await page.EvaluateAsync("() => new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))");
        var scrolled = await page.EvaluateAsync<int>("() => Math.round(scrollY)");
        Assert.True(scrolled > 300, $"The page is scrolled by {scrolled}.");

        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/agent/t/{numbers[17]}$"));
        Assert.Equal(
            $"/agent/mine?category=back&sort=createdAt|{string.Join(',', numbers)}",
            await page.EvaluateAsync<string>("() => `${history.state.usr.queue}|${history.state.usr.numbers.join()}`"));
        await page.Locator("main h1").First.WaitForAsync();
        await page.GoBackAsync();
        await Expect(page).ToHaveURLAsync(Address("category=back&sort=createdAt"));
        await Expect(page.Locator($"#row-{numbers[17]}")).ToBeFocusedAsync();
        Assert.Equal(scrolled, await page.EvaluateAsync<int>("() => Math.round(scrollY)"));
    }

    [Fact]
    public async Task Pointing_at_a_row_or_focusing_it_loads_its_ticket()
    {
        var pointed = await AssignedAsync("ann", "Pointed at", category: "prefetch");
        var focused = await AssignedAsync("ann", "Focused", category: "prefetch");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/mine?category=prefetch");
        await Row(ann.Page, pointed).WaitForAsync();
        await ann.Page.RunAndWaitForRequestAsync(() => Row(ann.Page, pointed).HoverAsync(), request => request.Url.EndsWith($"/tickets/{pointed}", StringComparison.Ordinal));
        await ann.Page.RunAndWaitForRequestAsync(() => ann.Page.Locator($"#row-{focused}").FocusAsync(), request => request.Url.EndsWith($"/tickets/{focused}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_says_so_where_it_is_and_can_be_asked_for_again()
    {
        var number = await AssignedAsync("ann", "There after all", category: "failure");
        var ann = await VisitAsync("ann");
        await ann.Page.RouteAsync(ListOfTickets, route => route.FulfillAsync(new() { Status = 500 }));
        await ann.OpenAsync("/agent/mine?category=failure");
        await Expect(ann.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not loaded");
        await ann.Page.UnrouteAsync(ListOfTickets);
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(Row(ann.Page, number)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Badges_are_the_same_without_colours()
    {
        foreach (var priority in Enum.GetValues<TicketPriority>())
            await AssignedAsync("ann", $"{priority}", priority, "grey");
        var closed = await AssignedAsync("ann", "Closed", category: "grey");
        await ChangeAsync(closed, change => change with { Status = TicketStatus.Resolved });
        var pending = await AssignedAsync("ann", "Pending", category: "grey");
        await ChangeAsync(pending, change => change with { Status = TicketStatus.Pending });
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/all?category=grey&status=any");
        await Expect(ann.Page.Locator("[data-row]")).ToHaveCountAsync(6);
        var badges = await ann.Page.Locator("[data-row] .hd-badge").AllInnerTextsAsync();
        Assert.Equal(
            new[] { "–Normal", "↑High", "↓Low", "○Open", "◷Pending", "‼Urgent", "✓Resolved" }.Order(StringComparer.Ordinal),
            badges.Select(badge => Spaces().Replace(badge, "")).Distinct().Order(StringComparer.Ordinal));
    }

    private static Regex Address(string query) => new($"[?&]{query}(&|$)");

    private static Task<float[]> PlacesAsync(IPage page) => page.Locator("[data-row]").EvaluateAllAsync<float[]>("rows => rows.map(row => row.getBoundingClientRect().top)");

    private async Task SetAvailableAsync(bool isAvailable)
    {
        foreach (var person in new[] { "ann", "ben" })
        {
            await using var scope = Host.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IAgentProfiles>().SetAvailabilityAsync(new SetAvailability { Actor = await AgentAsync(person), IsAvailable = isAvailable }, CancellationToken);
        }
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex Spaces();
}
