using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.AgentTicket;

/// <summary>Two agents at one ticket.</summary>
public sealed class ConflictTests(PortalHost host) : TicketTest(host)
{
    [Theory]
    [InlineData("Use theirs", TicketPriority.High)]
    [InlineData("Keep mine", TicketPriority.Urgent)]
    public async Task Two_changes_of_the_same_field_are_both_shown_and_either_may_win(string choice, TicketPriority becomes)
    {
        var (ann, number) = await AtStandingTicketAsync();
        await ann.Page.GetByRole(AriaRole.Button, new() { Name = "Reply", Exact = true }).ClickAsync();
        await ann.Page.Locator("#composer-text").FillAsync("Half a sentence");
        await ChangeAsBenAsync(new ChangeTicket { Actor = await BenAsync(), Ticket = number, Priority = TicketPriority.High });

        await PickAsync(ann, "Priority", "Urgent");
        var dialog = ann.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "ben changed this ticket." });
        await Expect(dialog.GetByRole(AriaRole.Cell, new() { Name = "High" })).ToBeVisibleAsync();
        await Expect(dialog.GetByRole(AriaRole.Cell, new() { Name = "Urgent" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Field(ann, "Priority")).ToContainTextAsync(becomes.ToString());
        await Expect(ann.Page.Locator("#composer-text")).ToHaveValueAsync("Half a sentence");
        var ticket = (AgentConversation)(await Host.DoAsync(async tickets => await tickets.GetAsync(new GetTicket { Actor = await BenAsync(), Ticket = number }, CancellationToken)))!;
        Assert.Equal(becomes, ticket.Ticket.Priority);
    }

    [Fact]
    public async Task A_change_of_something_else_meanwhile_does_not_disturb()
    {
        var (ann, number) = await AtStandingTicketAsync();
        await ChangeAsBenAsync(new ChangeTicket { Actor = await BenAsync(), Ticket = number, Category = "moved" });
        await PickAsync(ann, "Priority", "Low");
        await Expect(Field(ann, "Category")).ToContainTextAsync("moved");
        await Expect(Field(ann, "Priority")).ToContainTextAsync("Low");
        await Expect(ann.Page.GetByRole(AriaRole.Alertdialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_refused_change_is_taken_back_and_says_why()
    {
        var (ann, number) = await AtStandingTicketAsync();
        await ann.Context.RouteAsync($"**/tickets/{number}", route => route.Request.Method == "PATCH" ? route.AbortAsync() : route.ContinueAsync());
        await PickAsync(ann, "Priority", "Low");
        await Expect(ann.Page.GetByText("Not saved: the server could not be reached.")).ToBeVisibleAsync();
        await Expect(Field(ann, "Priority")).ToContainTextAsync("Normal");
    }

    /// <summary>A page to which nobody tells what happens: only the server's refusal can.</summary>
    private async Task<(Visitor Ann, string Number)> AtStandingTicketAsync()
    {
        var ann = await VisitAsync("ann");
        await ann.Context.RouteAsync("**/helpdesk/events", route => route.AbortAsync());
        var number = await OpenTicketAsync("alice", "Two at once");
        await ann.OpenAsync($"/agent/t/{number}");
        return (ann, number);
    }

    private async Task<Actor> BenAsync() => Actor.User(await Host.IdOfAsync("ben"), HelpDeskRoles.Support);

    private Task ChangeAsBenAsync(ChangeTicket change) => Host.DoAsync(tickets => tickets.ChangeAsync(change, CancellationToken));
}
