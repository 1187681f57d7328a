using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.AgentTicket;

/// <summary>An agent writes: first to whom, then what.</summary>
public sealed class ComposerTests(PortalHost host) : TicketTest(host)
{
    [Fact]
    public async Task There_is_no_message_box_before_Reply_or_Internal_note_is_pressed()
    {
        var (ann, _) = await AtTicketAsync("No box yet");
        await Expect(ann.Page.Locator("textarea")).ToHaveCountAsync(0);
        await Button(ann, "Reply").ClickAsync();
        await Expect(ann.Page.Locator("textarea")).ToHaveCountAsync(1);
        await Expect(ann.Page.Locator("textarea")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_box_says_who_will_read_it_and_so_does_its_button()
    {
        var (ann, _) = await AtTicketAsync("Who reads it");
        await Button(ann, "Reply").ClickAsync();
        await Expect(ann.Page.GetByText("To: alice")).ToBeVisibleAsync();
        await Expect(Button(ann, "Send reply to alice")).ToBeVisibleAsync();
        await Button(ann, "Internal note").ClickAsync();
        await Expect(ann.Page.GetByText("Only agents see this.")).ToBeVisibleAsync();
        await Expect(Button(ann, "Save internal note")).ToBeVisibleAsync();
        await Expect(Button(ann, "Send reply to alice")).ToHaveCountAsync(0);
        await Expect(Button(ann, "Send and mark as resolved")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Reply_and_note_have_drafts_of_their_own_which_outlive_a_switch_and_a_reload()
    {
        var (ann, _) = await AtTicketAsync("Two drafts");
        await Button(ann, "Reply").ClickAsync();
        await Box(ann).FillAsync("For Alice");
        await Button(ann, "Internal note").ClickAsync();
        await Expect(Box(ann)).ToHaveValueAsync("");
        await Box(ann).FillAsync("For colleagues");
        await Button(ann, "Reply").ClickAsync();
        await Expect(Box(ann)).ToHaveValueAsync("For Alice");
        await ann.Page.ReloadAsync();
        await Button(ann, "Internal note").ClickAsync();
        await Expect(Box(ann)).ToHaveValueAsync("For colleagues");
    }

    [Fact]
    public async Task A_draft_outlives_a_sign_out_and_a_new_assignee()
    {
        var (ann, number) = await AtTicketAsync("Kept");
        await Button(ann, "Reply").ClickAsync();
        await Box(ann).FillAsync("Not sent yet");
        // A box that is closed says that something waits in it.
        await Button(ann, "Reply").ClickAsync();
        await Expect(Box(ann)).ToHaveCountAsync(0);
        await Expect(Button(ann, "Reply")).ToHaveAccessibleDescriptionAsync("Draft saved");
        await Expect(Button(ann, "Internal note")).ToHaveAccessibleDescriptionAsync("");
        await Button(ann, "Reply").ClickAsync();
        await Expect(Button(ann, "Reply")).ToHaveAccessibleDescriptionAsync("");
        await ann.Context.ClearCookiesAsync();
        await Button(ann, "Send reply to alice").ClickAsync();
        await Expect(ann.Page.GetByText("Signed out. Your draft is kept.")).ToBeVisibleAsync();

        var ben = await Host.IdOfAsync("ben");
        await Host.DoAsync(tickets => tickets.ChangeAsync(new ChangeTicket { Actor = Actor.User(ben, HelpDeskRoles.Support), Ticket = number, AssigneeId = ben }, CancellationToken));
        await ann.SignInAsync("ann");
        await ann.OpenAsync($"/agent/t/{number}");
        await Button(ann, "Reply").ClickAsync();
        await Expect(Box(ann)).ToHaveValueAsync("Not sent yet");
    }

    [Fact]
    public async Task What_the_requester_writes_meanwhile_stops_the_answer_until_it_is_shown()
    {
        var (ann, number) = await AtTicketAsync("Crossing letters");
        await Button(ann, "Reply").ClickAsync();
        await Box(ann).FillAsync("Please restart it.");
        await ReplyAsync("alice", number, "Never mind, it works again.");
        await Expect(ann.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        await Expect(ann.Page.GetByText("Never mind, it works again.")).ToHaveCountAsync(0);
        await Box(ann).PressAsync("Control+Enter");
        Assert.Equal(2, (await MessagesAsync(number)).Count);

        await ann.Page.Locator(".hd-banner").GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(ann.Page.GetByText("Never mind, it works again.")).ToBeVisibleAsync();
        await Expect(Box(ann)).ToHaveValueAsync("Please restart it.");
        await Button(ann, "Send reply to alice").ClickAsync();
        await Expect(ann.Page.Locator("textarea")).ToHaveCountAsync(0);
        Assert.Equal(["It is so.", "Never mind, it works again.", "Please restart it."], await MessagesAsync(number));
    }

    [Fact]
    public async Task An_answer_that_crosses_a_message_on_its_way_is_stopped_by_the_server()
    {
        var (ann, number) = await AtTicketAsync("Crossing on the way");
        // The page learns of nothing by itself.
        await ann.HearNothingAsync();
        await ann.OpenAsync($"/agent/t/{number}");
        await Button(ann, "Reply").ClickAsync();
        await Box(ann).FillAsync("Please restart it.");
        await ReplyAsync("alice", number, "Never mind.");
        await Button(ann, "Send reply to alice").ClickAsync();
        await Expect(ann.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        await Expect(Box(ann)).ToHaveValueAsync("Please restart it.");
        Assert.Equal(2, (await MessagesAsync(number)).Count);
    }

    [Fact]
    public async Task A_note_that_crosses_an_answer_on_its_way_does_not_stop_it()
    {
        var (ann, number) = await AtTicketAsync("Crossing note");
        await ann.HearNothingAsync();
        await ann.OpenAsync($"/agent/t/{number}");
        await Button(ann, "Reply").ClickAsync();
        await Box(ann).FillAsync("Please restart it.");
        await ReplyAsync("ben", number, "She is on holiday.", isNote: true);
        await Button(ann, "Send reply to alice").ClickAsync();
        await Expect(ann.Page.Locator("textarea")).ToHaveCountAsync(0);
        Assert.Equal(["It is so.", "Please restart it."], await MessagesAsync(number));
    }

    [Fact]
    public async Task A_failed_answer_keeps_its_text_and_is_sent_once_however_often_it_is_tried()
    {
        var (ann, number) = await AtTicketAsync("Lost answer");
        var tries = 0;
        await ann.Context.RouteAsync("**/messages", async route =>
        {
            // The first one arrives, but its answer is lost.
            if (++tries == 1)
            {
                await route.FetchAsync();
                await route.AbortAsync();
                return;
            }

            await route.ContinueAsync();
        });
        await Button(ann, "Reply").ClickAsync();
        await Box(ann).FillAsync("Once only.");
        await Button(ann, "Send reply to alice").ClickAsync();
        await Expect(ann.Page.GetByText("Not saved: the server could not be reached.")).ToBeVisibleAsync();
        await Expect(Box(ann)).ToHaveValueAsync("Once only.");
        await Button(ann, "Try again").ClickAsync();
        await Expect(ann.Page.Locator("textarea")).ToHaveCountAsync(0);
        Assert.Equal(["It is so.", "Once only."], await MessagesAsync(number));
    }

    [Fact]
    public async Task A_saved_reply_goes_where_the_cursor_is()
    {
        var ann = await VisitAsync("ann");
        var answer = await ann.Context.APIRequest.PostAsync("/helpdesk/saved-replies", new() { DataObject = new { title = "Restart", body = "Please restart it.", shared = false } });
        Assert.True(answer.Ok);
        var number = await OpenTicketAsync("alice", "Saved reply");
        await ann.OpenAsync($"/agent/t/{number}");
        await Button(ann, "Reply").ClickAsync();
        await Box(ann).FillAsync("Hello Alice. ");
        await ann.Page.GetByRole(AriaRole.Combobox, new() { Name = "Saved replies" }).FillAsync("rest");
        await ann.Page.GetByRole(AriaRole.Option, new() { Name = "Restart" }).ClickAsync();
        await Expect(Box(ann)).ToHaveValueAsync("Hello Alice. Please restart it.");
        await Expect(Box(ann)).ToBeFocusedAsync();
    }

    private async Task<(Visitor Ann, string Number)> AtTicketAsync(string subject)
    {
        var ann = await VisitAsync("ann");
        var number = await OpenTicketAsync("alice", subject);
        await ann.OpenAsync($"/agent/t/{number}");
        return (ann, number);
    }

    /// <summary>The public messages, oldest first.</summary>
    private async Task<IReadOnlyList<string>> MessagesAsync(string number)
    {
        var alice = Actor.User(await Host.IdOfAsync("alice"));
        var conversation = (RequesterConversation)(await Host.DoAsync(tickets => tickets.GetAsync(new GetTicket { Actor = alice, Ticket = number }, CancellationToken)))!;
        return [.. conversation.Messages.Select(message => message.Body)];
    }
}
