using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.AgentTicket;

/// <summary>An agent says better what a ticket is about.</summary>
public sealed class SubjectTests(PortalHost host) : TicketTest(host)
{
    [Fact]
    public async Task A_subject_is_shown_changed_when_the_server_has_it_and_not_before()
    {
        var (ann, number) = await AtTicketAsync("Help!!!");
        var mayGoOn = await ann.HoldAsync("PATCH", $"**/tickets/{number}");
        await Edit(ann).ClickAsync();
        await Expect(Text(ann)).ToBeFocusedAsync();
        await Expect(Text(ann)).ToHaveValueAsync("Help!!!");
        await Text(ann).FillAsync("  Printer on the second floor is jammed ");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Expect(Text(ann)).Not.ToBeEditableAsync();
        await Expect(Title(ann)).ToHaveTextAsync("Help!!!");
        mayGoOn.SetResult();
        await Expect(Title(ann)).ToHaveTextAsync("Printer on the second floor is jammed");
        await Expect(Text(ann)).ToHaveCountAsync(0);
        await Expect(Edit(ann)).ToBeFocusedAsync();
        await Expect(ann.Page.GetByText("Subject changed.")).ToBeVisibleAsync();
        await Expect(ann.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("Printer on the second floor is jammed"));
        Assert.Equal("Printer on the second floor is jammed", await SubjectAsync(number));
    }

    [Fact]
    public async Task What_is_put_out_of_the_way_is_kept_as_a_draft()
    {
        var (ann, number) = await AtTicketAsync("As it was");
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("Not yet");
        await Expect(ann.Page.GetByText("Draft saved")).ToBeVisibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(Text(ann)).ToHaveCountAsync(0);
        await Expect(Button(ann, "Edit subject · Draft")).ToBeFocusedAsync();
        await Button(ann, "Edit subject · Draft").ClickAsync();
        await Expect(Text(ann)).ToHaveValueAsync("Not yet");
        await Expect(Text(ann)).ToBeFocusedAsync();
        Assert.Equal("As it was", await SubjectAsync(number));
    }

    [Fact]
    public async Task What_is_given_up_changes_nothing_and_the_keyboard_is_where_it_was()
    {
        var (ann, number) = await AtTicketAsync("As it was");
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("Never mind");
        await Button(ann, "Cancel").ClickAsync();
        await Expect(Edit(ann)).ToBeFocusedAsync();
        await Expect(Title(ann)).ToHaveTextAsync("As it was");
        await Edit(ann).ClickAsync();
        await Expect(Text(ann)).ToHaveValueAsync("As it was");
        Assert.Equal("As it was", await SubjectAsync(number));
    }

    [Fact]
    public async Task What_would_be_refused_is_told_at_the_field_and_not_sent()
    {
        var (ann, _) = await AtTicketAsync("Well known");
        var isSent = false;
        ann.Context.Request += (_, request) => isSent |= request.Method == "PATCH";
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync(" ");
        await Button(ann, "Save").ClickAsync();
        await Expect(Text(ann)).ToBeFocusedAsync();
        await Expect(Text(ann)).ToHaveAccessibleDescriptionAsync("This is needed.");
        await Text(ann).FillAsync(new string('s', 256));
        await Button(ann, "Save").ClickAsync();
        await Expect(Text(ann)).ToHaveAccessibleDescriptionAsync("At most 255 characters.");
        // What is the same already needs no call.
        await Text(ann).FillAsync(" Well known ");
        await Button(ann, "Save").ClickAsync();
        await Expect(Edit(ann)).ToBeFocusedAsync();
        Assert.False(isSent);
    }

