using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

public sealed class SettingsTests(PortalHost host) : AgentTest(host)
{
    [Fact]
    public async Task What_is_chosen_outlives_a_reload()
    {
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/settings");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Dark" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Compact" }).CheckAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Always show date and time" }).CheckAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Single keys as shortcuts" }).UncheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Deutsch" }).CheckAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Einstellungen" }).WaitForAsync();

        var shell = await page.ReloadAsync();
        var html = await shell!.TextAsync();
        Assert.Contains("<html lang=\"de\" data-theme=\"dark\">", html, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Einstellungen" }).WaitForAsync();
        foreach (var choice in new[] { "Deutsch", "Dunkel", "Kompakt" })
            await Expect(page.GetByRole(AriaRole.Radio, new() { Name = choice })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "Immer Datum und Uhrzeit zeigen" })).ToBeCheckedAsync();
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "Einzelne Tasten als Kürzel" })).Not.ToBeCheckedAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-density", "compact");

        await page.GetByRole(AriaRole.Radio, new() { Name = "Wie das Gerät" }).CheckAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "English" }).CheckAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Settings" }).WaitForAsync();
        Assert.DoesNotContain("data-theme", await (await page.ReloadAsync())!.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_requester_chooses_only_how_pages_look()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/settings");
        await Expect(alice.Page.Locator("main fieldset legend")).ToHaveTextAsync(["Language", "Colours", "Rows"]);
        await Expect(alice.Page.Locator("main").GetByRole(AriaRole.Switch)).ToHaveCountAsync(1);
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Name = "Saved replies" })).ToHaveCountAsync(0);
        await Expect(alice.Page.Locator("header").GetByRole(AriaRole.Switch)).ToHaveCountAsync(0);
        Assert.DoesNotMatch("(?m)^GET \\S+/SavedReplies-", await alice.TrafficAsync());
    }

    [Fact]
    public async Task An_agent_says_in_the_header_whether_tickets_may_come_and_the_server_knows()
    {
        var ben = await VisitAsync("ben");
        var page = ben.Page;
        await ben.OpenAsync("/settings");
        var header = page.Locator("header").GetByRole(AriaRole.Switch, new() { Name = "Available" });
        var inSettings = page.Locator("main").GetByRole(AriaRole.Switch, new() { Name = "Available" });
        await Expect(header).ToBeCheckedAsync();
        await page.RunAndWaitForResponseAsync(() => header.ClickAsync(), response => response.Url.EndsWith("/availability", StringComparison.Ordinal) && response.Ok);
        await Expect(inSettings).Not.ToBeCheckedAsync();
        await page.ReloadAsync();
        await Expect(header).Not.ToBeCheckedAsync();
        await page.RunAndWaitForResponseAsync(() => inSettings.ClickAsync(), response => response.Url.EndsWith("/availability", StringComparison.Ordinal) && response.Ok);
        await Expect(header).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Availability_is_shown_at_once_and_taken_back_where_the_server_does_not_agree()
    {
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine");
        var header = page.Locator("header").GetByRole(AriaRole.Switch, new() { Name = "Available" });
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/agents/me/availability", async route =>
        {
            await answer.Task;
            await route.AbortAsync();
        });
        await header.ClickAsync();
        await Expect(header).Not.ToBeCheckedAsync();
        answer.SetResult();
        await Expect(header).ToBeCheckedAsync();
        await Expect(page.Locator("header").GetByRole(AriaRole.Alert)).ToHaveTextAsync("Not saved: the server could not be reached.");
    }

    [Fact]
    public async Task A_manager_who_takes_no_tickets_has_the_managers_pages_and_no_switch()
    {
        var mia = await VisitAsync("mia");
        await mia.OpenAsync("/agent/all");
        var header = mia.Page.Locator("header");
        await Expect(header.GetByRole(AriaRole.Link, new() { Name = "Queues" })).ToHaveAttributeAsync("aria-current", "page");
        await Expect(header.GetByRole(AriaRole.Link, new() { Name = "Reports" })).ToHaveAttributeAsync("href", "/support/manager");
        await Expect(header.GetByRole(AriaRole.Link, new() { Name = "Agents" })).ToHaveAttributeAsync("href", "/support/manager/agents");
        await Expect(mia.Page.GetByRole(AriaRole.Searchbox)).ToBeVisibleAsync();
        await Expect(header.GetByRole(AriaRole.Switch)).ToHaveCountAsync(0);

        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/all");
        await Expect(ann.Page.Locator("header").GetByRole(AriaRole.Switch)).ToBeVisibleAsync();
        await Expect(ann.Page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Reports" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Saved_replies_are_added_shared_changed_and_deleted_after_being_asked_once()
    {
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/settings");
        await page.GetByRole(AriaRole.Button, new() { Name = "New saved reply" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "New saved reply" });
        await dialog.GetByLabel("Title").FillAsync("Thanks");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToContainTextAsync("This is needed.");
        await Expect(dialog.GetByLabel("Text")).ToBeFocusedAsync();
        await dialog.GetByLabel("Text").FillAsync("Thank you for writing.");
        await dialog.GetByLabel("Share with all agents").CheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        var reply = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Thank you for writing." });
        await Expect(reply).ToContainTextAsync("Shared");

        var ben = await VisitAsync("ben");
        await ben.OpenAsync("/settings");
        var theirs = ben.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Thank you for writing." });
        await Expect(theirs).ToBeVisibleAsync();
        await Expect(theirs.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await reply.GetByRole(AriaRole.Button, new() { Name = "Edit Thanks" }).ClickAsync();
        dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Edit saved reply" });
        await Expect(dialog.GetByLabel("Title")).ToHaveValueAsync("Thanks");
        await dialog.GetByLabel("Title").FillAsync("Many thanks");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(reply).ToContainTextAsync("Many thanks");

        await reply.GetByRole(AriaRole.Button, new() { Name = "Delete Many thanks" }).ClickAsync();
        var asked = page.GetByRole(AriaRole.Alertdialog);
        await Expect(asked).ToContainTextAsync("“Many thanks” is gone for all agents.");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(reply).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Saved replies" })).ToBeFocusedAsync();
    }
}
