using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

/// <summary>What must hold for each of the requester's pages, in each theme, language and width.</summary>
public sealed class RequesterPagesTests(PortalHost host) : RequesterTest(host)
{
    private const string Word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB", 1440)]
    [InlineData(ColorScheme.Dark, "en-GB", 1440)]
    [InlineData(ColorScheme.Light, "de-DE", 1440)]
    [InlineData(ColorScheme.Dark, "de-DE", 1440)]
    [InlineData(ColorScheme.Light, "en-GB", 390)]
    [InlineData(ColorScheme.Dark, "de-DE", 390)]
    public async Task Axe_finds_nothing(ColorScheme theme, string language, int width)
    {
        var number = await SomeRequestsAsync();
        var alice = await VisitAsync("alice", new VisitorOptions { Theme = theme, Locale = language, Width = width });
        await AtEveryPageAsync(alice, number, async () =>
        {
            await alice.Page.ExpectAccessibleAsync();
        });
    }

    [Theory]
    [InlineData(390, "en-GB")]
    [InlineData(390, "de-DE")]
    // 1280 pixels at 400 %.
    [InlineData(320, "en-GB")]
    [InlineData(320, "de-DE")]
    public async Task Nothing_scrolls_sideways_and_all_is_easy_to_hit(int width, string language)
    {
        var number = await SomeRequestsAsync();
        var alice = await VisitAsync("alice", new VisitorOptions { Width = width, Height = 844, Locale = language });
        await AtEveryPageAsync(alice, number, async () =>
        {
            await alice.Page.ExpectNoSidewaysScrollAsync();
            await alice.Page.ExpectLargeTargetsAsync();
        });
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Pictures_are_taken_where_they_are_wanted(int width, ColorScheme theme)
    {
        Assert.SkipUnless(Screenshots.AreWanted, "HELPDESK_SCREENSHOTS is not 1.");
        var number = await SomeRequestsAsync(pleasant: true);
        var alice = await VisitAsync("alice", new VisitorOptions { Width = width, Height = width == 390 ? 844 : 900, Theme = theme });
        await alice.OpenAsync("/");
        await Expect(Rows(alice).First).ToBeVisibleAsync();
        await Screenshots.TakeAsync(alice, "my-requests");

        await alice.OpenAsync("/new");
        await alice.Page.GetByLabel("Subject").FillAsync("The invoice of October has the wrong address");
        await alice.Page.GetByLabel("What happened?").FillAsync("It still goes to our old office. Please send a new one to:\n\nExample Ltd.\n1 Main Street");
        await ChooseAsync(alice, File("invoice-2026-10.pdf", 48_211));
        await Screenshots.TakeAsync(alice, "create-request");
        await alice.Page.EvaluateAsync("localStorage.clear()");

        await alice.OpenAsync($"/t/{number}");
        await Reply(alice).FillAsync("The first page prints now, ");
        await Screenshots.TakeAsync(alice, "conversation");
    }

    /// <summary>Each page, and each state of it that looks different.</summary>
    private async Task AtEveryPageAsync(Visitor visitor, string number, Func<Task> check)
    {
        await visitor.OpenAsync("/");
        await Expect(Rows(visitor).First).ToBeVisibleAsync();
        await check();
        await visitor.OpenAsync("/?q=nothing-at-all");
        await Expect(visitor.Page.Locator(".hd-empty")).ToBeVisibleAsync();
        await check();

        await visitor.OpenAsync("/new");
        await ChooseAsync(visitor, File($"{Word}.txt"), File("empty.txt", 0));
        await visitor.Page.Locator("main form button[type=submit]").ClickAsync();
        await Expect(visitor.Page.Locator(".hd-summary")).ToBeFocusedAsync();
        await check();

        await visitor.OpenAsync($"/t/{number}");
        await Expect(Messages(visitor)).ToHaveCountAsync(2);
        await visitor.Page.Locator(".hd-reply-send").ClickAsync();
        await visitor.Page.Locator(".hd-reply .hd-error").WaitForAsync();
        await ChooseAsync(visitor, File($"{Word}.txt"));
        await check();
        await ReplyAsync("ann", number, Word);
        await visitor.Page.Locator(".hd-reply-news").WaitForAsync();
        await check();
        await visitor.Page.Locator(".hd-reply-news button").ClickAsync();
        await ResolveAsync("ann", number);
        await visitor.Page.Locator(".hd-reply-effect").WaitForAsync();
        await check();

        await visitor.OpenAsync("/t/TKT-1999-000001");
        await check();
    }

    private async Task<string> SomeRequestsAsync(bool pleasant = false)
    {
        var number = await OpenTicketAsync("alice", "Printer on the second floor prints blank pages", "Since this morning all pages are blank.\n\nThe manual says: https://printers.example.com/manual?page=12.", TicketPriority.High, "technical");
        await ReplyAsync("ben", number, "Thank you. Please take the toner out, shake it gently, and print the test page:\n\n1. Menu\n2. Reports\n3. Test page");
        await OpenTicketAsync("alice", "Access to the archive of 2019", priority: TicketPriority.Low);
        var resolved = await OpenTicketAsync("alice", "Password of the shared mailbox");
        await ReplyAsync("ann", resolved, "It is reset.");
        await ResolveAsync("ann", resolved);
        var closed = await OpenTicketAsync("alice", "The whole building is without network since the electricians were here, and the telephones are silent too", priority: TicketPriority.Urgent);
        await CloseAsync("ann", closed);
        if (!pleasant)
            await OpenTicketAsync("alice", Word + Word, category: Word);
        return number;
    }
}
