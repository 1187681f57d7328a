using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

public sealed class KeysTests(PortalHost host) : AgentTest(host)
{
    [Fact]
    public async Task Keys_move_the_focus_open_and_search()
    {
        var numbers = await ManyAsync("moves", 20);
        var ann = await VisitAsync("ann", new() { Height = 500 });
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=moves");
        await page.Locator("[data-row]").First.WaitForAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator($"#row-{numbers[0]}")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator($"#row-{numbers[0]}")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("x");
        await page.GetByText("1 selected").WaitForAsync();
        foreach (var number in numbers.Skip(1))
        {
            await page.Keyboard.PressAsync("j");
            await Expect(page.Locator($"#row-{number}")).ToBeFocusedAsync();
            await page.ExpectFocusInSightAsync();
        }

        foreach (var number in numbers.Reverse().Skip(1))
        {
            await page.Keyboard.PressAsync("k");
            await Expect(page.Locator($"#row-{number}")).ToBeFocusedAsync();
            await page.ExpectFocusInSightAsync();
        }

        await page.Keyboard.PressAsync("/");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("");
        await page.Locator($"#row-{numbers[1]}").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new Regex($"/agent/t/{numbers[1]}$"));
    }

    [Theory]
    [InlineData("m", "mine")]
    [InlineData("u", "unassigned")]
    [InlineData("a", "all")]
    [InlineData("o", "overdue")]
    [InlineData("h", "held")]
    public async Task G_and_a_letter_go_to_a_queue_from_any_page(string letter, string queue)
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/settings");
        await GoByKeysAsync(ann.Page, letter, queue);
        await Expect(ann.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_list_of_keys_has_all_of_them_and_turns_them_off()
    {
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        var numbers = await ManyAsync("off", 1);
        await ann.OpenAsync("/agent/mine?category=off");
        await page.Keyboard.PressAsync("?");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await dialog.WaitForAsync();
        var keys = await dialog.Locator("kbd").AllInnerTextsAsync();
        foreach (var ofSelected in new[] { "Open assignment of the selected", "Open priority of the selected", "Open status of the selected" })
            await Expect(dialog.GetByText(ofSelected)).ToBeVisibleAsync();
        Assert.Empty(new[] { "j", "k", "Enter", "u", "x", "Shift+x", "/", "?", "r", "n", "a", "p", "s", "g", "m", "o", "h", "Ctrl+Enter", "⌘+Enter" }.Except(keys));

        await page.Keyboard.PressAsync("j");
        await dialog.GetByRole(AriaRole.Switch).UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await page.Locator($"#row-{numbers[0]}").WaitForAsync();
        foreach (var key in new[] { "j", "?", "g", "a", "/" })
            await page.Keyboard.PressAsync(key);
        await page.Locator($"#row-{numbers[0]}").FocusAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(Checkbox(page, numbers[0])).Not.ToBeCheckedAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Regex("/agent/mine"));

        await ann.OpenAsync("/settings");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Single keys as shortcuts" }).CheckAsync();
        await page.Keyboard.PressAsync("?");
        await dialog.WaitForAsync();
    }

    [Fact]
    public async Task Keys_are_silent_in_fields_and_dialogs()
    {
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        var numbers = await ManyAsync("silent keys", 1);
        await ann.OpenAsync("/agent/mine?category=silent keys");
        await page.Locator($"#row-{numbers[0]}").WaitForAsync();
        await page.GetByRole(AriaRole.Searchbox).FocusAsync();
        await page.Keyboard.TypeAsync("xj?gh");
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("xj?gh");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page).ToHaveURLAsync(new Regex("/agent/mine"));
        await page.GetByRole(AriaRole.Searchbox).FillAsync("");
        await page.GetByLabel("Status").FocusAsync();
        await page.Keyboard.PressAsync("x");
        await page.Locator($"#row-{numbers[0]}").FocusAsync();
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("h");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator($"#row-{numbers[0]}")).ToBeFocusedAsync();
        await Expect(Checkbox(page, numbers[0])).Not.ToBeCheckedAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/agent/mine"));
    }

    [Fact]
    public async Task No_single_key_changes_a_ticket()
    {
        var numbers = await ManyAsync("unchanged", 3);
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        var writes = new List<string>();
        page.Request += (_, request) =>
        {
            if (request.Method != "GET")
                writes.Add($"{request.Method} {request.Url}");
        };
        var before = await VersionsAsync(numbers);
        const string Keys = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,-+#*?/!";
        await ann.OpenAsync("/agent/mine?category=unchanged");
        foreach (var key in Keys.Select(letter => letter.ToString()).Concat(["Delete", "Backspace"]))
        {
            if (!page.Url.Contains("/agent/mine?category=unchanged", StringComparison.Ordinal))
                await ann.OpenAsync("/agent/mine?category=unchanged");
            await page.Locator($"#row-{numbers[1]}").FocusAsync();
            await page.Keyboard.PressAsync(key);
            if (key == "?")
            {
                await page.GetByRole(AriaRole.Dialog).WaitForAsync();
                await page.Keyboard.PressAsync("Escape");
                await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            }
        }

        Assert.Empty(writes);
        Assert.Equal(before, await VersionsAsync(numbers));
    }

    [Fact]
    public async Task No_single_key_changes_tickets_that_are_selected()
    {
        var numbers = await ManyAsync("selected", 3);
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        var writes = Writes(page);
        var before = await VersionsAsync(numbers);
        const string Address = "/agent/mine?category=selected";
        await ann.OpenAsync(Address);
        foreach (var key in Keyboard)
        {
            if (!page.Url.EndsWith(Address, StringComparison.Ordinal))
                await ann.OpenAsync(Address);
            await Checkbox(page, numbers[1]).CheckAsync();
            await page.Locator(".hd-bulk").WaitForAsync();
            await page.Locator($"#row-{numbers[1]}").FocusAsync();
            await page.Keyboard.PressAsync(key);
            var opened = key switch
            {
                "a" or "p" or "s" => page.GetByRole(AriaRole.Menu),
                "?" => page.GetByRole(AriaRole.Dialog),
                _ => null,
            };
            if (opened is not null)
            {
                await opened.WaitForAsync();
                // Nor does it where its finger stays on the key.
                await page.Keyboard.PressAsync(key);
            }

            await page.Keyboard.PressAsync("Escape");
            if (opened is not null)
                await Expect(opened).ToHaveCountAsync(0);
        }

        Assert.Empty(writes);
        Assert.Equal(before, await VersionsAsync(numbers));
    }

    [Theory]
    [InlineData("a", "Assign", "Me")]
    [InlineData("p", "Priority", "Urgent")]
    [InlineData("s", "Status", "Open")]
    public async Task Keys_open_the_menus_of_what_is_selected_and_lead_back_to_the_row(string key, string menu, string first)
    {
        var numbers = await ManyAsync($"from {key}", 3);
        // Ben, for whom there is an agent that begins with A: the key that opens a menu chooses nothing in it.
        var ben = await VisitAsync("ben");
        var page = ben.Page;
        await ben.OpenAsync($"/agent/all?category=from {key}");
        var row = page.Locator($"#row-{numbers[1]}");
        await row.FocusAsync();
        await page.Keyboard.PressAsync(key);
        await page.Keyboard.PressAsync("x");
        await page.Locator(".hd-bulk").WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync(key);
        await Expect(page.GetByRole(AriaRole.Menu, new() { Name = menu })).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToHaveTextAsync(new Regex($"{first}$"));
        await page.Keyboard.PressAsync("Escape");
        await Expect(row).ToBeFocusedAsync();
        await Expect(Checkbox(page, numbers[1])).ToBeCheckedAsync();

        await page.Keyboard.PressAsync(key);
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("1 ticket changed.")).ToBeVisibleAsync();
        await Expect(row).ToBeFocusedAsync();
        await Expect(page.Locator(".hd-bulk")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Enlarged_the_keys_open_the_menus_too_and_the_bar_is_one_line_afterwards()
    {
        var numbers = await ManyAsync("by key, enlarged", 3);
        var ann = await VisitAsync("ann", new() { Width = 320, Height = 256 });
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine?category=by key, enlarged");
        var row = page.Locator($"#row-{numbers[1]}");
        await row.FocusAsync();
        await page.Keyboard.PressAsync("x");
        await page.Locator(".hd-bulk").WaitForAsync();
        await page.Keyboard.PressAsync("s");
        await Expect(page.GetByRole(AriaRole.Menu)).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Menuitem).First).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(row).ToBeFocusedAsync();
        await Expect(page.Locator(".hd-bulk .hd-actions")).ToBeHiddenAsync();
        await page.ExpectFocusInSightAsync();
    }

    [Fact]
    public async Task No_single_key_changes_a_ticket_on_its_own_page()
    {
        var number = await AssignedAsync("ann", "Unchanged on its page", TicketPriority.High, "billing");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        var writes = Writes(page);
        var before = await VersionsAsync([number]);
        await ann.OpenAsync($"/agent/t/{number}");
        foreach (var key in Keyboard)
            await PressAsync(ann, number, () => page.EvaluateAsync("document.activeElement.blur()"), key);
        Assert.Empty(writes);
        Assert.Equal(before, await VersionsAsync([number]));
    }

    [Theory]
    [InlineData("Status")]
    [InlineData("Assignee")]
    [InlineData("Priority")]
    [InlineData("Category")]
    public async Task No_single_key_changes_a_field_that_has_the_focus(string field)
    {
        var number = await AssignedAsync("ann", $"Unchanged {field}", TicketPriority.High, "billing");
        await OpenTicketAsync("alice", "Has another category", category: "technical");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        var writes = Writes(page);
        var before = await VersionsAsync([number]);
        await ann.OpenAsync($"/agent/t/{number}");
        var button = page.Locator(".hd-picker").Filter(new() { Has = page.Locator($".hd-label:text-is('{field}')") }).Locator(".hd-picker-button");
        var shown = await button.InnerTextAsync();
        foreach (var key in Keyboard.Concat(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown"]))
        {
            if (!page.Url.EndsWith($"/agent/t/{number}", StringComparison.Ordinal))
                await ann.OpenAsync($"/agent/t/{number}");
            await button.FocusAsync();
            await page.Keyboard.PressAsync(key);
            await page.Keyboard.PressAsync("Escape");
            Assert.True(writes.IsEmpty, $"{key} on {field}: {string.Join(", ", writes)}");
        }

        await Expect(button).ToHaveTextAsync(shown, new() { UseInnerText = true });
        Assert.Equal(before, await VersionsAsync([number]));
    }

    [Fact]
    public async Task Keys_that_are_off_do_nothing_on_the_page_of_a_ticket()
    {
        var numbers = await ManyAsync("off there", 2);
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/settings");
        await page.GetByRole(AriaRole.Switch, new() { Name = "Single keys as shortcuts" }).UncheckAsync();
        await ann.OpenAsync("/agent/mine?category=off there");
        await page.Locator($"#row-{numbers[0]}").ClickAsync();
        await page.GetByText("It is so.").WaitForAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        foreach (var key in new[] { "r", "n", "a", "p", "s", "j", "k", "?", "g", "m", "u" })
            await page.Keyboard.PressAsync(key);
        // By the mouse it opens, so by now the keys would have opened theirs.
        await page.GetByRole(AriaRole.Tab, new() { Name = "Requester" }).ClickAsync();
        await page.GetByText("Opened").First.WaitForAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/agent/t/{numbers[0]}$"));
        await Expect(page.Locator("textarea")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Menu)).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Requesters_have_no_keys()
    {
        var alice = await VisitAsync("alice");
        await alice.Page.GotoAsync("/support/settings");
        await alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Settings" }).WaitForAsync();
        await alice.Page.Keyboard.PressAsync("?");
        await alice.Page.Keyboard.PressAsync("g");
        await alice.Page.Keyboard.PressAsync("m");
        await Expect(alice.Page).ToHaveURLAsync(new Regex("/settings$"));
        await Expect(alice.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    /// <summary>What can be typed, with Shift and without, and what deletes. A letter ends no pair that the one before it began: Escape comes between them.</summary>
    private static IEnumerable<string> Keyboard =>
        "abcdefghijklmnopqrstuvwxyz0123456789`-=[]\\;',./".SelectMany(key => new[] { key.ToString(), $"Shift+{key}" }).Except(["Shift+/"]).Concat(["?", "Delete", "Backspace", "Space"]);

    /// <summary>Presses a key on the page of a ticket, waits for what it opens, and closes that.</summary>
    private static async Task PressAsync(Visitor ann, string number, Func<Task> focusAsync, string key)
    {
        var page = ann.Page;
        if (!page.Url.EndsWith($"/agent/t/{number}", StringComparison.Ordinal))
            await ann.OpenAsync($"/agent/t/{number}");
        await focusAsync();
        await page.Keyboard.PressAsync(key);
        var opened = key switch
        {
            "r" or "n" => page.Locator("#composer-text"),
            "a" or "p" or "s" or "ArrowUp" or "ArrowDown" => page.GetByRole(AriaRole.Menu),
            "?" => page.GetByRole(AriaRole.Dialog),
            _ => null,
        };
        if (opened is not null)
            await opened.WaitForAsync();
        if (key == "u")
            await Expect(page).ToHaveURLAsync(new Regex("/agent/mine"));
        await page.Keyboard.PressAsync("Escape");
        if (opened is not null)
            await Expect(opened).ToHaveCountAsync(0);
    }

    /// <summary>Whatever the page asks the server to change, but for who looks at what.</summary>
    private static ConcurrentQueue<string> Writes(IPage page)
    {
        var writes = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Method != "GET" && !request.Url.EndsWith("/presence", StringComparison.Ordinal))
                writes.Enqueue($"{request.Method} {request.Url}");
        };
        return writes;
    }

    private async Task<string[]> ManyAsync(string category, int count)
    {
        var numbers = new string[count];
        for (var i = 0; i < count; i++)
            numbers[i] = await AssignedAsync("ann", $"{category} {i}", category: category, dueIn: TimeSpan.FromHours(1 + i));
        return numbers;
    }

    private async Task<IEnumerable<Guid>> VersionsAsync(string[] numbers) => [.. (await Task.WhenAll(numbers.Select(ReadAsync))).Select(conversation => conversation.Ticket.Version)];
}
