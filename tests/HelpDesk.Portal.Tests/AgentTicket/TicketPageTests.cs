using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.AgentTicket;

/// <summary>What must hold for the agent's ticket page in each theme, language and width.</summary>
public sealed class TicketPageTests(PortalHost host) : PortalTest(host)
{
    private const string Word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB", 1440)]
    [InlineData(ColorScheme.Dark, "en-GB", 1440)]
    [InlineData(ColorScheme.Light, "de-DE", 390)]
    [InlineData(ColorScheme.Dark, "de-DE", 1440)]
    public async Task Axe_finds_nothing(ColorScheme theme, string language, int width)
    {
        var number = await FillAsync();
        var ann = await VisitAsync("ann", new() { Theme = theme, Locale = language, Width = width });
        await AtEveryStateAsync(ann, number, () => ann.Page.ExpectAccessibleAsync());
    }

    [Theory]
    [InlineData(390, "en-GB")]
    [InlineData(390, "de-DE")]
    [InlineData(320, "en-GB")]
    [InlineData(320, "de-DE")]
    public async Task Nothing_scrolls_sideways_and_all_is_easy_to_hit(int width, string language)
    {
        var number = await FillAsync();
        var ann = await VisitAsync("ann", new() { Locale = language, Width = width, Height = 844 });
        await AtEveryStateAsync(ann, number, async () =>
        {
            await ann.Page.ExpectNoSidewaysScrollAsync();
            await ann.Page.ExpectLargeTargetsAsync();
        });
    }

    [Fact]
    public async Task What_is_promised_is_a_bar_and_words_with_a_reason()
    {
        var number = await FillAsync();
        var ann = await VisitAsync("ann");
        await ann.OpenAsync($"/agent/t/{number}");
        var side = ann.Page.Locator(".hd-ticket-side");
        await Expect(side.GetByRole(AriaRole.Heading, new() { Name = "Resolution" })).ToBeVisibleAsync();
        await Expect(side.GetByText("Due in 1 h 59 min").Or(side.GetByText("Due in 2 h"))).ToBeVisibleAsync();
        await Expect(side.GetByText("Within 2 h, around the clock: priority urgent.")).ToBeVisibleAsync();
        await Expect(side.Locator("svg .hd-sla-running")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Whose_own_ticket_it_is_reads_it_as_a_requester()
    {
        var ann = Actor.User(await Host.IdOfAsync("ann"), HelpDeskRoles.Support);
        var opened = await Host.DoAsync(tickets => tickets.OpenAsync(new OpenTicket { Actor = ann, Subject = "My own chair", Body = "It squeaks." }, CancellationToken));
        var number = ((RequesterConversation)opened).Ticket.Number;
        var visitor = await VisitAsync("ann");
        await visitor.OpenAsync($"/agent/t/{number}");
        await Expect(visitor.Page).ToHaveURLAsync(new Uri(Host.Address, $"/support/t/{number}").ToString());
        await Expect(visitor.Page.GetByText("It squeaks.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_address_of_a_mail_to_requesters_leads_an_agent_to_the_agents_page()
    {
        var number = await FillAsync();
        var ann = await VisitAsync("ann");
        await ann.Page.GotoAsync($"/support/t/{number}");
        await Expect(ann.Page).ToHaveURLAsync(new Uri(Host.Address, $"/support/agent/t/{number}").ToString());
    }

    [Fact]
    public async Task A_ticket_that_is_not_there_says_so()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/t/TKT-1999-000001");
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here." })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_ticket_leads_to_the_one_that_it_follows(int width)
    {
        var earlier = await OpenTicketAsync("alice", "The first time");
        var ben = Actor.User(await Host.IdOfAsync("ben"), HelpDeskRoles.Support);
        await Host.DoAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = ben, Ticket = TicketKey.Parse(earlier) }, CancellationToken));
        var alice = Actor.User(await Host.IdOfAsync("alice"));
        var reply = await Host.DoAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = alice, Ticket = TicketKey.Parse(earlier), Body = "Once more." }, CancellationToken));
        var ann = await VisitAsync("ann", new() { Width = width, Height = 844 });
        await ann.OpenAsync($"/agent/t/{reply.TicketNumber}");
        await Expect(ann.Page.GetByText("Once more.")).ToBeVisibleAsync();
        if (width < 700)
            await ann.Page.ExpectLargeTargetsAsync();
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Earlier ticket" }).ClickAsync();
        await Expect(ann.Page).ToHaveURLAsync(new Uri(Host.Address, $"/support/agent/t/{earlier}").ToString());
    }

    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Pictures_are_taken_where_they_are_wanted(int width, ColorScheme theme)
    {
        Assert.SkipUnless(Screenshots.AreWanted, "HELPDESK_SCREENSHOTS is not 1.");
        var number = await OpenTicketAsync("alice", "Nobody in our office can sign in", "Since nine o'clock the sign-in page answers \"Something went wrong\" to all of us.", TicketPriority.Urgent, "technical");
        await ReplyAsync("ben", number, "The certificate of their proxy has run out; I have called their provider.", isNote: true);
        var ben = await VisitAsync("ben");
        await ben.OpenAsync($"/agent/t/{number}");
        await ben.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        var ann = await VisitAsync("ann", new() { Width = width, Height = width == 390 ? 844 : 900, Theme = theme });
        await ann.OpenAsync($"/agent/t/{number}");
        await Expect(ann.Page.GetByText("ben is replying")).ToBeVisibleAsync();
        await Screenshots.TakeAsync(ann, "ticket");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Edit subject" }).ClickAsync();
        await ann.Page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Sign-in fails for a whole office: their proxy's certificate has run out");
        await Screenshots.TakeAsync(ann, "subject");
        await ann.Page.Keyboard.PressAsync("Escape");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Internal note", Exact = true }).ClickAsync();
        await ann.Page.Locator("#composer-text").FillAsync("Their provider says: in an hour.");
        await Screenshots.TakeAsync(ann, "note");
    }

    private static async Task AtEveryStateAsync(Visitor ann, string number, Func<Task> check)
    {
        var page = ann.Page;
        await ann.OpenAsync($"/agent/t/{number}");
        await Expect(page.Locator(".hd-messages > li")).ToHaveCountAsync(3);
        await check();
        await page.Locator(".hd-subject-edit").ClickAsync();
        await page.Locator(".hd-subject-form input").FillAsync(" ");
        await page.Locator(".hd-subject-form button[type=submit]").ClickAsync();
        await page.Locator(".hd-subject-form .hd-error").WaitForAsync();
        await check();
        await page.Keyboard.PressAsync("Escape");
        var buttons = page.Locator(".hd-composer-buttons button");
        await buttons.Nth(0).ClickAsync();
        await page.Locator("#composer-text").FillAsync(Word);
        await check();
        await buttons.Nth(1).ClickAsync();
        await check();
        if (page.ViewportSize!.Width < 700)
            await page.Locator(".hd-news").First.ClickAsync();
        foreach (var tab in await page.GetByRole(AriaRole.Tab).AllAsync())
        {
            await tab.ClickAsync();
            await page.Locator(".hd-tab-panel:not(:empty)").WaitForAsync();
            await check();
        }
    }

    private async Task<string> FillAsync()
    {
        var number = await OpenTicketAsync("alice", $"Nobody can sign in {Word}", $"Since nine o'clock.\n{Word}", TicketPriority.Urgent, "technical");
        await ReplyAsync("ben", number, $"Their proxy {Word}", isNote: true);
        await ReplyAsync("ben", number, "Please wait.");
        return number;
    }
}
