using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.Specification.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Specification.Inbound;

/// <summary>What waits for an agent, and what the agent can do with it.</summary>
public abstract class MailboxSpecification(HelpDeskFixture fixture) : MailTest(fixture)
{
    private const string Stranger = "stranger@example.com";

    [Fact]
    public async Task A_released_stranger_takes_part_from_then_on()
    {
        var (ticket, held) = await HoldAsync();

        var released = await ReleaseAsync(held);

        Assert.Equal((InboundMailState.Processed, ticket), (released.State, released.Ticket!.Id));
        Assert.StartsWith("Released by Ann.", released.Reason, StringComparison.Ordinal);
        Assert.Equal("I saw it too.", (await Desk.TextsAsync(Alice, ticket))[^1]);
        Assert.Equal(TicketStatus.Open, (await Desk.SeeAsync(Ann, ticket)).Status);
        await ToldAsync(ticket);
        await Desk.ReplyAsync(Ann, ticket, "Thank you both.");
        Assert.Equal(["alice AgentReplied", $"{Stranger} AgentReplied"], await ToldAsync(ticket));
        Assert.Null(LastTo(ticket, Stranger).Link);

        var next = await DeliverAsync(new Eml { From = Stranger, Body = "You are welcome." }, await ReplyAddressAsync(ticket, Stranger), Stranger);
        Assert.Equal((InboundMailState.Processed, ticket), (next.State, next.TicketId));
    }

