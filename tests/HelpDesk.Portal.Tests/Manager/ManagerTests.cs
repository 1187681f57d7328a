using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Manager;

/// <summary>What managers see and set.</summary>
public sealed class ManagerTests(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task The_span_is_in_the_address_and_a_wrong_one_is_told()
    {
        var mia = await VisitAsync("mia");
        await mia.OpenAsync("/manager");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "90 days" }).ClickAsync();
        await Expect(mia.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("days=90"));
        await mia.Page.GetByLabel("From").FillAsync("2020-01-01");
        await Expect(mia.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Choose a first day before the last one, at most 400 days.");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "7 days", Exact = true }).ClickAsync();
        await Expect(mia.Page.GetByRole(AriaRole.Heading, new() { Name = "By agent" }).Or(mia.Page.GetByText("Nothing was opened in these days."))).Not.ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_manager_sets_what_an_agent_takes()
    {
        var mia = await VisitAsync("mia");
        await mia.OpenAsync("/manager/agents");
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "Edit ben" }).ClickAsync();
        var dialog = mia.Page.GetByRole(AriaRole.Dialog, new() { Name = "Edit ben" });
        await dialog.GetByLabel("Categories").FillAsync("technical\nprinters, large");
        await dialog.GetByLabel("Most open tickets").FillAsync("3");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var ben = mia.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "ben" });
        await Expect(ben).ToContainTextAsync("at most 3");
        await Expect(ben).ToContainTextAsync("printers, large");
        await Expect(mia.Page.GetByRole(AriaRole.Button, new() { Name = "Edit ben" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_category_that_is_too_long_is_told_before_anything_is_sent()
    {
        var mia = await VisitAsync("mia", new() { Locale = "de-DE" });
        await mia.OpenAsync("/manager/agents");
        var isSent = false;
        await mia.Page.RouteAsync("**/helpdesk/agents/*", route => { isSent = true; return route.ContinueAsync(); });
        await mia.Page.GetByRole(AriaRole.Button, new() { Name = "ann bearbeiten" }).ClickAsync();
        var dialog = mia.Page.GetByRole(AriaRole.Dialog, new() { Name = "ann bearbeiten" });
        var categories = dialog.GetByLabel("Kategorien");
        var before = await categories.InputValueAsync();
        await categories.FillAsync($"{before}\n {new string('c', 101)} ");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Höchstens 100 Zeichen.");
        await Expect(categories).ToBeFocusedAsync();
        await Expect(categories).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(categories).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("Höchstens 100 Zeichen.$"));
        Assert.False(isSent);
        await categories.FillAsync(before);
        await Expect(dialog.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Speichern" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_is_no_manager_is_not_given_the_pages()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/manager");
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here." })).ToBeVisibleAsync();
        Assert.DoesNotContain("/assets/Reports-", await ann.TrafficAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB", 1440)]
    [InlineData(ColorScheme.Dark, "de-DE", 1440)]
    [InlineData(ColorScheme.Light, "de-DE", 390)]
    [InlineData(ColorScheme.Dark, "en-GB", 390)]
    [InlineData(ColorScheme.Light, "en-GB", 320)]
    public async Task Axe_finds_nothing_nothing_scrolls_sideways_and_all_is_easy_to_hit(ColorScheme theme, string language, int width)
    {
        await FillAsync();
        var mia = await VisitAsync("mia", new() { Theme = theme, Locale = language, Width = width });
        await mia.OpenAsync("/manager");
        await mia.Page.Locator(".hd-parts").First.WaitForAsync();
        await mia.Page.Locator("main summary").First.ClickAsync();
        await CheckAsync(mia.Page);
        await mia.OpenAsync("/manager/agents");
        await mia.Page.Locator(".hd-agent button").First.ClickAsync();
        await mia.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await CheckAsync(mia.Page);

        async Task CheckAsync(IPage page)
        {
            await page.ExpectAccessibleAsync();
            if (width > 700)
                return;
            await page.ExpectNoSidewaysScrollAsync();
            await page.ExpectLargeTargetsAsync();
        }
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Pictures_are_taken_where_they_are_wanted(int width, ColorScheme theme)
    {
        Assert.SkipUnless(Screenshots.AreWanted, "HELPDESK_SCREENSHOTS is not 1.");
        await FillAsync();
        var mia = await VisitAsync("mia", new() { Width = width, Height = width == 390 ? 844 : 900, Theme = theme });
        await mia.OpenAsync("/manager?days=7");
        await mia.Page.Locator(".hd-parts").First.WaitForAsync();
        await Screenshots.TakeAsync(mia, "reports");
        await mia.OpenAsync("/manager/agents");
        await mia.Page.Locator(".hd-agent").First.WaitForAsync();
        await Screenshots.TakeAsync(mia, "agents");
    }

    private async Task FillAsync()
    {
        foreach (var subject in new[] { "Nobody in our office can sign in", "Import stops in the middle" })
        {
            var number = await OpenTicketAsync("alice", subject, category: "technical");
            await ReplyAsync("ben", number, "Please look again.");
        }

        var ann = Actor.User(await Host.IdOfAsync("ann"), HelpDeskRoles.Support);
        var charge = await OpenTicketAsync("bob", "Charged twice", category: "billing");
        await Host.DoAsync(tickets => tickets.ResolveAsync(new ResolveTicket { Actor = ann, Ticket = charge, Message = "It is paid back." }, CancellationToken));
    }
}
