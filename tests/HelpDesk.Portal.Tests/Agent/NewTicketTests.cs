using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

/// <summary>An agent on the telephone opens a ticket for somebody.</summary>
public sealed class NewTicketTests(PortalHost host) : AgentTest(host)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task From_a_queue_an_agent_opens_a_ticket_that_is_its_requesters_own(int width)
    {
        var ann = await VisitAsync("ann", new() { Width = width, Height = 844 });
        await ann.OpenAsync("/agent/mine");
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "New ticket" }).ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "New ticket" })).ToBeVisibleAsync();
        var subject = $"Told on the telephone {width}";
        await FillAsync(ann, " Bob@example.com ", subject);
        await ann.Page.GetByLabel("Priority").SelectOptionAsync("high");
        await ann.Page.GetByLabel("Category").SelectOptionAsync("billing");
        await ann.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "scan.txt", MimeType = "text/plain", Buffer = new byte[1_000] });
        await CreateAsync(ann);

        var number = await NumberAsync(ann);
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = subject })).ToBeVisibleAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Link, new() { Name = "scan.txt" })).ToBeVisibleAsync();
        var ticket = (await ReadAsync(number)).Ticket;
        Assert.Equal(("bob", TicketPriority.High, "billing"), (ticket.Requester.Name, ticket.Priority, ticket.Category));
        // The form is no step on the way back.
        await ann.Page.GoBackAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Mine" })).ToBeVisibleAsync();

        var bob = await VisitAsync("bob");
        await bob.OpenAsync("/");
        await bob.Page.GetByRole(AriaRole.Link, new() { Name = subject }).ClickAsync();
        await Expect(bob.Page.GetByText("It was said.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Who_has_no_account_is_known_by_their_address()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        await FillAsync(ann, "carol@elsewhere.example", "A stranger called");
        await ann.Page.Keyboard.PressAsync("Control+Enter");
        var ticket = (await ReadAsync(await NumberAsync(ann))).Ticket;
        Assert.Equal((null, "carol", "carol@elsewhere.example"), (ticket.Requester.Id, ticket.Requester.Name, ticket.RequesterEmail));
    }

    [Theory]
    [InlineData("en-GB", 1440, "For carol (carol@elsewhere.example)")]
    [InlineData("de-DE", 390, "Für carol (carol@elsewhere.example)")]
    public async Task A_ticket_says_whose_it_is_beside_its_number(string locale, int width, string whose)
    {
        var ann = await VisitAsync("ann", new() { Width = width, Height = 844, Locale = locale });
        await ann.OpenAsync("/agent/new");
        await ann.Page.Locator("#request-requester").FillAsync("carol@elsewhere.example");
        await ann.Page.Locator("#request-subject").FillAsync("Whose is it?");
        await ann.Page.Locator("#request-body").FillAsync("It was said.");
        await ann.Page.Keyboard.PressAsync("Control+Enter");
        var number = await NumberAsync(ann);
        var line = ann.Page.Locator(".hd-ticket-head .hd-requester-line");
        await Expect(line).ToHaveTextAsync($"{number} · {whose}");
        await Expect(line.Locator("bdi")).ToHaveTextAsync(["carol", "carol@elsewhere.example"]);
        await Expect(ann.Page.GetByText("It was said.")).ToBeVisibleAsync();
        await ann.Page.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task A_long_address_takes_its_own_lines_on_a_telephone()
    {
        var ann = await VisitAsync("ann", new() { Width = 390, Height = 844 });
        await ann.OpenAsync("/agent/new");
        var address = $"{new string('c', 60)}@{string.Join('.', Enumerable.Repeat(new string('e', 40), 3))}.example";
        await FillAsync(ann, address, "From far away");
        await CreateAsync(ann);
        await NumberAsync(ann);
        await Expect(ann.Page.Locator(".hd-requester-line")).ToContainTextAsync(address);
        await ann.Page.ExpectNoSidewaysScrollAsync();
    }

    [Fact]
    public async Task Where_one_is_is_seen_at_the_way_to_a_new_ticket_too()
    {
        const string Looks = "link => { const { backgroundColor, boxShadow } = getComputedStyle(link); return `${backgroundColor} ${boxShadow}`; }";
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        var link = ann.Page.GetByRole(AriaRole.Link, new() { Name = "New ticket" });
        await Expect(link).ToHaveAttributeAsync("aria-current", "page");
        var here = await link.EvaluateAsync<string>(Looks);
        await ann.OpenAsync("/agent/mine");
        var queue = await ann.Page.Locator(".hd-queues li a[aria-current=page]").EvaluateAsync<string>(Looks);
        Assert.Equal(queue, here);
        Assert.NotEqual(here, await link.EvaluateAsync<string>(Looks));
    }

    [Fact]
    public async Task What_is_missing_is_told_before_anything_is_sent()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        var isSent = false;
        await ann.Page.RouteAsync("**/helpdesk/tickets", route => { isSent = true; return route.ContinueAsync(); });
        await CreateAsync(ann);
        await Expect(Summary(ann)).ToBeFocusedAsync();
        await Expect(Summary(ann).GetByRole(AriaRole.Link)).ToHaveTextAsync(["Requester’s e-mail address: This is needed.", "Subject: This is needed.", "What happened?: This is needed."]);
        await Summary(ann).GetByRole(AriaRole.Link, new() { Name = "Requester’s e-mail address" }).ClickAsync();
        await Expect(Address(ann)).ToBeFocusedAsync();
        await FillAsync(ann, "carol", "No address");
        await CreateAsync(ann);
        await Expect(Summary(ann).GetByRole(AriaRole.Link)).ToHaveTextAsync(["Requester’s e-mail address: This is no e-mail address."]);
        Assert.False(isSent);
    }

    [Fact]
    public async Task What_the_server_has_against_the_address_stands_at_its_field()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        await FillAsync(ann, "carol@elsewhere..example", "Mistyped");
        await ann.Page.RunAndWaitForResponseAsync(() => CreateAsync(ann), answer => answer.Url.EndsWith("/helpdesk/tickets", StringComparison.Ordinal) && answer.Status == 400);
        await Expect(Summary(ann)).ToBeFocusedAsync();
        await Expect(Address(ann)).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(Address(ann)).ToHaveAccessibleDescriptionAsync(new Regex("This is no e-mail address.$"));
        await Summary(ann).GetByRole(AriaRole.Link, new() { Name = "Requester’s e-mail address" }).ClickAsync();
        await Expect(Address(ann)).ToBeFocusedAsync();
        await Address(ann).FillAsync("carol@elsewhere.example");
        await CreateAsync(ann);
        await NumberAsync(ann);
    }

    [Fact]
    public async Task The_draft_for_somebody_and_that_of_an_own_request_are_two()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/new");
        await ann.Page.GetByLabel("Subject").FillAsync("My own chair");
        await ann.OpenAsync("/agent/new");
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("");
        await FillAsync(ann, "carol@elsewhere.example", "Her printer");
        await Expect(ann.Page.GetByText("Draft saved")).ToBeVisibleAsync();
        await ann.Page.ReloadAsync();
        await Expect(Address(ann)).ToHaveValueAsync("carol@elsewhere.example");
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("Her printer");
        await CreateAsync(ann);
        await NumberAsync(ann);
        await ann.OpenAsync("/agent/new");
        await Expect(Address(ann)).ToHaveValueAsync("");
        await ann.OpenAsync("/new");
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("My own chair");
        await Expect(Address(ann)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_try_after_a_lost_answer_is_the_same_ticket()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        await FillAsync(ann, "carol@elsewhere.example", "Only once");
        var keys = new List<string>();
        await ann.Page.RouteAsync("**/helpdesk/tickets", async route =>
        {
            keys.Add(await route.Request.HeaderValueAsync("Idempotency-Key") ?? "");
            // The first one arrives, and its answer does not.
            if (keys.Count == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
            }
            else
            {
                await route.ContinueAsync();
            }
        });
        await CreateAsync(ann);
        await Expect(ann.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the server could not be reached");
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await NumberAsync(ann);
        Assert.Equal(2, keys.Count);
        Assert.Equal(keys[0], keys[1]);
        await ann.OpenAsync("/agent/all?q=only+once");
        await Expect(ann.Page.Locator("[data-row]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_on_its_way_when_the_form_is_opened_again_is_sent_once()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        await FillAsync(ann, "carol@elsewhere.example", "On its way");
        var mayGoOn = await ann.HoldAsync("POST", "**/helpdesk/tickets");
        await CreateAsync(ann);
        await LeaveAndComeBackAsync(ann);
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("On its way");
        mayGoOn.SetResult();
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("");
        await ann.OpenAsync("/agent/new");
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("");
        await ann.OpenAsync("/agent/all?q=on+its+way");
        await Expect(ann.Page.Locator("[data-row]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task What_is_typed_meanwhile_is_not_taken_for_what_was_sent()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        await FillAsync(ann, "carol@elsewhere.example", "The first caller");
        var mayGoOn = await ann.HoldAsync("POST", "**/helpdesk/tickets");
        await CreateAsync(ann);
        await LeaveAndComeBackAsync(ann);
        await FillAsync(ann, "dora@elsewhere.example", "The second caller");
        await ann.Page.RunAndWaitForResponseAsync(() => { mayGoOn.SetResult(); return Task.CompletedTask; }, answer => answer.Request.Method == "POST" && answer.Ok);
        await Expect(ann.Page.GetByText(new Regex("^TKT-[0-9-]+ "))).ToBeVisibleAsync();
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("The second caller");
        await ann.Page.ReloadAsync();
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("The second caller");
    }

    [Fact]
    public async Task Who_has_left_the_form_is_told_that_nothing_was_sent()
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        await FillAsync(ann, "carol@elsewhere.example", "Lost on its way");
        var mayGoOn = await ann.HoldAsync("POST", "**/helpdesk/tickets", isLost: true);
        await CreateAsync(ann);
        await LeaveAsync(ann);
        mayGoOn.SetResult();
        await Expect(ann.Page.GetByText("New ticket: your message was not sent")).ToBeVisibleAsync();
        await ann.OpenAsync("/agent/new");
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("Lost on its way");
    }

    [Theory]
    [InlineData(200, "the server could not be reached")]
    [InlineData(503, "the help desk is not available at the moment")]
    public async Task An_answer_of_somebody_else_is_told_as_what_it_is(int status, string reason)
    {
        var ann = await VisitAsync("ann");
        await ann.OpenAsync("/agent/new");
        await FillAsync(ann, "carol@elsewhere.example", "By a strange network");
        await ann.Page.RouteAsync("**/helpdesk/tickets", route => route.FulfillAsync(new() { Status = status, ContentType = "text/html", Body = "<h1>Welcome</h1>" }));
        await CreateAsync(ann);
        await Expect(ann.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(reason);
        await Expect(ann.Page.GetByLabel("Subject")).ToHaveValueAsync("By a strange network");
    }

    private static async Task LeaveAsync(Visitor visitor)
    {
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Mine" }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Mine" })).ToBeVisibleAsync();
    }

    private static async Task LeaveAndComeBackAsync(Visitor visitor)
    {
        await LeaveAsync(visitor);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New ticket" }).ClickAsync();
    }

    [Fact]
    public async Task Requesters_have_no_such_page()
    {
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/agent/new");
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here." })).ToBeVisibleAsync();
    }

    private static ILocator Address(Visitor visitor) => visitor.Page.GetByLabel("Requester’s e-mail address");

    private static ILocator Summary(Visitor visitor) => visitor.Page.Locator(".hd-summary");

    private static async Task FillAsync(Visitor visitor, string address, string subject)
    {
        await Address(visitor).FillAsync(address);
        await visitor.Page.GetByLabel("Subject").FillAsync(subject);
        await visitor.Page.GetByLabel("What happened?").FillAsync("It was said.");
    }

    private static Task CreateAsync(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Create ticket" }).ClickAsync();

    private static async Task<string> NumberAsync(Visitor visitor)
    {
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/support/agent/t/TKT-[0-9-]+$"));
        return new Uri(visitor.Page.Url).Segments[^1];
    }
}