    [Theory]
    [InlineData("Use theirs", "Ben's words", true)]
    [InlineData("Keep mine", "Ann's words", true)]
    [InlineData("Use theirs", "Ben's words", false)]
    [InlineData("Keep mine", "Ann's words", false)]
    public async Task Two_subjects_are_both_shown_and_either_may_win(string choice, string becomes, bool isToldMeanwhile)
    {
        var (ann, number) = await AtTicketAsync("Nobody's words", isTold: isToldMeanwhile);
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("Ann's words");
        await ChangeAsBenAsync(number, change => change with { Subject = "Ben's words" });
        // What is told while she writes is not what she has read when she began.
        if (isToldMeanwhile)
            await Expect(Title(ann)).ToHaveTextAsync("Ben's words");
        await Button(ann, "Save").ClickAsync();
        var dialog = Conflict(ann);
        await Expect(dialog.GetByRole(AriaRole.Cell)).ToHaveTextAsync(["Ben's words", "Ann's words"]);
        await dialog.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(Title(ann)).ToHaveTextAsync(becomes);
        await Expect(Edit(ann)).ToBeFocusedAsync();
        Assert.Equal(becomes, await SubjectAsync(number));
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task However_long_their_words_are_both_are_seen(int width)
    {
        var ann = await VisitAsync("ann", new() { Width = width, Height = 844 });
        await ann.HearNothingAsync();
        var number = await OpenTicketAsync("alice", "Short");
        await ann.OpenAsync($"/agent/t/{number}");
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync(new string('m', 255));
        await ChangeAsBenAsync(number, change => change with { Subject = $"https://example.com/{new string('t', 200)}" });
        await Button(ann, "Save").ClickAsync();
        await Expect(Conflict(ann)).ToBeVisibleAsync();
        var widths = await ann.Page.Locator(".hd-modal").EvaluateAsync<int[]>("modal => [modal.scrollWidth, modal.clientWidth]");
        Assert.Equal(widths[1], widths[0]);
        foreach (var cell in await Conflict(ann).GetByRole(AriaRole.Cell).AllAsync())
            await Expect(cell).ToBeInViewportAsync();
        var right = await Conflict(ann).GetByRole(AriaRole.Cell).Last.EvaluateAsync<double>("cell => cell.querySelector('bdi').getBoundingClientRect().right - document.querySelector('.hd-modal').getBoundingClientRect().right");
        Assert.True(right <= 0, $"It is {right} px too far to the right.");
    }

    [Fact]
    public async Task It_is_saved_when_the_server_says_so_and_not_when_the_rest_of_the_ticket_is_there()
    {
        var (ann, number) = await AtTicketAsync("Slow beside it");
        var mayGoOn = new TaskCompletionSource();
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("Quick all the same");
        await ann.Page.RouteAsync(new System.Text.RegularExpressions.Regex($"/tickets/{number}/(sla|history)"), async route =>
        {
            await mayGoOn.Task;
            await route.ContinueAsync();
        });
        await Button(ann, "Save").ClickAsync();
        await Expect(ann.Page.GetByText("Subject changed.")).ToBeVisibleAsync();
        await Expect(Title(ann)).ToHaveTextAsync("Quick all the same");
        mayGoOn.SetResult();
    }

    [Fact]
    public async Task Who_does_not_choose_between_two_subjects_still_has_what_they_typed()
    {
        var (ann, number) = await AtTicketAsync("Nobody's words", isTold: false);
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("Ann's words");
        await ChangeAsBenAsync(number, change => change with { Subject = "Ben's words" });
        await Button(ann, "Save").ClickAsync();
        await Expect(Conflict(ann)).ToBeVisibleAsync();
        await ann.Page.Keyboard.PressAsync("Escape");
        await Expect(Conflict(ann)).ToHaveCountAsync(0);
        await Expect(Text(ann)).ToHaveValueAsync("Ann's words");
        Assert.Equal("Ben's words", await SubjectAsync(number));
        await Button(ann, "Save").ClickAsync();
        await Conflict(ann).GetByRole(AriaRole.Button, new() { Name = "Keep mine" }).ClickAsync();
        await Expect(Title(ann)).ToHaveTextAsync("Ann's words");
    }

    [Fact]
    public async Task Who_wrote_nothing_takes_nothing_back()
    {
        var (ann, number) = await AtTicketAsync("Nobody's words");
        await Edit(ann).ClickAsync();
        await ChangeAsBenAsync(number, change => change with { Subject = "Ben's words" });
        await Expect(Title(ann)).ToHaveTextAsync("Ben's words");
        await Button(ann, "Save").ClickAsync();
        await Expect(Edit(ann)).ToBeFocusedAsync();
        await Expect(Conflict(ann)).ToHaveCountAsync(0);
        Assert.Equal("Ben's words", await SubjectAsync(number));
    }

    [Fact]
    public async Task The_same_words_of_both_are_no_question()
    {
        var (ann, number) = await AtTicketAsync("Nobody's words", isTold: false);
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("The words of both");
        await ChangeAsBenAsync(number, change => change with { Subject = "The words of both" });
        await Button(ann, "Save").ClickAsync();
        await Expect(Edit(ann)).ToBeFocusedAsync();
        await Expect(Title(ann)).ToHaveTextAsync("The words of both");
        await Expect(Conflict(ann)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Who_has_left_is_told_that_it_was_not_saved()
    {
        var (ann, number) = await AtTicketAsync("Left too early");
        var mayGoOn = await ann.HoldAsync("PATCH", $"**/tickets/{number}", isLost: true);
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("Better words");
        await Button(ann, "Save").ClickAsync();
        await ann.Page.GetByRole(AriaRole.Link, new() { Name = "Queues" }).ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Name = "Mine" })).ToBeVisibleAsync();
        mayGoOn.SetResult();
        await Expect(ann.Page.GetByText($"{number}: Not saved: the server could not be reached.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_change_of_something_else_meanwhile_does_not_disturb()
    {
        var (ann, number) = await AtTicketAsync("Before", isTold: false);
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("After");
        await ChangeAsBenAsync(number, change => change with { Category = "moved" });
        await Button(ann, "Save").ClickAsync();
        await Expect(Title(ann)).ToHaveTextAsync("After");
        await Expect(Field(ann, "Category")).ToContainTextAsync("moved");
        await Expect(Conflict(ann)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_refused_or_not_saved_when_the_page_went_is_still_there()
    {
        var (ann, number) = await AtTicketAsync("Before");
        await Edit(ann).ClickAsync();
        await Text(ann).FillAsync("After all");
        await ann.Page.RouteAsync($"**/tickets/{number}", route => route.Request.Method == "PATCH" ? route.AbortAsync() : route.ContinueAsync());
        await Button(ann, "Save").ClickAsync();
        await Expect(ann.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Not saved: the server could not be reached.");
        await Expect(Text(ann)).ToHaveValueAsync("After all");
        await Expect(Title(ann)).ToHaveTextAsync("Before");

        // It is open again, and leaves the keyboard where it is.
        await ann.Page.ReloadAsync();
        await Expect(Text(ann)).ToHaveValueAsync("After all");
        await Expect(Text(ann)).Not.ToBeFocusedAsync();
        await ann.Page.UnrouteAllAsync();
        await Button(ann, "Save").ClickAsync();
        await Expect(Title(ann)).ToHaveTextAsync("After all");
        await ann.Page.ReloadAsync();
        await Edit(ann).PressAsync("Enter");
        await Expect(Text(ann)).ToHaveValueAsync("After all");
    }

    private static ILocator Title(Visitor visitor) => visitor.Page.Locator("main h1");

    private static ILocator Edit(Visitor visitor) => Button(visitor, "Edit subject");

    private static ILocator Text(Visitor visitor) => visitor.Page.GetByLabel("Subject", new() { Exact = true });

    private static ILocator Conflict(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Alertdialog, new() { Name = "ben changed this ticket." });

    private async Task<(Visitor Ann, string Number)> AtTicketAsync(string subject, bool isTold = true)
    {
        var ann = await VisitAsync("ann");
        if (!isTold)
            await ann.HearNothingAsync();
        var number = await OpenTicketAsync("alice", subject);
        await ann.OpenAsync($"/agent/t/{number}");
        return (ann, number);
    }

    private async Task<string> SubjectAsync(string number)
    {
        var ben = await BenAsync();
        return ((AgentConversation)(await Host.DoAsync(tickets => tickets.GetAsync(new GetTicket { Actor = ben, Ticket = TicketKey.Parse(number) }, CancellationToken)))!).Ticket.Subject;
    }

    private async Task<Actor> BenAsync() => Actor.User(await Host.IdOfAsync("ben"), HelpDeskRoles.Support);

    private async Task ChangeAsBenAsync(string number, Func<ChangeTicket, ChangeTicket> change)
    {
        var command = change(new ChangeTicket { Actor = await BenAsync(), Ticket = number });
        await Host.DoAsync(tickets => tickets.ChangeAsync(command, CancellationToken));
    }
}
