using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Inbound;

/// <summary>Machines open nothing, reopen nothing, and are not answered.</summary>
public abstract class AutomaticMailSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    [Theory]
    [InlineData("Auto-Submitted: auto-replied", InboundMailState.Rejected)]
    [InlineData("Precedence: bulk", InboundMailState.Rejected)]
    [InlineData("X-Autoreply: yes", InboundMailState.Rejected)]
    [InlineData("List-Id: <news.example.net>", InboundMailState.Held)]
    public async Task It_opens_no_ticket(string header, InboundMailState state)
    {
        var mail = await DeliverAsync(new Eml { Headers = [header] });

        Assert.Equal((state, (Guid?)null), (mail.State, mail.TicketId));
    }

    [Fact]
    public async Task A_host_may_let_it_open_tickets_which_are_not_answered()
    {
        await using var desk = await Fixture.StartAsync(MailSetup(options => options.Inbound.OpensForAutomaticMail = true));
        var receipt = await ReceiveAsync(desk, new Eml { Headers = ["Auto-Submitted: auto-generated"] }.ToBytes());
        await ProcessAsync(desk);

        var ticket = (await FindAsync(receipt.Id)).TicketId!.Value;
        Assert.Equal(["root Opened"], await ToldAsync(desk, ticket));
    }

    [Fact]
    public async Task Auto_submitted_no_is_a_person_and_who_forbids_answers_gets_none()
    {
        var person = await DeliverAsync(new Eml { Headers = ["Auto-Submitted: no"] });
        Assert.Contains($"{Zoe} Received", await ToldAsync(person.TicketId!.Value));

        var quiet = await DeliverAsync(new Eml { Subject = "Another", Headers = ["X-Auto-Response-Suppress: OOF, AutoReply"] });
        Assert.Equal(["root Opened"], await ToldAsync(quiet.TicketId!.Value));
        await Desk.ReplyAsync(Ann, quiet.TicketId.Value);
        Assert.Equal([$"{Zoe} AgentReplied"], await ToldAsync(quiet.TicketId.Value));
    }

    [Theory]
    [InlineData(TicketStatus.Open)]
    [InlineData(TicketStatus.Pending)]
    [InlineData(TicketStatus.Resolved)]
    [InlineData(TicketStatus.Closed)]
    public async Task An_absence_note_is_kept_for_agents_and_changes_nothing(TicketStatus status)
    {
        var ticket = (await TicketThatIs(status)).Id;
        await Desk.DispatchAsync();
        var before = (RequesterTicket)await Desk.SeeAsync(Alice, ticket);

        var mail = await DeliverAsync(new Eml { From = "alice@example.org", Headers = ["Auto-Submitted: auto-replied"], Body = "I am away." }, await ReplyAddressAsync(ticket, Alice.Id), "<>");

        Assert.Equal((InboundMailState.Processed, ticket), (mail.State, mail.TicketId));
        Assert.Equal(before, await Desk.SeeAsync(Alice, ticket));
        Assert.DoesNotContain("I am away.", await Desk.TextsAsync(Alice, ticket));
        var note = ((AgentConversation)(await Desk.ConversationAsync(Ann, ticket))!).Messages[^1];
        Assert.Equal(("I am away.", true), (note.Body, note.IsPrivate));
        Assert.Empty(await ToldAsync(ticket));
        Assert.Null((await Desk.StoredAsync(ticket)).AwaitingReplySince is { } since && since > before.UpdatedAt ? since : null);
    }

    [Fact]
    public async Task An_agents_absence_note_is_dropped()
    {
        var ticket = await OpenByMailAsync();

        var mail = await DeliverAsync(new Eml { From = "ann@example.org", Headers = ["X-Test-Sender: pass", "Auto-Submitted: auto-replied"] }, await AnnsAddressAsync(ticket));

        Assert.Equal(InboundMailState.Rejected, mail.State);
    }

    [Fact]
    public async Task A_bounce_marks_the_address_and_tells_agents_but_writes_no_message()
    {
        var ticket = await OpenByMailAsync();
        var other = (await DeliverAsync(new Eml { Subject = "Another" })).TicketId!.Value;

        var mail = await DeliverAsync(Bounce(LastTo(ticket, Zoe).MessageId, Zoe, "5.1.1"), sender: "");

        Assert.Equal((InboundMailState.Processed, ticket), (mail.State, mail.TicketId));
        Assert.Equal(["Since this morning."], await TextsAsync(ticket));
        var entry = (await Desk.HistoryAsync(ticket))[^1];
        Assert.Equal("undeliverable", entry.Action);
        Assert.Contains("550 no such user", entry.Reason, StringComparison.Ordinal);
        foreach (var one in new[] { ticket, other })
            await Desk.ReplyAsync(Ann, one);
        await Desk.DispatchAsync();
        Assert.DoesNotContain(Postman.Of(ticket).Concat(Postman.Of(other)), letter => letter.Kind == NotificationKind.AgentReplied);

        // Who writes again, of whatever, can be reached again, about everything.
        await DeliverAsync(new Eml { Subject = "A third", Body = "I am here." });
        foreach (var one in new[] { ticket, other })
        {
            await Desk.ReplyAsync(Ann, one, "Good.");
            Assert.Contains($"{Zoe} AgentReplied", await ToldAsync(one));
        }
    }

    [Fact]
    public async Task A_persons_mail_that_only_looks_like_a_bounce_is_held_and_not_lost()
    {
        var mail = await DeliverAsync(new Eml { Body = "Sent by the contact form." }, sender: "");

        Assert.Equal(InboundMailState.Held, mail.State);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("Return-Path: <>", Zoe)]
    [InlineData("X-Failed-Recipients: a@example.net", Zoe)]
    public async Task An_answer_that_only_looks_like_a_bounce_is_kept_as_a_note(string? header, string sender)
    {
        // It was taken for a report of the mail that it answers, and lost.
        var ticket = await OpenByMailAsync();

        var mail = await DeliverAsync(new Eml { Headers = header is null ? [] : [header], InReplyTo = LastTo(ticket, Zoe).MessageId, Body = "I am a person." }, await ReplyAddressAsync(ticket, Zoe), sender);

        Assert.Equal((InboundMailState.Processed, ticket), (mail.State, mail.TicketId));
        Assert.Contains("I am a person.", await TextsAsync(ticket));
    }

    [Theory]
    [InlineData("4.2.2", Zoe)]
    [InlineData("5.1.1", "somebody@else.example")]
    public async Task A_bounce_that_is_not_final_or_of_somebody_else_marks_nobody(string status, string recipient)
    {
        var ticket = await OpenByMailAsync();

        var mail = await DeliverAsync(Bounce(LastTo(ticket, Zoe).MessageId, recipient, status), sender: "");

        Assert.Equal(InboundMailState.Processed, mail.State);
        await Desk.ReplyAsync(Ann, ticket);
        Assert.Contains($"{Zoe} AgentReplied", await ToldAsync(ticket));
    }

    [Fact]
    public async Task A_bounce_of_a_mail_that_is_none_of_ours_does_nothing()
    {
        var ticket = await OpenByMailAsync();

        var mail = await DeliverAsync(Bounce("<guess@desk.example>", Zoe, "5.1.1"), await ReplyAddressAsync(ticket, Zoe), "");

        Assert.Equal((InboundMailState.Processed, (Guid?)null), (mail.State, mail.TicketId));
        Assert.Single(await TextsAsync(ticket));
        Assert.False(await Desk.ReadAsync(context => context.Set<Participant>().AnyAsync(person => person.TicketId == ticket && person.Undeliverable, Token)));
    }

    [Fact]
    public async Task A_report_of_the_provider_counts_once_and_only_for_our_own_mail()
    {
        var ticket = await OpenByMailAsync();
        var messageId = LastTo(ticket, Zoe).MessageId;

        await ReportAsync(DeliveryReportKind.Failed, "<other@x.example>", Zoe);
        await ReportAsync(DeliveryReportKind.Failed, messageId, "other@x.example");
        Assert.DoesNotContain(await Desk.HistoryAsync(ticket), entry => entry.Action == "undeliverable");

        await ReportAsync(DeliveryReportKind.Failed, messageId.Trim('<', '>'), "ZOE@example.net", "used");
        await ReportAsync(DeliveryReportKind.Failed, messageId, Zoe);
        Assert.Single(await Desk.HistoryAsync(ticket), entry => entry.Action == "undeliverable");

        // A key that has brought something brings nothing else: the provider signs no more than the key.
        await ReceiveAsync(new Eml { From = "other@example.net" }, key: "mails");
        foreach (var key in new[] { "used", "mails" })
            await ReportAsync(DeliveryReportKind.Complained, messageId, Zoe, key);
        Assert.DoesNotContain(await Desk.HistoryAsync(ticket), entry => entry.Action == "complained");
    }

    [Fact]
    public async Task Whoever_complains_gets_agents_answers_only()
    {
        const string Annoyed = "annoyed@example.net";
        var ticket = await OpenByMailAsync(new Eml { From = Annoyed });
        await ReportAsync(DeliveryReportKind.Complained, LastTo(ticket, Annoyed).MessageId, Annoyed);

        var next = (await DeliverAsync(new Eml { From = Annoyed, Subject = "Something else" })).TicketId!.Value;
        Assert.Equal(["root Opened"], await ToldAsync(next));
        await Desk.ResolveAsync(Ann, ticket);
        Assert.DoesNotContain(await ToldAsync(ticket), told => told.StartsWith(Annoyed, StringComparison.Ordinal));
        await Desk.ReplyAsync(Ann, ticket);
        Assert.Contains($"{Annoyed} AgentReplied", await ToldAsync(ticket));
        Assert.Single(await Desk.HistoryAsync(ticket), entry => entry.Action == "complained");
    }

    [Fact]
    public async Task Of_one_subject_an_address_gets_two_automatic_mails_in_three_hours()
    {
        var told = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            var ticket = (await DeliverAsync(new Eml { Subject = i % 2 == 0 ? "Are you there?" : "RE: Are you there?" })).TicketId!.Value;
            told.Add((await ToldAsync(ticket)).Count(line => line.StartsWith(Zoe, StringComparison.Ordinal)));
            if (i > 1)
                Assert.Contains("automatic mails of this subject", (await Desk.HistoryAsync(ticket))[^1].Reason, StringComparison.Ordinal);
            Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([1, 1, 0, 0], told);
        Desk.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Contains($"{Zoe} Received", await ToldAsync((await DeliverAsync(new Eml { Subject = "Are you there?" })).TicketId!.Value));
    }

    [Fact]
    public async Task Of_any_subject_an_address_gets_ten_automatic_mails_in_three_hours_and_every_answer()
    {
        var tickets = new List<Guid>();
        for (var i = 0; i < 13; i++)
        {
            tickets.Add((await DeliverAsync(new Eml { Subject = $"Subject {i}" })).TicketId!.Value);
            // One after the other, each at its own time: mails that are decided at the same instant may miss each other (decision 0014), and once did here.
            await Desk.DispatchAsync();
            Desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(10, tickets.Sum(ticket => Postman.Of(ticket).Count(letter => letter.Recipient.Email == Zoe)));

        await Desk.ReplyAsync(Ann, tickets[12]);
        Assert.Contains($"{Zoe} AgentReplied", await ToldAsync(tickets[12]));
    }

    /// <summary>Of several at once the first ones go: a mail counts those that were decided before it, and can miss only those whose commit is under way.</summary>
    [Fact]
    public async Task Of_many_at_once_ten_go_and_at_most_those_more_that_are_decided_at_the_same_time()
    {
        var tickets = new List<Guid>();
        for (var i = 0; i < 30; i++)
            tickets.Add((await DeliverAsync(new Eml { Subject = $"At once {i}" })).TicketId!.Value);
        Desk.Clock.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        await Desk.DispatchAsync();
        Desk.Clock.AutoAdvanceAmount = TimeSpan.Zero;

        Assert.InRange(tickets.Sum(ticket => Postman.Of(ticket).Count(letter => letter.Recipient.Email == Zoe)), 10, 10 + new HelpDeskOptions().Outbox.Parallelism);
    }

    [Fact]
    public async Task What_agents_do_is_told_however_often()
    {
        var ticket = await OpenByMailAsync();
        for (var i = 0; i < 4; i++)
        {
            await Desk.ResolveAsync(Ann, ticket);
            Assert.Contains($"{Zoe} Resolved", await ToldAsync(ticket));
            await Desk.ReopenAsync(Ann, ticket);
        }
    }

    [Fact]
    public async Task Agents_are_told_however_many_there_are()
    {
        for (var i = 0; i < 12; i++)
            Assert.Contains("root Opened", await ToldAsync((await DeliverAsync(new Eml { From = $"p{i}@example.net" })).TicketId!.Value));
    }

    [Fact]
    public async Task Of_one_sender_a_hundred_mails_an_hour_become_messages_and_the_rest_is_held()
    {
        await using var desk = await Fixture.StartAsync(MailSetup(options => options.Inbound.MostPerSender = 5));
        for (var i = 0; i < 8; i++)
        {
            desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await ReceiveAsync(desk, new Eml { Subject = $"Flood {i}" }.ToBytes());
        }

        await ReceiveAsync(desk, new Eml { From = "other@example.net" }.ToBytes());
        await ProcessAsync(desk);

        Assert.Equal((6, 3), (await CountAsync(InboundMailState.Processed), await CountAsync(InboundMailState.Held)));
        Assert.Equal(3, (await HeldAsync()).Count);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await ReceiveAsync(desk, new Eml { Subject = "Later" }.ToBytes());
        Assert.Equal(1, (await ProcessAsync(desk)).Processed);
    }

    private Task<int> CountAsync(InboundMailState state) => Desk.ReadAsync(context => context.Set<InboundMail>().CountAsync(mail => mail.State == state, Token));

    private async Task ReportAsync(DeliveryReportKind kind, string messageId, string recipient, string? key = null)
    {
        await using var scope = Desk.NewScope();
        await scope.Services.GetRequiredService<IInboundEmailProcessor>().ReportAsync(new DeliveryReport { Kind = kind, MessageId = messageId, Recipient = recipient, DeliveryKey = key }, Token);
    }

    private static Eml Bounce(string messageId, string recipient, string status) => new()
    {
        From = "Mail Delivery System <MAILER-DAEMON@mx.example.net>",
        Subject = "Undelivered Mail Returned to Sender",
        ContentType = "multipart/report; report-type=delivery-status; boundary=b",
        Body = $"""
            --b
            Content-Type: text/plain

            I am sorry.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822; {recipient}
            Action: {(status[0] == '5' ? "failed" : "delayed")}
            Status: {status}
            Diagnostic-Code: smtp; 550 no such user

            --b
            Content-Type: message/rfc822

            From: support@desk.example
            Message-ID: {messageId}
            Subject: [TKT] The printer burns

            Text
            --b--
            """,
    };
}
