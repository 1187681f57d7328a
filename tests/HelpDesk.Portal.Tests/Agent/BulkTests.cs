using System.Text.Json;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

public sealed class BulkTests(PortalHost host) : AgentTest(host)
{
    private const string BulkAddress = "**/helpdesk/tickets/bulk";

    [Fact]
    public async Task Selected_tickets_are_assigned_prioritised_and_resolved_together()
    {
        var numbers = await ThreeAsync("together");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/all?category=together");
        await Checkbox(page, numbers[0]).CheckAsync();
        await Checkbox(page, numbers[1]).CheckAsync();
        var bar = Bar(page);
        await Expect(bar.GetByText("2 selected")).ToBeVisibleAsync();

        await ChooseAsync(page, "Priority", "Urgent");
        await Expect(page.GetByText("2 tickets changed.")).ToBeVisibleAsync();
        await Expect(Row(page, numbers[0])).ToContainTextAsync("Urgent");
        await Expect(bar).ToHaveCountAsync(0);
        await Expect(page.Locator($"#row-{numbers[0]}")).ToBeFocusedAsync();

        await Checkbox(page, numbers[1]).CheckAsync();
        await ChooseAsync(page, "Assign", "ben");
        await Expect(Row(page, numbers[1])).ToContainTextAsync("ben");
        await Checkbox(page, numbers[2]).CheckAsync();
        await ChooseAsync(page, "Assign", "Nobody");
        await Expect(Row(page, numbers[2])).ToContainTextAsync("Nobody");
        await Checkbox(page, numbers[2]).CheckAsync();
        await bar.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(Row(page, numbers[2])).ToContainTextAsync("No longer in this list");

        var tickets = (await Task.WhenAll(numbers.Select(ReadAsync))).Select(conversation => conversation.Ticket).ToList();
        Assert.Equal([TicketPriority.Urgent, TicketPriority.Urgent, TicketPriority.Normal], tickets.Select(ticket => ticket.Priority));
        Assert.Equal(["ann", "ben"], tickets.Take(2).Select(ticket => ticket.Assignee?.Name));
        Assert.Equal([TicketStatus.Open, TicketStatus.Open, TicketStatus.Resolved], tickets.Select(ticket => ticket.Status));
    }

    [Fact]
    public async Task Selected_tickets_get_a_category_or_lose_it_together()
    {
        var numbers = await ThreeAsync("sorted");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?q=sorted");
        await Checkbox(page, numbers[0]).CheckAsync();
        await Checkbox(page, numbers[1]).CheckAsync();
        await ChooseAsync(page, "Category", "billing");
        await Expect(page.GetByText("2 tickets changed.")).ToBeVisibleAsync();
        // The rows say it, so that it can be checked.
        await Expect(Row(page, numbers[0])).ToContainTextAsync("· billing");
        await Expect(Row(page, numbers[1])).ToContainTextAsync("· billing");
        await Checkbox(page, numbers[1]).CheckAsync();
        await ChooseAsync(page, "Category", "No category");
        await Expect(page.GetByText("1 ticket changed.")).ToBeVisibleAsync();
        await Expect(Row(page, numbers[1])).Not.ToContainTextAsync("· billing");
        var tickets = (await Task.WhenAll(numbers.Select(ReadAsync))).Select(conversation => conversation.Ticket.Category);
        Assert.Equal(["billing", null, "sorted"], tickets);
    }

