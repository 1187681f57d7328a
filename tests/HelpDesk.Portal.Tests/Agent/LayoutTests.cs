using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

/// <summary>All of an agent's pages around the ticket, for every theme, language and width.</summary>
public sealed class LayoutTests(PortalHost host) : AgentTest(host)
{
    private const string Page = "[data-row], [data-mail], .hd-settings section:last-child ul, main form textarea";

    private static readonly string[] Pages = ["/agent/all?category=layout", "/agent/held", "/settings", "/agent/new"];

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB")]
    [InlineData(ColorScheme.Dark, "en-GB")]
    [InlineData(ColorScheme.Light, "de-DE")]
    [InlineData(ColorScheme.Dark, "de-DE")]
    public async Task Axe_finds_nothing(ColorScheme theme, string locale)
    {
        await FillAsync();
        var ann = await VisitAsync("ann", new() { Theme = theme, Locale = locale });
        foreach (var address in Pages)
        {
            await ann.OpenAsync(address);
            await ann.Page.Locator(Page).First.WaitForAsync();
            await ann.Page.ExpectAccessibleAsync();
        }

        await ann.Page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(ann.Page.Locator(".hd-summary")).ToBeFocusedAsync();
        await ann.Page.ExpectAccessibleAsync();
        await ann.OpenAsync(Pages[0]);
        await ann.Page.Locator("[data-row] input[type=checkbox]").First.CheckAsync();
        await ann.Page.Locator(".hd-bulk").WaitForAsync();
        await ann.Page.ExpectAccessibleAsync();
        await ann.Page.Locator("h1").ClickAsync();
        await ann.Page.Keyboard.PressAsync("?");
        await ann.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await ann.Page.ExpectAccessibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.OpenAsync(Pages[1]);
        await ann.Page.Locator("[data-mail] .hd-actions button").First.ClickAsync();
        await ann.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await ann.Page.ExpectAccessibleAsync();
    }

    [Theory]
    [InlineData(390, 844, "en-GB")]
    [InlineData(390, 844, "de-DE")]
    [InlineData(320, 256, "en-GB")]
    [InlineData(320, 256, "de-DE")]
    public async Task On_a_telephone_and_enlarged_nothing_lies_beside_the_screen_and_fingers_hit(int width, int height, string locale)
    {
        await FillAsync();
        foreach (var person in new[] { "ann", "mia" })
        {
            var visitor = await VisitAsync(person, new() { Width = width, Height = height, Locale = locale });
            var page = visitor.Page;
            foreach (var address in Pages)
            {
                await visitor.OpenAsync(address);
                await page.Locator(Page).First.WaitForAsync();
                await page.ExpectNoSidewaysScrollAsync();
                await page.ExpectLargeTargetsAsync();
            }

            await page.Locator("main form button[type=submit]").ClickAsync();
            await Expect(page.Locator(".hd-summary")).ToBeFocusedAsync();
            await page.ExpectNoSidewaysScrollAsync();
            await page.ExpectLargeTargetsAsync();
            await visitor.OpenAsync(Pages[0]);
            await Expect(page.Locator("ul.hd-cards > [data-row]")).Not.ToHaveCountAsync(0);
            await page.Locator("summary").Last.ClickAsync();
            await page.Locator("[data-row] input[type=checkbox]").First.CheckAsync();
            await page.Locator(".hd-bulk").WaitForAsync();
            await page.ExpectNoSidewaysScrollAsync();
            await page.ExpectLargeTargetsAsync();
            await page.Locator("h1").ClickAsync();
            await page.Keyboard.PressAsync("?");
            await page.GetByRole(AriaRole.Dialog).WaitForAsync();
            await page.ExpectNoSidewaysScrollAsync();
            await page.Keyboard.PressAsync("Escape");
            for (var i = 0; i < 12; i++)
            {
                await page.Keyboard.PressAsync("j");
                await page.ExpectFocusInSightAsync();
            }
        }
    }

