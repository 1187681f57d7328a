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
        Assert.Equal(becomes, (await ReadAsync(number)).Ticket.Priority);
    }

    [Theory]
    [InlineData("Use theirs", "Pending")]
    [InlineData("Keep mine", "Resolved")]
    public async Task Two_statuses_are_both_shown_and_either_may_win(string choice, string becomes)
    {
        var (ann, number) = await AtStandingTicketAsync();
        await ChangeAsBenAsync(new ChangeTicket { Actor = await BenAsync(), Ticket = number, Status = TicketStatus.Pending });
        await PickAsync(ann, "Status", "Resolved");
        await ChooseAsync(ann, theirs: "Pending", mine: "Resolved", choice);
        await Expect(Field(ann, "Status")).ToContainTextAsync(becomes);
        Assert.Equal(becomes, (await ReadAsync(number)).Ticket.Status.ToString());
    }

    [Theory]
    [InlineData("Use theirs", "ben")]
    [InlineData("Keep mine", "ann")]
    public async Task Two_assignees_are_both_shown_and_either_may_win(string choice, string becomes)
    {
        var (ann, number) = await AtStandingTicketAsync(isUnassigned: true);
        await ChangeAsBenAsync(new ChangeTicket { Actor = await BenAsync(), Ticket = number, AssigneeId = await Host.IdOfAsync("ben") });
        await PickAsync(ann, "Assignee", "ann");
        await ChooseAsync(ann, theirs: "ben", mine: "ann", choice);
        await Expect(Field(ann, "Assignee")).ToContainTextAsync(becomes);
        Assert.Equal(becomes, (await ReadAsync(number)).Ticket.Assignee?.Name);
    }

    [Fact]
    public async Task Two_questions_are_asked_one_after_the_other()
    {
        var (ann, number) = await AtStandingTicketAsync();
        var (sent, both) = (0, new TaskCompletionSource());
        await ann.Page.RouteAsync($"**/tickets/{number}", async route =>
        {
            if (route.Request.Method == "PATCH")
            {
                if (Interlocked.Increment(ref sent) == 2)
                    both.SetResult();
                await both.Task;
            }

            await route.ContinueAsync();
        });
        await ChangeAsBenAsync(new ChangeTicket { Actor = await BenAsync(), Ticket = number, Priority = TicketPriority.High, Category = "technical" });
        await PickAsync(ann, "Priority", "Urgent");
        await PickAsync(ann, "Category", "billing");
        var dialog = ann.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "ben changed this ticket." });
        var asked = new List<string>();
        for (var question = 0; question < 2; question++)
        {
            if (question > 0)
                await Expect(dialog.GetByRole(AriaRole.Rowheader)).Not.ToHaveTextAsync(asked[0]);
            asked.Add(await dialog.GetByRole(AriaRole.Rowheader).InnerTextAsync());
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        }

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Field(ann, "Priority")).ToContainTextAsync("Urgent");
        await Expect(Field(ann, "Category")).ToContainTextAsync("billing");
        Assert.Equal(["Category", "Priority"], asked.Order());
        var ticket = (await ReadAsync(number)).Ticket;
        Assert.Equal((TicketPriority.Urgent, "billing"), (ticket.Priority, ticket.Category));
    }

    [Fact]
    public async Task Until_the_server_has_answered_the_question_stays_and_can_be_put_aside()
    {
        var (ann, number) = await AtStandingTicketAsync();
        await ChangeAsBenAsync(new ChangeTicket { Actor = await BenAsync(), Ticket = number, Priority = TicketPriority.High });
        await PickAsync(ann, "Priority", "Urgent");
        var dialog = ann.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "ben changed this ticket." });
        await Expect(dialog).ToBeVisibleAsync();
        var mayGoOn = await ann.HoldAsync("PATCH", $"**/tickets/{number}");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Sending" })).ToBeVisibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await ann.Page.RunAndWaitForResponseAsync(() => { mayGoOn.SetResult(); return Task.CompletedTask; }, answer => answer.Request.Method == "PATCH" && answer.Ok);
        await Expect(Field(ann, "Priority")).ToContainTextAsync("Urgent");
    }

    [Fact]
    public async Task To_keep_mine_where_the_server_refuses_it_tells_why()
    {
        var (ann, number) = await AtStandingTicketAsync();
        var ben = await BenAsync();
        await Host.DoAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = ben, Ticket = TicketKey.Parse(number) }, CancellationToken));
        await PickAsync(ann, "Status", "Pending");
        var dialog = ann.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "ben changed this ticket." });
        await Expect(dialog.GetByRole(AriaRole.Cell, new() { Name = "Closed" })).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        // By its role: what lies behind an open dialog is told to nobody.
        await Expect(ann.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = "Not saved:" })).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        Assert.Equal(TicketStatus.Closed, (await ReadAsync(number)).Ticket.Status);
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
    private async Task<(Visitor Ann, string Number)> AtStandingTicketAsync(bool isUnassigned = false)
    {
        var ann = await VisitAsync("ann");
        await ann.HearNothingAsync();
        var number = await OpenTicketAsync("alice", "Two at once");
        if (isUnassigned)
            await ChangeAsBenAsync(new ChangeTicket { Actor = await BenAsync(), Ticket = number, AssigneeId = null });
        await ann.OpenAsync($"/agent/t/{number}");
        return (ann, number);
    }

    private static async Task ChooseAsync(Visitor ann, string theirs, string mine, string choice)
    {
        var dialog = ann.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "ben changed this ticket." });
        await Expect(dialog.GetByRole(AriaRole.Cell)).ToHaveTextAsync([theirs, mine]);
        await dialog.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private async Task<AgentConversation> ReadAsync(string number)
    {
        var ben = await BenAsync();
        return (AgentConversation)(await Host.DoAsync(tickets => tickets.GetAsync(new GetTicket { Actor = ben, Ticket = TicketKey.Parse(number) }, CancellationToken)))!;
    }

    private async Task<Actor> BenAsync() => Actor.User(await Host.IdOfAsync("ben"), HelpDeskRoles.Support);

    private Task ChangeAsBenAsync(ChangeTicket change) => Host.DoAsync(tickets => tickets.ChangeAsync(change, CancellationToken));
}
