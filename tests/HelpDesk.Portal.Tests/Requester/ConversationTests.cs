using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Requester;

public sealed class ConversationTests(PortalHost host) : RequesterTest(host)
{
    [Fact]
    public async Task A_long_conversation_is_opened_at_its_newest_with_the_middle_folded()
    {
        var number = await OpenTicketAsync("alice", "Long", "The first of all.");
        for (var i = 2; i <= 60; i++)
            await ReplyAsync(i % 2 == 0 ? "ann" : "alice", number, $"Message {i}.\nOf two lines.");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Expect(alice.Page.GetByText("Message 60.")).ToBeInViewportAsync();
        await Expect(alice.Page.GetByText("The first of all.")).Not.ToBeInViewportAsync();
        await Expect(alice.Page.GetByText("Message 30.")).ToHaveCountAsync(0);
        await Button(alice, "Show 10 messages in between").ClickAsync();
        await Expect(alice.Page.GetByText("Message 30.")).ToBeVisibleAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(60);

        // From the list too, where it has been asked for before it is opened.
        await alice.OpenAsync("/?q=long");
        await alice.Page.RunAndWaitForResponseAsync(() => Rows(alice).First.HoverAsync(), answer => answer.Url.EndsWith($"/tickets/{number}", StringComparison.Ordinal));
        await Rows(alice).First.ClickAsync();
        await Expect(alice.Page.GetByText("Message 60.")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task A_new_message_stops_send_until_it_is_shown()
    {
        var number = await OpenTicketAsync("alice", "Crossing");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Reply(alice).FillAsync("Never mind.");
        var send = Button(alice, "Send reply");
        var place = await send.BoundingBoxAsync();
        await ReplyAsync("ann", number, "Have you read me?");
        await Expect(alice.Page.GetByText("1 new message. Read before you send.")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByText("Have you read me?")).ToHaveCountAsync(0);
        Assert.Equal(place!.Y, (await send.BoundingBoxAsync())!.Y);
        await send.ClickAsync(new() { Force = true });
        await Expect(Button(alice, "Show")).ToBeFocusedAsync();
        await Reply(alice).PressAsync("Control+Enter");
        await Expect(Button(alice, "Show")).ToBeFocusedAsync();
        await Button(alice, "Send and mark as resolved").ClickAsync(new() { Force = true });
        await Expect(alice.Page.Locator(".hd-request-facts")).ToContainTextAsync("Awaiting your reply");
        await Expect(Messages(alice)).ToHaveCountAsync(1);

        await Button(alice, "Show").ClickAsync();
        await Expect(alice.Page.GetByText("Have you read me?")).ToBeInViewportAsync();
        await Expect(Messages(alice).Last).ToBeFocusedAsync();
        await send.ClickAsync();
        await Expect(Messages(alice).Last).ToContainTextAsync("Never mind.");
        Assert.Equal(["It is so.", "Have you read me?", "Never mind."], await BodiesAsync(number));
    }

    [Fact]
    public async Task A_message_of_which_nothing_was_told_yet_stops_send_too()
    {
        var number = await OpenTicketAsync("alice", "Untold");
        var alice = await VisitAsync("alice");
        // Neither events nor polling reach this page.
        await alice.HearNothingAsync();
        await alice.OpenAsync($"/t/{number}");
        await Reply(alice).FillAsync("Past you.");
        await ReplyAsync("ann", number, "Wait for me.");
        await Button(alice, "Send reply").ClickAsync();
        await Expect(Button(alice, "Show")).ToBeFocusedAsync();
        await Expect(Reply(alice)).ToHaveValueAsync("Past you.");
        Assert.Equal(["It is so.", "Wait for me."], await BodiesAsync(number));
        await Button(alice, "Show").ClickAsync();
        await Button(alice, "Send reply").ClickAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task A_change_that_is_no_message_stops_nothing()
    {
        var number = await OpenTicketAsync("alice", "Made urgent");
        var alice = await VisitAsync("alice");
        await alice.HearNothingAsync();
        await alice.OpenAsync($"/t/{number}");
        await Reply(alice).FillAsync("Is it?");
        var ann = await ActorAsync("ann");
        await Host.DoAsync(tickets => tickets.ChangeAsync(new ChangeTicket { Actor = ann, Ticket = TicketKey.Parse(number), Priority = TicketPriority.Urgent }, CancellationToken));
        await Button(alice, "Send reply").ClickAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(2);
        await Expect(alice.Page.Locator(".hd-request-facts")).ToContainTextAsync("Urgent");
    }

    [Fact]
    public async Task A_reply_to_a_closed_request_opens_a_linked_one()
    {
        var number = await OpenTicketAsync("alice", "Over");
        await CloseAsync("ann", number);
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Expect(alice.Page.GetByText("This request is closed. Your reply opens a new request that is linked to it.")).ToBeVisibleAsync();
        await Reply(alice).FillAsync("It is back.");
        await Button(alice, "Send reply").ClickAsync();
        await Expect(alice.Page).Not.ToHaveURLAsync(new Regex($"{number}$"));
        var next = await NumberAsync(alice);
        Assert.NotEqual(number, next);
        await Expect(Messages(alice)).ToHaveCountAsync(1);
        await Expect(Messages(alice).First).ToContainTextAsync("It is back.");
        await alice.Page.GetByRole(AriaRole.Link, new() { Name = "Follows an earlier request" }).ClickAsync();
        await Expect(alice.Page).ToHaveURLAsync(new Regex($"{number}$"));
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(number);
    }

    [Fact]
    public async Task A_reply_to_a_resolved_request_reopens_it()
    {
        var number = await OpenTicketAsync("alice", "Almost over");
        await ResolveAsync("ann", number);
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Expect(alice.Page.GetByText("Your reply reopens this request.")).ToBeVisibleAsync();
        await Reply(alice).FillAsync("Not yet.");
        await Reply(alice).PressAsync("Control+Enter");
        await Expect(alice.Page.Locator(".hd-request-facts")).ToContainTextAsync("Open");
        await Expect(Messages(alice).Last).ToContainTextAsync("Not yet.");
    }

    [Fact]
    public async Task What_is_written_goes_with_the_move()
    {
        var number = await OpenTicketAsync("alice", "Thanks");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Reply(alice).FillAsync("It works again.");
        await Button(alice, "Send and mark as resolved").ClickAsync();
        await Expect(alice.Page.Locator(".hd-request-facts")).ToContainTextAsync("Resolved");
        await Expect(Messages(alice).Last).ToContainTextAsync("It works again.");
        await Expect(Reply(alice)).ToHaveValueAsync("");
    }

    [Fact]
    public async Task A_double_click_on_a_move_is_one_move()
    {
        var number = await OpenTicketAsync("alice", "Clicked twice");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        var moves = new List<string>();
        alice.Page.Request += (_, request) =>
        {
            if (request.Method == "POST")
                moves.Add(new Uri(request.Url).Segments[^1]);
        };
        // The second click comes when the other button has come, and again in every frame of the 300 ms after that.
        await Button(alice, "Mark as resolved").EvaluateAsync(
            """
            resolve => {
              const { left, top, height } = resolve.getBoundingClientRect();
              const atPointer = () => document.elementFromPoint(left + 20, top + height / 2);
              resolve.click();
              return new Promise(done => {
                let since;
                requestAnimationFrame(function frame(now) {
                  if (atPointer()?.textContent === 'Reopen') since ??= now;
                  if (now - since >= 300) return done();
                  if (since !== undefined) atPointer()?.click();
                  requestAnimationFrame(frame);
                });
              });
            }
            """);
        await Expect(Button(alice, "Reopen")).ToBeEnabledAsync();
        await Expect(alice.Page.Locator(".hd-request-facts")).ToContainTextAsync("Resolved");
        Assert.Equal(["resolve"], moves);

        await Button(alice, "Reopen").ClickAsync();
        await Expect(alice.Page.Locator(".hd-request-facts")).ToContainTextAsync("Open");
    }

    [Fact]
    public async Task A_move_that_is_not_possible_any_more_is_told()
    {
        var number = await OpenTicketAsync("alice", "Too late");
        var alice = await VisitAsync("alice");
        await alice.HearNothingAsync();
        await alice.OpenAsync($"/t/{number}");
        await CloseAsync("ann", number);
        await Button(alice, "Mark as resolved").ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the request is now “Closed”");
        await Expect(alice.Page.Locator(".hd-request-facts")).ToContainTextAsync("Closed");
    }

    [Fact]
    public async Task A_reply_that_fails_stays_and_is_tried_again()
    {
        var number = await OpenTicketAsync("alice", "Stubborn");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        var tries = 0;
        await alice.Page.RouteAsync("**/messages", route => ++tries == 1 ? route.AbortAsync() : route.ContinueAsync());
        await Reply(alice).FillAsync("Again and again.");
        await Button(alice, "Send reply").ClickAsync();
        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("the server could not be reached");
        await Expect(Reply(alice)).ToHaveValueAsync("Again and again.");
        await Button(alice, "Try again").ClickAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(2);
        await Expect(alice.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Expect(alice.Page.Locator(".hd-toast")).ToHaveTextAsync("Sent.");
    }

    [Fact]
    public async Task A_reply_without_a_text_is_not_sent()
    {
        var number = await OpenTicketAsync("alice", "Speechless");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Button(alice, "Send reply").ClickAsync();
        await Expect(Reply(alice)).ToBeFocusedAsync();
        await Expect(Reply(alice)).ToHaveAccessibleDescriptionAsync("This is needed.");
        await Reply(alice).FillAsync(new string('x', 10_001));
        await Button(alice, "Send reply").ClickAsync();
        await Expect(Reply(alice)).ToHaveAccessibleDescriptionAsync("At most 10000 characters.");
        Assert.Single(await BodiesAsync(number));
    }

    [Fact]
    public async Task A_draft_of_a_reply_outlives_reload_and_the_end_of_the_session()
    {
        var number = await OpenTicketAsync("alice", "Drafted");
        var other = await OpenTicketAsync("alice", "Another");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Reply(alice).FillAsync("Half a th");
        await Expect(alice.Page.GetByText("Draft saved")).ToBeVisibleAsync();
        await alice.Page.ReloadAsync();
        await Expect(Reply(alice)).ToHaveValueAsync("Half a th");
        await alice.OpenAsync($"/t/{other}");
        await Expect(Reply(alice)).ToHaveValueAsync("");
        await alice.OpenAsync($"/t/{number}");
        await alice.Context.ClearCookiesAsync();
        await Reply(alice).PressAsync("End");
        await alice.Page.Keyboard.TypeAsync("ought");
        await Button(alice, "Send reply").ClickAsync();
        await Expect(alice.Page.GetByText("Signed out. Your draft is kept.")).ToBeVisibleAsync();
        await alice.SignInAsync("alice");
        await Button(alice, "Sign in").ClickAsync();
        await Expect(Reply(alice)).ToHaveValueAsync("Half a thought");
        await Button(alice, "Send reply").ClickAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_is_somebody_elses_is_not_there()
    {
        var number = await OpenTicketAsync("bob", "Bob's own");
        var alice = await VisitAsync("alice");
        await alice.OpenAsync($"/t/{number}");
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here." })).ToBeVisibleAsync();
        await alice.OpenAsync("/t/TKT-1999-000001");
        await Expect(alice.Page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here." })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_note_never_reaches_its_requester()
    {
        const string Canary = "canary-8f21c7";
        var number = await OpenTicketAsync("alice", "With a secret");
        await ReplyAsync("ann", number, "In the open.");
        await ReplyAsync("ann", number, $"Among us: {Canary}", isNote: true);
        var alice = await VisitAsync("alice");
        await alice.OpenAsync("/");
        await Expect(Rows(alice).First).ToBeVisibleAsync();
        await alice.OpenAsync($"/?q={Canary}");
        await Expect(alice.Page.GetByText("Nothing matches.")).ToBeVisibleAsync();
        await alice.OpenAsync($"/t/{number}");
        await Expect(Messages(alice)).ToHaveCountAsync(2);
        // Another note while it is open, and an answer by which it can be known that the page has seen what came before.
        await ReplyAsync("ben", number, $"Again: {Canary}", isNote: true);
        await ReplyAsync("ben", number, "Hello from Ben.");
        await Button(alice, "Show").ClickAsync();
        await Expect(Messages(alice)).ToHaveCountAsync(3);
        Assert.DoesNotContain(Canary, await alice.Page.ContentAsync(), StringComparison.Ordinal);
        var traffic = (await alice.TrafficAsync()).Replace($"q={Canary}", "", StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, traffic, StringComparison.Ordinal);
        Assert.Contains("In the open.", traffic, StringComparison.Ordinal);
    }

    private async Task<IEnumerable<string>> BodiesAsync(string number)
    {
        var actor = await ActorAsync("alice");
        var conversation = (RequesterConversation)(await Host.DoAsync(tickets => tickets.GetAsync(new GetTicket { Actor = actor, Ticket = TicketKey.Parse(number) }, CancellationToken)))!;
        return conversation.Messages.Select(message => message.Body);
    }
}