    [Theory]
    [InlineData(1440, 900, "en-GB")]
    [InlineData(800, 900, "de-DE")]
    [InlineData(390, 844, "de-DE")]
    [InlineData(640, 360, "en-GB")]
    // 1280 pixels at 400 %.
    [InlineData(320, 256, "en-GB")]
    [InlineData(320, 256, "de-DE")]
    public async Task The_bar_of_what_can_be_done_is_in_reach_from_any_row_and_covers_none_that_has_the_focus(int width, int height, string locale)
    {
        for (var i = 0; i < 12; i++)
            await AssignedAsync("ann", $"Import stops in the middle of the file, after about three thousand rows {i}", category: $"reach{width}{locale}", dueIn: TimeSpan.FromHours(1 + i));
        var ann = await VisitAsync("ann", new() { Width = width, Height = height, Locale = locale });
        var page = ann.Page;
        await ann.OpenAsync($"/agent/mine?category=reach{width}{locale}");
        await page.Locator("[data-row] input[type=checkbox]").First.CheckAsync();
        var bar = page.Locator(".hd-bulk");
        await Expect(bar).ToBeInViewportAsync(new() { Ratio = 1 });
        await page.Locator("h1").ClickAsync();
        for (var i = 0; i < 12; i++)
        {
            await page.Keyboard.PressAsync("j");
            await page.ExpectFocusInSightAsync();
            Assert.Equal("above", await bar.EvaluateAsync<string>("bar => document.activeElement.getBoundingClientRect().bottom <= bar.getBoundingClientRect().top ? 'above' : document.activeElement.outerHTML"));
            await Expect(bar).ToBeInViewportAsync(new() { Ratio = 1 });
        }

        await page.Keyboard.PressAsync("x");
        if (height < 480)
            await bar.Locator("[aria-expanded]").First.ClickAsync();
        await Expect(bar.Locator(".hd-actions button").First).ToBeInViewportAsync(new() { Ratio = 1 });
        await bar.Locator(".hd-actions button").Nth(1).ClickAsync();
        await page.GetByRole(AriaRole.Menuitem).First.ClickAsync();
        await Expect(page.Locator("[data-row]").First.Locator(".hd-badge-urgent")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-row]").Last.Locator(".hd-badge-urgent")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Enlarged_the_bar_folds_up_when_the_keyboard_goes_back_to_the_rows()
    {
        var number = await AssignedAsync("ann", "Folds up", category: "folds");
        var ann = await VisitAsync("ann", new() { Width = 320, Height = 256 });
        await ann.OpenAsync("/agent/mine?category=folds");
        await Checkbox(ann.Page, number).CheckAsync();
        var change = ann.Page.GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true });
        var actions = ann.Page.Locator(".hd-bulk .hd-actions");
        await Expect(actions).ToBeHiddenAsync();
        await change.ClickAsync();
        await Expect(actions).ToBeVisibleAsync();
        await ann.Page.TabToAsync(Checkbox(ann.Page, number), "Shift+Tab");
        await Expect(actions).ToBeHiddenAsync();
        await Expect(change).ToHaveAttributeAsync("aria-expanded", "false");
    }

    private async Task FillAsync()
    {
        var late = await AssignedAsync("ann", "Averyveryverylongwordwithoutanyspacethatdoesnotfitintoacolumnofatableoracardonatelephoneatall", TicketPriority.Urgent, "layout", TimeSpan.FromMinutes(-10));
        var priorities = new[] { TicketPriority.High, TicketPriority.Normal, TicketPriority.Low };
        for (var i = 0; i < priorities.Length; i++)
            await AssignedAsync("ben", $"Import stops in the middle of the file, after about three thousand rows {i}", priorities[i], "layout", TimeSpan.FromMinutes(30 + (40 * i)));
        await MailToAsync(late, "Re: Averyveryverylongwordwithoutanyspacethatdoesnotfitintoacolumnofatableoracard", "We still cannot.");
        await MailAsync("Long", string.Join('\n', Enumerable.Range(1, 30).Select(line => $"Line {line} https://elsewhere.example/averyveryverylongaddresswithoutanyspacethatdoesnotfit")));
        var ann = await VisitAsync("ann");
        var added = await ann.Context.APIRequest.PostAsync("/helpdesk/saved-replies", new() { DataObject = new { title = $"Thanks {late}", body = "Thank you for writing.", shared = true } });
        Assert.True(added.Ok);
    }
}
