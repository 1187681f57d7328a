using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.AgentTicket;

/// <summary>The whole way of an agent, from the queue to a resolved ticket, with a note that its requester never learns of.</summary>
public sealed class AgentStoryTests(PortalHost host) : TicketTest(host)
{
    private const string Canary = "canary-7f3a: she never pays";

    [Fact]
    public async Task A_ticket_is_found_taken_noted_answered_and_resolved_with_the_mouse()
    {
        var number = await OpenTicketAsync("alice", "The invoice is wrong", "It names another company.", TicketPriority.High, "billing");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        var ann = await VisitAsync("ann");
        var page = ann.Page;
        await ann.OpenAsync("/agent/mine");
        await page.GetByRole(AriaRole.Link, new() { Name = "The invoice is wrong" }).ClickAsync();
        await Expect(page.GetByText("It names another company.")).ToBeVisibleAsync();

        await Button(ann, "Internal note").ClickAsync();
        await page.Locator("#composer-text").FillAsync(Canary);
        await Button(ann, "Save internal note").ClickAsync();
        await Expect(page.Locator(".hd-message-note")).ToContainTextAsync(Canary);
        await PickAsync(ann, "Priority", "Urgent");
        await Expect(Field(ann, "Priority")).ToContainTextAsync("Urgent");

        await Button(ann, "Reply").ClickAsync();
        await page.Locator("#composer-text").FillAsync("Here is the right one.");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "invoice.txt", MimeType = "text/plain", Buffer = "42 EUR"u8.ToArray() });
        await Button(ann, "Send and mark as resolved").ClickAsync();
        await Expect(Field(ann, "Status")).ToContainTextAsync("Resolved");
        await page.GetByRole(AriaRole.Tab, new() { Name = "History" }).ClickAsync();
        await Expect(page.Locator(".hd-history")).ToContainTextAsync("Priority: High → Urgent");
        await Expect(page.Locator(".hd-history")).ToContainTextAsync("Status: Pending → Resolved");

        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(alice.Page.GetByText("Here is the right one.")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Link, new() { Name = "invoice.txt" })).ToBeVisibleAsync();
        await alice.OpenAsync("/");
        await alice.OpenAsync("/?q=canary");
        Assert.DoesNotContain("canary-7f3a", await alice.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary-7f3a", await alice.TrafficAsync(), StringComparison.Ordinal);
        Assert.Contains("canary-7f3a", await ann.TrafficAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_is_found_noted_answered_and_resolved_by_the_keyboard_alone()
    {
        await OpenTicketAsync("bob", "The other question", category: "technical");
        var number = await OpenTicketAsync("bob", "By keys alone", "Is that possible?", TicketPriority.Urgent, "technical");
        var ben = await VisitAsync("ben");
        var page = ben.Page;
        var keys = page.Keyboard;
        await ben.OpenAsync("/agent/all");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "By keys alone" })).ToBeVisibleAsync();

        await GoByKeysAsync(page, "m", "mine");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "By keys alone" })).ToBeVisibleAsync();
        await keys.PressAsync("j");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "By keys alone" })).ToBeFocusedAsync();
        await page.ExpectFocusInSightAsync();
        await keys.PressAsync("Enter");
        await Expect(page.GetByText("Is that possible?")).ToBeVisibleAsync();

        await keys.PressAsync("n");
        await Expect(page.Locator("#composer-text")).ToBeFocusedAsync();
        await keys.TypeAsync("r n a p s u j k are letters here");
        await page.ExpectFocusInSightAsync();
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator(".hd-message-note")).ToContainTextAsync("r n a p s u j k are letters here");

        await keys.PressAsync("p");
        await Expect(page.GetByRole(AriaRole.Menuitemradio, new() { Name = "Urgent" })).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(Field(ben, "Priority")).ToContainTextAsync("High");

        await page.TabToAsync(page.GetByRole(AriaRole.Tab, new() { Name = "SLA" }));
        await keys.PressAsync("ArrowRight");
        await Expect(page.Locator(".hd-history")).ToContainTextAsync("Priority: Urgent → High");

        await keys.PressAsync("r");
        await Expect(page.Locator("#composer-text")).ToBeFocusedAsync();
        await keys.TypeAsync("It is.");
        await page.TabToAsync(Button(ben, "Send and mark as resolved"));
        await keys.PressAsync("Enter");
        await Expect(Field(ben, "Status")).ToContainTextAsync("Resolved");
        await keys.PressAsync("u");
        await Expect(page).ToHaveURLAsync(new Uri(Host.Address, "/support/agent/mine").ToString());

        var bob = Actor.User(await Host.IdOfAsync("bob"));
        var conversation = (RequesterConversation)(await Host.DoAsync(tickets => tickets.GetAsync(new GetTicket { Actor = bob, Ticket = number }, CancellationToken)))!;
        Assert.Equal(TicketStatus.Resolved, conversation.Ticket.Status);
        Assert.Equal(["Is that possible?", "It is."], conversation.Messages.Select(message => message.Body));
    }
}