    [Fact]
    public async Task It_can_be_released_to_another_ticket_or_become_one()
    {
        var bobs = await Desk.OpenAsync(Bob);
        var (ticket, held) = await HoldAsync();
        var unknown = await DeliverAsync(new Eml { From = Stranger, Subject = "Lost" }, "reply+lost@reply.desk.example", Stranger);

        var toBobs = await OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Ann, Mail = held, Ticket = bobs.Number }, Token));
        var fresh = await ReleaseAsync(unknown.Id);

        Assert.Equal(bobs.Id, toBobs.Ticket!.Id);
        Assert.Single(await Desk.TextsAsync(Ann, ticket));
        Assert.NotEqual(bobs.Id, fresh.Ticket!.Id);
        Assert.Equal("Lost", (await Desk.SeeAsync(Ann, fresh.Ticket.Id)).Subject);
    }

    [Fact]
    public async Task It_can_become_a_new_ticket_though_it_hints_at_one()
    {
        var (ticket, held) = await HoldAsync();

        var fresh = await OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Ann, Mail = held, AsNewTicket = true }, Token));

        Assert.NotEqual(ticket, fresh.Ticket!.Id);
        Assert.Single(await Desk.TextsAsync(Ann, ticket));
        Assert.Equal(["I saw it too."], await Desk.TextsAsync(Ann, fresh.Ticket.Id));
    }

    [Fact]
    public async Task What_hints_at_a_ticket_that_is_gone_is_still_there_and_becomes_a_new_one()
    {
        var (ticket, held) = await HoldAsync();
        await Desk.ReadAsync(context => context.Set<Ticket>().Where(row => row.Id == ticket).ExecuteDeleteAsync(Token));

        Assert.Null(Assert.Single(await HeldAsync()).Ticket);
        Assert.NotNull((await ReleaseAsync(held)).Ticket);
    }

    [Fact]
    public async Task A_released_mail_without_a_sender_is_nobodys()
    {
        var held = await DeliverAsync(new Eml { From = null });

        var released = await ReleaseAsync(held.Id);

        var ticket = Assert.IsType<AgentTicket>(await Desk.SeeAsync(Ann, released.Ticket!.Id));
        Assert.Equal(((string?)null, "Unknown sender", (string?)null), (ticket.Requester.Id, ticket.Requester.Name, ticket.RequesterEmail));
        Assert.Equal(["root Opened"], await ToldAsync(ticket.Id));
    }

    [Fact]
    public async Task A_released_mail_that_says_to_be_from_an_agent_is_a_note()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var held = await DeliverAsync(new Eml { From = "ann@example.org", Body = "Pay here." }, await AnnsAddressAsync(ticket));
        await ToldAsync(ticket);

        await OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Ben, Mail = held.Id }, Token));

        Assert.DoesNotContain("Pay here.", await Desk.TextsAsync(Alice, ticket));
        Assert.Contains("Pay here.", await Desk.TextsAsync(Ann, ticket));
        Assert.DoesNotContain(await ToldAsync(ticket), told => told.StartsWith("alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_who_release_at_once_make_one_message()
    {
        var (ticket, held) = await HoldAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            try
            {
                await ReleaseAsync(held);
                return true;
            }
            catch (HelpDeskException)
            {
                return false;
            }
        })));

        Assert.Single(results, released => released);
        Assert.Equal(2, (await Desk.TextsAsync(Ann, ticket)).Count);
        Assert.Single(await Desk.ReadAsync(context => context.Set<Participant>().Where(person => person.TicketId == ticket && person.Email == Stranger).ToListAsync(Token)));
    }

    [Fact]
    public async Task Two_mails_of_one_stranger_released_at_once_make_one_participant()
    {
        var (ticket, first) = await HoldAsync();
        var second = await DeliverAsync(new Eml { From = Stranger, Body = "And again." }, await ReplyAddressAsync(ticket, Alice.Id), Stranger);

        await Task.WhenAll(new[] { first, second.Id }.Select(mail => Task.Run(() => ReleaseAsync(mail), Token)));

        Assert.Single(await Desk.ReadAsync(context => context.Set<Participant>().Where(person => person.TicketId == ticket && person.Email == Stranger).ToListAsync(Token)));
        Assert.Equal(3, (await Desk.TextsAsync(Alice, ticket)).Count);
    }

    [Fact]
    public async Task Released_mail_of_a_machine_is_a_note_or_a_ticket_that_is_not_answered()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.ResolveAsync(Ann, ticket);
        var absence = await DeliverAsync(new Eml { From = Stranger, Headers = ["Auto-Submitted: auto-replied"], Body = "Away." }, await ReplyAddressAsync(ticket, Alice.Id), Stranger);
        var list = await DeliverAsync(new Eml { From = Stranger, Headers = ["List-Id: <l.example.com>"], Subject = "News" }, sender: Stranger);
        await Desk.DispatchAsync();

        await ReleaseAsync(absence.Id);
        var fresh = await ReleaseAsync(list.Id);

        Assert.Equal(TicketStatus.Resolved, (await Desk.SeeAsync(Ann, ticket)).Status);
        Assert.DoesNotContain("Away.", await Desk.TextsAsync(Alice, ticket));
        Assert.Equal(["root Opened"], await ToldAsync(fresh.Ticket!.Id));
    }

    [Fact]
    public async Task An_agent_does_not_see_what_is_held_about_a_ticket_of_their_own()
    {
        var ticket = (await Desk.OpenAsync(Ann)).Id;
        await Desk.NoteAsync(Ben, ticket);
        await Desk.DispatchAsync();
        var held = await DeliverAsync(new Eml { From = "ben@example.org", Body = "She is a fool." }, await ReplyAddressAsync(ticket, Ben.Id));
        Assert.Equal(InboundMailState.Held, held.State);

        Assert.Empty(await HeldAsync(Ann));
        Assert.Single(await HeldAsync(Ben));
        await Assert.ThrowsAsync<NotFoundException>(() => OnMailboxAsync(mailbox => mailbox.RejectAsync(new RejectInboundMail { Actor = Ann, Mail = held.Id }, Token)));
        Assert.Null(await OnMailboxAsync(mailbox => mailbox.OpenRawAsync(new GetRawInboundMail { Actor = Ann, Mail = held.Id }, Token)));
        Assert.Equal((0, 1), ((await StatisticsAsync(Ann)).Held, (await StatisticsAsync(Ben)).Held));
    }

    [Fact]
    public async Task What_became_a_message_is_not_served_raw_any_more()
    {
        var (_, held) = await HoldAsync();
        await ReleaseAsync(held);

        Assert.Null(await OnMailboxAsync(mailbox => mailbox.OpenRawAsync(new GetRawInboundMail { Actor = Ann, Mail = held }, Token)));
    }

    [Fact]
    public async Task An_agent_who_may_not_answer_a_ticket_does_not_do_so_by_mail()
    {
        await using var desk = await Fixture.StartAsync(MailSetup(also: builder => builder.UseTicketAccess<NotAnn>()));
        var ticket = (await desk.OpenAsync(Alice)).Id;
        await desk.NoteAsync(Ann, ticket);
        var token = await desk.ReadAsync(context => context.Set<Participant>().Where(person => person.TicketId == ticket && person.UserId == Ann.Id).Select(person => person.ReplyToken).SingleAsync(Token));

        var receipt = await ReceiveAsync(desk, new Eml { From = "ann@example.org", Headers = ["X-Test-Sender: pass"] }.ToBytes(), $"reply+{token}@reply.desk.example");
        await ProcessAsync(desk);

        Assert.Equal(InboundMailState.Held, (await FindAsync(receipt.Id)).State);
        Assert.Equal(["Since this morning.", "Among us."], await desk.TextsAsync(Mia, ticket));
    }

    [Fact]
    public async Task One_slow_mail_keeps_no_other_waiting()
    {
        var scanner = new SlowScanner();
        await using var desk = await Fixture.StartAsync(MailSetup(also: builder => builder.Services.AddSingleton<IAttachmentScanner>(scanner)));
        var service = desk.Services.GetServices<IHostedService>().Single(hosted => hosted.GetType().Name == "InboundService");
        await service.StartAsync(Token);
        await ReceiveAsync(desk, With("slow.pdf").ToBytes());
        await scanner.IsSlow.Task.WaitAsync(Patience, Token);

        // Time stands still: only the receipt itself can wake the service.
        await ReceiveAsync(desk, (With("quick.pdf") with { From = "quick@example.net" }).ToBytes());
        await scanner.IsQuick.Task.WaitAsync(Patience, Token);

        scanner.Door.SetResult();
        await service.StopAsync(Token);

        static Eml With(string file) => new() { ContentType = "multipart/mixed; boundary=b", Body = $"--b\nContent-Type: application/pdf; name={file}\n\nx\n--b--\n" };
    }

    [Fact]
    public async Task Rejected_is_out_of_sight_for_good()
    {
        var (ticket, held) = await HoldAsync();

        var rejected = await OnMailboxAsync(mailbox => mailbox.RejectAsync(new RejectInboundMail { Actor = Ann, Mail = held }, Token));

        Assert.Equal(InboundMailState.Rejected, rejected.State);
        Assert.Contains("Rejected by Ann.", rejected.Reason, StringComparison.Ordinal);
        Assert.Empty(await HeldAsync());
        await Assert.ThrowsAsync<ValidationException>(() => ReleaseAsync(held));
        Assert.Single(await Desk.TextsAsync(Ann, ticket));
    }

    [Fact]
    public async Task A_failed_mail_can_be_tried_again()
    {
        var receipt = await ReceiveAsync(new Eml());
        Store.Fault = StoreFault.OpenRefused;
        for (var i = 0; i < 31; i++)
        {
            await ProcessAsync();
            Desk.Clock.Advance(TimeSpan.FromMinutes(16));
        }

        var failed = await FindAsync(receipt.Id);
        Assert.Equal((InboundMailState.Failed, 30), (failed.State, failed.Attempts));
        Assert.Equal("", Assert.Single((await OnMailboxAsync(mailbox => mailbox.ListAsync(new ListInboundMail { Actor = Ann, State = InboundMailState.Failed }, Token))).Mails).Text);
        Assert.Contains("not available", failed.Reason, StringComparison.Ordinal);
        Store.Fault = StoreFault.None;

        var again = await OnMailboxAsync(mailbox => mailbox.RetryAsync(new RetryInboundMail { Actor = Ann, Mail = receipt.Id }, Token));

        Assert.Equal(InboundMailState.Processed, again.State);
    }

    [Fact]
    public async Task What_cannot_be_read_shows_its_raw_bytes()
    {
        var receipt = await ReceiveAsync(Desk, System.Text.Encoding.ASCII.GetBytes("From: a@example.net\r\nSubject: Many\r\n" + string.Concat(Enumerable.Repeat("X-A: b\r\n", 30_000)) + "\r\nText"));
        await ProcessAsync();

        var page = await OnMailboxAsync(mailbox => mailbox.ListAsync(new ListInboundMail { Actor = Ann, State = InboundMailState.Failed }, Token));

        var failed = Assert.Single(page.Mails);
        Assert.Equal((receipt.Id, "Many", "a@example.net"), (failed.Id, failed.Subject, failed.From));
        Assert.Contains("headers", failed.Reason, StringComparison.Ordinal);
        Assert.StartsWith("From: a@example.net", failed.Text, StringComparison.Ordinal);
        await using var raw = await OnMailboxAsync(mailbox => mailbox.OpenRawAsync(new GetRawInboundMail { Actor = Ann, Mail = receipt.Id }, Token));
        Assert.True(raw!.Length > 200_000);
    }

    [Fact]
    public async Task The_list_has_pages_newest_first()
    {
        for (var i = 0; i < 5; i++)
        {
            await DeliverAsync(new Eml { From = null, Subject = $"Held {i}" });
            if (i != 2)
                Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await OnMailboxAsync(mailbox => mailbox.ListAsync(new ListInboundMail { Actor = Ann, Limit = 2, Cursor = cursor }, Token));
            seen.AddRange(page.Mails.Select(mail => mail.Subject));
            cursor = page.NextCursor;
        }
        while (cursor is not null);

        Assert.Equal(5, seen.Distinct().Count());
        Assert.Equal(("Held 4", "Held 0", 5), (seen[0], seen[^1], seen.Count));
        Assert.Equal(5, (await StatisticsAsync(Ann)).Held);
    }

    [Fact]
    public async Task Requesters_and_strangers_to_the_ticket_see_none_of_it()
    {
        var (_, held) = await HoldAsync();

        await Assert.ThrowsAsync<ForbiddenException>(() => HeldAsync(Alice));
        await Assert.ThrowsAsync<ForbiddenException>(() => OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Alice, Mail = held }, Token)));
        await Assert.ThrowsAsync<ForbiddenException>(() => OnMailboxAsync(mailbox => mailbox.RejectAsync(new RejectInboundMail { Actor = Alice, Mail = held }, Token)));
        await Assert.ThrowsAsync<ForbiddenException>(() => OnMailboxAsync(mailbox => mailbox.OpenRawAsync(new GetRawInboundMail { Actor = Alice, Mail = held }, Token)));
        await Assert.ThrowsAsync<NotFoundException>(() => ReleaseAsync(Guid.NewGuid()));
        await Assert.ThrowsAsync<ValidationException>(() => OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Ann, Mail = held, Ticket = "TKT-1" }, Token)));
        await Assert.ThrowsAsync<ValidationException>(() => OnMailboxAsync(mailbox => mailbox.RetryAsync(new RetryInboundMail { Actor = Ann, Mail = held }, Token)));
    }

    private Task<TicketStatistics> StatisticsAsync(Actor actor) => Desk.AskAsync(tickets => tickets.GetStatisticsAsync(new GetStatistics { Actor = actor }, Token));

    /// <summary>Lets Ann see all and answer nothing.</summary>
    private sealed class NotAnn : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => tickets;

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) => actor.Id != Actors.Ann.Id || action is TicketAction.Read or TicketAction.ReadInternal or TicketAction.Note;
    }

    /// <summary>Waits at one file until the door is opened, and at no other.</summary>
    private sealed class SlowScanner : IAttachmentScanner
    {
        public TaskCompletionSource Door { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsSlow { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource IsQuick { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<ScanVerdict> ScanAsync(AttachmentScan scan, CancellationToken cancellationToken)
        {
            (scan.FileName == "slow.pdf" ? IsSlow : IsQuick).TrySetResult();
            if (scan.FileName == "slow.pdf")
                await Door.Task;
            return ScanVerdict.Clean;
        }
    }

    private Task<InboundMailView> ReleaseAsync(Guid mail) => OnMailboxAsync(mailbox => mailbox.ReleaseAsync(new ReleaseInboundMail { Actor = Ann, Mail = mail }, Token));

    private async Task<(Guid Ticket, Guid Mail)> HoldAsync()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.DispatchAsync();
        var mail = await DeliverAsync(new Eml { From = Stranger, Body = "I saw it too." }, await ReplyAddressAsync(ticket, Alice.Id), Stranger);
        Assert.Equal(InboundMailState.Held, mail.State);
        return (ticket, mail.Id);
    }
}