    [Fact]
    public async Task What_somebody_else_has_changed_meanwhile_stays_selected_with_the_reason_and_can_be_tried_again()
    {
        var numbers = await ThreeAsync("conflict");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=conflict");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all" }).CheckAsync();

        // After the press and before the server has it.
        await page.RouteAsync(BulkAddress, async route =>
        {
            await ChangeAsync(numbers[1], change => change with { Subject = "Changed by Ben" });
            await route.ContinueAsync();
        });
        await ChooseAsync(page, "Priority", "High");
        await Expect(page.GetByText("2 tickets changed.")).ToBeVisibleAsync();
        await Expect(Row(page, numbers[1])).ToContainTextAsync("Not saved: somebody else changed it meanwhile.");
        await Expect(Row(page, numbers[1])).ToContainTextAsync("Changed by Ben");
        await Expect(Bar(page).GetByRole(AriaRole.Alert)).ToHaveTextAsync("1 ticket was not changed. It stays selected.");
        await Expect(Checkbox(page, numbers[1])).ToBeCheckedAsync();
        await Expect(Checkbox(page, numbers[1])).ToHaveAccessibleDescriptionAsync("Not saved: somebody else changed it meanwhile.");
        await Expect(Checkbox(page, numbers[0])).Not.ToBeCheckedAsync();
        Assert.Equal(TicketPriority.Normal, (await ReadAsync(numbers[1])).Ticket.Priority);

        await page.UnrouteAsync(BulkAddress);
        await ChooseAsync(page, "Priority", "High");
        await Expect(page.GetByText("1 ticket changed.")).ToBeVisibleAsync();
        await Expect(Row(page, numbers[1])).Not.ToContainTextAsync("Not saved");
        await Expect(Bar(page)).ToHaveCountAsync(0);
        Assert.Equal(TicketPriority.High, (await ReadAsync(numbers[1])).Ticket.Priority);
    }

    [Fact]
    public async Task A_ticket_that_is_resolved_already_says_so_at_its_row()
    {
        var numbers = await ThreeAsync("already");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/all?category=already&status=any");
        await ChangeAsync(numbers[0], change => change with { Status = TicketStatus.Resolved });
        await Expect(Row(ann.Page, numbers[0])).ToContainTextAsync("Resolved", new() { Timeout = 15_000 });
        await Checkbox(ann.Page, numbers[0]).CheckAsync();
        await Bar(ann.Page).GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await Expect(Row(ann.Page, numbers[0])).ToContainTextAsync("Not saved: the status does not allow it.");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_in_the_bar_and_nothing_is_deselected()
    {
        var numbers = await ThreeAsync("silent");
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/mine?category=silent");
        await Checkbox(ann.Page, numbers[0]).CheckAsync();
        await ann.Page.RouteAsync(BulkAddress, route => route.AbortAsync());
        await ChooseAsync(ann.Page, "Priority", "Low");
        await Expect(Bar(ann.Page).GetByRole(AriaRole.Alert)).ToHaveTextAsync("Not saved: the server could not be reached.");
        await Expect(Checkbox(ann.Page, numbers[0])).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Enlarged_a_failure_is_told_where_it_can_be_seen()
    {
        var numbers = await ThreeAsync("enlarged");
        var ann = await VisitAsync("ann", new() { Width = 320, Height = 256 });
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=enlarged");
        await Checkbox(page, numbers[0]).CheckAsync();
        await page.RouteAsync(BulkAddress, route => route.FulfillAsync(new() { Status = 503 }));
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        // The last one: the bar is scrolled to it.
        await ChooseAsync(page, "Category", "No category");
        var alert = Bar(page).GetByRole(AriaRole.Alert);
        await Expect(alert).ToContainTextAsync("Not saved");
        await Expect(alert).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Equal("seen", await alert.EvaluateAsync<string>(
            "alert => { const { left, top, height } = alert.getBoundingClientRect(); const seen = document.elementFromPoint(left + 8, top + height / 2); return alert.contains(seen) ? 'seen' : seen.outerHTML; }"));
        await page.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task The_keyboard_keeps_its_place_while_tickets_are_changed_and_comes_to_what_was_not()
    {
        var numbers = await ThreeAsync("place");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=place");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all" }).CheckAsync();
        var mayGo = new TaskCompletionSource();
        var tries = 0;
        await page.RouteAsync(BulkAddress, async route =>
        {
            tries++;
            await mayGo.Task;
            await ChangeAsync(numbers[1], change => change with { Subject = "Changed by Ben" });
            await route.ContinueAsync();
        });
        var priority = Bar(page).GetByRole(AriaRole.Button, new() { Name = "Priority" });
        await priority.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(Bar(page).GetByText("Changing…")).ToBeVisibleAsync();
        await Expect(priority).ToBeFocusedAsync();
        await Expect(priority).ToBeDisabledAsync();
        // Whoever presses it again changes nothing twice.
        await page.Keyboard.PressAsync("Enter");
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync(new() { Force = true });
        await priority.FocusAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
        mayGo.SetResult();
        await Expect(Row(page, numbers[1])).ToContainTextAsync("Not saved: somebody else changed it meanwhile.");
        await Expect(page.Locator($"#row-{numbers[1]}")).ToBeFocusedAsync();
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_range_is_selected_with_shift_by_mouse_and_by_keys()
    {
        for (var i = 0; i < 6; i++)
            await AssignedAsync("ann", $"Range {i}", category: "range", dueIn: TimeSpan.FromHours(1 + i));
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=range");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(6);
        var boxes = page.Locator("[data-row] input[type=checkbox]");
        await boxes.Nth(1).ClickAsync();
        await boxes.Nth(4).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        Assert.Equal("-xxxx-", await SelectedAsync(page));
        await boxes.Nth(2).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        Assert.Equal("-x----", await SelectedAsync(page));
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = "Clear selection" }).ClickAsync();
        Assert.Equal("------", await SelectedAsync(page));

        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Shift+X");
        Assert.Equal("xxx---", await SelectedAsync(page));
        await page.Keyboard.PressAsync("x");
        Assert.Equal("xx----", await SelectedAsync(page));
    }

    [Fact]
    public async Task More_than_a_hundred_are_not_changed_at_once_and_the_page_says_so()
    {
        for (var i = 0; i < 101; i++)
            await AssignedAsync("ben", $"One of many {i}", category: "many");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/all?category=many");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(100);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(101);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all" }).ClickAsync();
        await Expect(Bar(page)).ToContainTextAsync("100 selected");
        await Expect(Bar(page)).ToContainTextAsync("The first 100 are selected. No more can be changed at once.");
        await page.Locator("[data-row] input[type=checkbox]").Last.CheckAsync();
        await Expect(Bar(page)).ToContainTextAsync("At most 100 at once.");
        await Expect(Bar(page).GetByRole(AriaRole.Button, new() { Name = "Resolve" })).ToBeDisabledAsync();
        await page.Locator("[data-row] input[type=checkbox]").Last.UncheckAsync();

        var answer = await page.RunAndWaitForResponseAsync(() => ChooseAsync(page, "Priority", "Low"), response => response.Url.EndsWith("/bulk", StringComparison.Ordinal));
        Assert.Equal(100, JsonDocument.Parse(await answer.TextAsync()).RootElement.GetProperty("data").GetArrayLength());
        await Expect(page.GetByText("100 tickets changed.")).ToBeVisibleAsync();
    }

    private static ILocator Bar(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Change the selected tickets" });

    private static async Task ChooseAsync(IPage page, string menu, string action)
    {
        await Bar(page).GetByRole(AriaRole.Button, new() { Name = menu }).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem, new() { Name = action }).ClickAsync();
    }

    /// <summary>A letter for each row: x where it is selected.</summary>
    private static Task<string> SelectedAsync(IPage page) => page.Locator("[data-row] input[type=checkbox]").EvaluateAllAsync<string>("boxes => boxes.map(box => box.checked ? 'x' : '-').join('')");

    private async Task<string[]> ThreeAsync(string category)
    {
        var numbers = new string[3];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = await AssignedAsync("ann", $"{category} {i}", category: category, dueIn: TimeSpan.FromHours(1 + i));
        return numbers;
    }
}
