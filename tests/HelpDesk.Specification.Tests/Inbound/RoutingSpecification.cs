using HelpDesk.Inbound;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Inbound;

/// <summary>To which ticket a mail belongs, and who may write there.</summary>
public abstract class RoutingSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    [Fact]
    public async Task A_stranger_opens_a_ticket_and_is_known_by_mail_only()
    {
        var mail = await DeliverAsync(new Eml { Body = "It smokes.\r\n" });

        Assert.Equal((InboundMailState.Processed, "Opened by mail."), (mail.State, mail.Reason));
        var ticket = Assert.IsType<AgentTicket>(await Desk.SeeAsync(Ann, mail.TicketId!.Value));
        Assert.Equal(("The printer burns", TicketChannel.Email, (string?)null, "Zoe", Zoe), (ticket.Subject, ticket.Channel, ticket.Requester.Id, ticket.Requester.Name, ticket.RequesterEmail));
        Assert.Equal(["It smokes."], await TextsAsync(ticket.Id));
        var entry = (await Desk.HistoryAsync(ticket.Id))[0];
        Assert.Equal(("opened", "email", "Opened by mail.", TicketRole.Requester, "Zoe"), (entry.Action, entry.Via, entry.Reason![..15], entry.Actor.Kind, (await Desk.ConversationAsync(Ann, ticket.Id))!.Messages()[0].Author.Name));
    }

    [Fact]
    public async Task Whose_sender_is_forged_is_not_answered()
    {
        // Backscatter: the one who is told has written nothing, and reads what the forger wants them to.
        var mail = await DeliverAsync(new Eml { Headers = ["X-Test-Sender: fail"] });

        Assert.Equal(["root Opened"], await ToldAsync(mail.TicketId!.Value));
    }

    [Theory]
    [InlineData("<{0}>")]
    [InlineData("Somebody <{0}>")]
    public async Task A_reply_address_is_one_in_brackets_too(string form)
    {
        var ticket = await OpenByMailAsync();

        var answer = await DeliverAsync(new Eml { Body = "More." }, string.Format(null, form, await ReplyAddressAsync(ticket, Zoe)));

        Assert.Equal(ticket, answer.TicketId);
    }

    [Fact]
    public async Task A_user_who_has_confirmed_the_address_opens_a_ticket_of_their_own()
    {
        var mail = await DeliverAsync(new Eml { From = "Alice <ALICE@example.org>" });

        Assert.Equal(Alice.Id, (await Desk.SeeAsync(Alice, mail.TicketId!.Value)).Requester.Id);
        Assert.Equal(Alice.Id, (await Desk.ConversationAsync(Alice, mail.TicketId.Value))!.Messages()[0].Author.Id);
    }

    [Fact]
    public async Task Whoever_opened_it_by_mail_is_told_and_answers_to_their_own_address()
    {
        var ticket = await OpenByMailAsync();
        await Desk.ReplyAsync(Ann, ticket, "Unplug it.");
        await Desk.DispatchAsync();

        var letter = LastTo(ticket, Zoe);
        var answer = await DeliverAsync(new Eml { Subject = "Whatever", Body = "I did." }, $"REPLY+{letter.Recipient.ReplyToken.ToUpperInvariant()}@Reply.Desk.Example");

        Assert.Equal((InboundMailState.Processed, ticket), (answer.State, answer.TicketId));
        Assert.Equal("By the reply address of its sender.", answer.Reason);
        Assert.Equal(["Since this morning.", "Unplug it.", "I did."], await TextsAsync(ticket));
        Assert.Equal(TicketStatus.Open, (await Desk.SeeAsync(Ann, ticket)).Status);
        Assert.Equal(["ann RequesterReplied"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task An_answer_is_known_by_the_mail_that_it_answers()
    {
        var ticket = await OpenByMailAsync();
        await Desk.ReplyAsync(Ann, ticket);
        await Desk.DispatchAsync();

        var answer = await DeliverAsync(new Eml { InReplyTo = "<other@example.net>", Headers = [$"References: <a@b.example>\r\n\t{LastTo(ticket, Zoe).MessageId} <c@d.example>"], Body = "Thank you." });

        Assert.Equal((ticket, "By the mail to its sender that it answers."), (answer.TicketId!.Value, answer.Reason));
        Assert.Equal(3, (await TextsAsync(ticket)).Count);
    }

    [Fact]
    public async Task The_mail_to_somebody_else_is_no_evidence()
    {
        var ticket = await OpenByMailAsync();

        var other = await DeliverAsync(new Eml { From = "mallory@example.net", InReplyTo = LastTo(ticket, Zoe).MessageId });

        Assert.NotEqual(ticket, other.TicketId);
        Assert.Single(await TextsAsync(ticket));
    }

    [Theory]
    [InlineData("Re: [{0}] The printer burns")]
    [InlineData("{0}")]
    [InlineData("about #{0}: more")]
    [InlineData("AW: ({0})")]
    public async Task A_participant_may_name_the_number(string subject)
    {
        var ticket = await OpenByMailAsync();
        var number = (await Desk.SeeAsync(Ann, ticket)).Number;

        var answer = await DeliverAsync(new Eml { Subject = string.Format(null, subject, number.ToLowerInvariant()), Body = "More." });

        Assert.Equal(ticket, answer.TicketId);
        Assert.Contains(number, answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}1")]
    [InlineData("x{0}")]
    [InlineData("{0}-b")]
    public async Task A_number_within_a_longer_word_is_none(string subject)
    {
        var ticket = await OpenByMailAsync();
        var number = (await Desk.SeeAsync(Ann, ticket)).Number;

        var other = await DeliverAsync(new Eml { Subject = string.Format(null, subject, number) });

        Assert.NotEqual(ticket, other.TicketId);
    }

    [Fact]
    public async Task An_answer_to_a_closed_ticket_opens_a_linked_one()
    {
        var ticket = await OpenByMailAsync();
        await Desk.CloseAsync(Ann, ticket);

        var answer = await DeliverAsync(new Eml { Body = "Still burning." }, await ReplyAddressAsync(ticket, Zoe));

        var linked = await Desk.SeeAsync(Ann, answer.TicketId!.Value);
        Assert.Equal((ticket, "The printer burns", "Zoe"), (linked.LinkedTo!.Value, linked.Subject, linked.Requester.Name));
        Assert.Equal(TicketStatus.Closed, (await Desk.SeeAsync(Ann, ticket)).Status);
    }

    [Fact]
    public async Task An_answer_reopens_what_was_resolved_a_moment_ago()
    {
        var ticket = await OpenByMailAsync();
        await Desk.ResolveAsync(Ann, ticket);

        await DeliverAsync(new Eml { Body = "Not at all." }, await ReplyAddressAsync(ticket, Zoe));

        Assert.Equal(TicketStatus.Open, (await Desk.SeeAsync(Ann, ticket)).Status);
    }

    [Fact]
    public async Task An_agent_answers_by_mail_with_token_address_and_a_passed_check()
    {
        var ticket = await OpenByMailAsync();
        var address = await AnnsAddressAsync(ticket);

        var answer = await DeliverAsync(new Eml { From = "Ann <ann@example.org>", Headers = ["X-Test-Sender: pass"], Body = "Unplug it." }, address);

        Assert.Equal(InboundMailState.Processed, answer.State);
        var ticketNow = Assert.IsType<AgentTicket>(await Desk.SeeAsync(Ann, ticket));
        Assert.Equal((TicketStatus.Pending, Ann.Id), (ticketNow.Status, ticketNow.Assignee!.Id));
        Assert.NotNull(ticketNow.FirstRespondedAt);
        Assert.Contains($"{Zoe} AgentReplied", await ToldAsync(ticket));
    }

    [Theory]
    [InlineData("X-Test-Sender: fail")]
    [InlineData("X-Other: pass")]
    [InlineData("X-Test-Sender: pass\r\nX-Test-Sender: pass")]
    public async Task An_agent_whom_nobody_has_authenticated_is_held(string header)
    {
        var ticket = await OpenByMailAsync();
        var address = await AnnsAddressAsync(ticket);

        var answer = await DeliverAsync(new Eml { From = "Ann <ann@example.org>", Headers = [header], Body = "Send me your password." }, address);

        Assert.Equal((InboundMailState.Held, ticket), (answer.State, answer.TicketId));
        Assert.DoesNotContain("Send me your password.", await TextsAsync(ticket));
        Assert.Empty(await ToldAsync(ticket));
    }

    [Fact]
    public async Task Whoever_is_no_agent_any_more_does_not_answer_as_one()
    {
        var ticket = await OpenByMailAsync();
        var address = await AnnsAddressAsync(ticket);
        Desk.Users.Add(Ann.Id, "Ann");

        var answer = await DeliverAsync(new Eml { From = "ann@example.org", Headers = ["X-Test-Sender: pass"] }, address);

        Assert.Equal(InboundMailState.Held, answer.State);
    }

    [Fact]
    public async Task An_answer_to_a_note_becomes_a_note_even_when_it_is_released()
    {
        var ticket = await OpenByMailAsync();
        await Desk.ReplyAsync(Ann, ticket);
        await Desk.NoteAsync(Ben, ticket, "What do you think?");
        await Desk.DispatchAsync();
        var note = Last(ticket, Ann.Id);
        Assert.Equal(HelpDesk.Notifications.NotificationKind.NoteAdded, note.Kind);

        var held = await DeliverAsync(new Eml { From = "ann@example.org", Headers = ["X-Test-Sender: pass"], InReplyTo = note.MessageId, Body = "He is a fool." });
        Assert.Equal((InboundMailState.Held, ticket), (held.State, held.TicketId));
        await OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Ann, Mail = held.Id }, Token));
        await DeliverAsync(new Eml { From = "ann@example.org", Headers = ["X-Test-Sender: pass"], InReplyTo = note.MessageId, Body = "He really is." }, await ReplyAddressAsync(ticket, Ann.Id));

        var messages = ((AgentConversation)(await Desk.ConversationAsync(Ann, ticket))!).Messages;
        Assert.Equal([true, true], messages.Where(message => message.Body.StartsWith("He ", StringComparison.Ordinal)).Select(message => message.IsPrivate));
        Assert.DoesNotContain($"{Zoe} AgentReplied", await ToldAsync(ticket));
    }

    [Fact]
    public async Task Mails_of_one_sender_become_messages_in_their_order()
    {
        var address = await ReplyAddressAsync(await OpenByMailAsync(), Zoe);
        for (var i = 1; i <= 12; i++)
        {
            Desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await ReceiveAsync(new Eml { Body = $"Number {i}" }, address);
        }

        await ProcessAsync();

        var ticket = (await Desk.ReadAsync(context => context.Set<InboundMail>().AsNoTracking().Where(mail => mail.Recipient == address).Select(mail => mail.TicketId).Distinct().SingleAsync(Token)))!.Value;
        Assert.Equal(Enumerable.Range(1, 12).Select(i => $"Number {i}"), (await TextsAsync(ticket)).Skip(1));
    }

    [Fact]
    public async Task Answers_continue_the_conversation_of_the_mail_program()
    {
        var first = new Eml();
        var ticket = await OpenByMailAsync(first);
        var second = new Eml { Body = "Hello?" };
        await DeliverAsync(second, await ReplyAddressAsync(ticket, Zoe));
        await Desk.ReplyAsync(Ann, ticket);
        await Desk.DispatchAsync();

        var references = LastTo(ticket, Zoe).References;
        Assert.Equal(first.MessageId, references[0]);
        Assert.Equal(second.MessageId, references[^1]);
        Assert.Equal(3, references.Count);
    }
}
