using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

/// <summary>The pages as somebody with a few requests sees them; their pictures are taken where they are wanted.</summary>
public sealed class RequesterPictures(PortalHost host) : PortalTest(host)
{
    [Theory]
    [InlineData(1440, ColorScheme.Light)]
    [InlineData(1440, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task EveryPageStandsOnTheScreenWithoutASidewaysScroll(int width, ColorScheme theme)
    {
        var number = await SomeRequestsAsync();
        var alice = await VisitAsync("alice", new VisitorOptions { Width = width, Height = width == 390 ? 844 : 900, Theme = theme });

        await alice.OpenAsync("/");
        await alice.Page.GetByText("Printer on the second floor").First.WaitForAsync();
        await AssertNoSidewaysScrollAsync(alice);
        await Screenshots.TakeAsync(alice, "my-requests");

        await alice.OpenAsync("/new");
        await alice.Page.GetByLabel("Subject").FillAsync("The invoice of October has the wrong address");
        await alice.Page.GetByLabel("What happened?").FillAsync("It still goes to our old office. Please send a new one to:\n\nExample Ltd.\n1 Main Street");
        await alice.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "invoice-2026-10.pdf", MimeType = "application/pdf", Buffer = new byte[48_211] });
        await AssertNoSidewaysScrollAsync(alice);
        await Screenshots.TakeAsync(alice, "create-request");
        await alice.Page.EvaluateAsync("localStorage.clear()");

        await alice.OpenAsync($"/t/{number}");
        await alice.Page.GetByLabel("Your reply").FillAsync("The first page prints now, ");
        await AssertNoSidewaysScrollAsync(alice);
        await Screenshots.TakeAsync(alice, "conversation");
    }

    private static async Task AssertNoSidewaysScrollAsync(Visitor visitor) =>
        Assert.True(await visitor.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "The page scrolls sideways.");

    private async Task<string> SomeRequestsAsync()
    {
        var number = await OpenTicketAsync("alice", "Printer on the second floor prints blank pages", "Since this morning all pages are blank.\n\nThe model is on the photo, and the manual says: https://printers.example.com/manual?page=12.", TicketPriority.High, "technical");
        await ReplyAsync("ben", number, "Thank you for the photo. Please take the toner out, shake it gently, and print the test page:\n\n1. Menu\n2. Reports\n3. Test page");
        await OpenTicketAsync("alice", "Access to the archive of 2019", priority: TicketPriority.Low);
        var resolved = await OpenTicketAsync("alice", "Password of the shared mailbox");
        await ReplyAsync("ann", resolved, "It is reset.");
        var ann = Actor.User(await Host.IdOfAsync("ann"), HelpDeskRoles.Support);
        await Host.DoAsync(tickets => tickets.ResolveAsync(new ResolveTicket { Actor = ann, Ticket = TicketKey.Parse(resolved) }, CancellationToken));
        var closed = await OpenTicketAsync("alice", "The whole building is without network since the electricians were here, and the telephones are silent too", priority: TicketPriority.Urgent);
        await Host.DoAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = ann, Ticket = TicketKey.Parse(closed) }, CancellationToken));
        return number;
    }
}
