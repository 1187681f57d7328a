using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Specification.Notifying;

/// <summary>What is sent is sent once, and can be recognised when it is not; who cannot be reached holds up nobody.</summary>
public abstract class SendingSpecification(HelpDeskFixture fixture) : NotifyingTest(fixture)
{
    [Fact]
    public async Task Who_was_told_is_not_told_again_because_another_could_not_be()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var tries = 0;
        Postman.Before = (one, _) => one.Ticket.Id == ticket && one.Recipient.UserId == Alice.Id && ++tries == 1 ? throw new InvalidOperationException("Mailbox busy.") : Task.CompletedTask;

        Assert.Equal(["root Opened"], await ToldAsync(ticket));
        Desk.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["alice Received"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task One_full_mailbox_keeps_nobody_else_waiting()
    {
        // It did: one administrator whose mailbox answered 452 held back the requester's answers for days.
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        Postman.Before = (one, _) => one.Recipient.UserId == Root.Id ? throw new InvalidOperationException("452 4.2.2 Mailbox full") : Task.CompletedTask;
        await ToldAsync(ticket);

        await Desk.ReplyAsync(Ann, ticket);
        await Desk.ResolveAsync(Ann, ticket);

        Assert.Equal(["alice AgentReplied", "alice Resolved"], await ToldAsync(ticket));
        Postman.Before = (_, _) => Task.CompletedTask;
        Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["root Opened"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task To_one_person_everything_goes_in_order()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        Postman.Before = (one, _) => one.Recipient.UserId == Alice.Id ? throw new InvalidOperationException("Greylisted.") : Task.CompletedTask;
        await ToldAsync(ticket);
        await Desk.ReplyAsync(Ann, ticket, "One.");
        await Desk.ReplyAsync(Ann, ticket, "Two.");
        await ToldAsync(ticket);
        Postman.Before = (_, _) => Task.CompletedTask;
        Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await ToldAsync(ticket);

        Assert.Equal([null, "One.", "Two."], Postman.Of(ticket).Where(one => one.Recipient.UserId == Alice.Id).Select(one => one.Message?.Body));
    }

    [Fact]
    public async Task Who_answers_while_he_is_told_takes_part_once()
    {
        // He took part twice, with two reply tokens and two threads: the command and the sender had both seen that he did not yet.
        var tickets = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            var ticket = (await Desk.OpenAsync(Alice)).Id;
            await ToldAsync(ticket);
            await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket, AssigneeId = Ann.Id });
            tickets.Add(ticket);
        }

        await Task.WhenAll([Desk.DispatchAsync(), .. tickets.Select(ticket => Desk.ReplyAsync(Ann, ticket))]);

        var people = await Desk.ReadAsync(context => context.Set<Participant>().Where(person => tickets.Contains(person.TicketId) && person.UserId == Ann.Id).ToListAsync(Token));
        Assert.Equal(tickets.Order(), people.Select(person => person.TicketId).Order());
    }

    [Fact]
    public async Task A_repetition_has_the_same_keys()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var seen = new List<(Guid, string)>();
        Postman.Before = (one, _) =>
        {
            if (one.Ticket.Id == ticket && one.Recipient.UserId == Alice.Id)
                seen.Add((one.Id, one.MessageId));
            return seen.Count == 1 ? throw new InvalidOperationException("The answer got lost.") : Task.CompletedTask;
        };

        await ToldAsync(ticket);
        Desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await ToldAsync(ticket);

        Assert.Equal(2, seen.Count);
        Assert.Equal(seen[0], seen[1]);
    }

    [Fact]
    public async Task A_crash_between_sending_and_marking_repeats_one_person_only()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await ToldAsync(ticket);
        await using (var scope = Desk.NewScope())
        {
            var context = scope.Context;
            await context.Set<Delivery>().Where(delivery => delivery.TicketId == ticket).ExecuteUpdateAsync(set => set.SetProperty(delivery => delivery.State, DeliveryState.Pending), Token);
            await context.Set<TicketNotification>().Where(row => row.TicketId == ticket && row.Kind == NotificationKind.Received)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.State, NotificationState.Pending), Token);
        }

        Desk.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(["alice Received"], await ToldAsync(ticket));
    }

    [Fact]
    public async Task Who_is_refused_for_good_is_not_tried_again_and_the_history_says_so()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        Postman.Before = (one, _) => one.Ticket.Id == ticket && one.Recipient.UserId == Alice.Id ? throw new PermanentFailureException("550 No such mailbox.") : Task.CompletedTask;

        Assert.Equal(["root Opened"], await ToldAsync(ticket));
        Desk.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await ToldAsync(ticket));

        var entry = (await Desk.HistoryAsync(ticket))[^1];
        Assert.Equal(("undeliverable", "Alice could not be told: 550 No such mailbox."), (entry.Action, entry.Reason));
        Assert.Equal("550 No such mailbox.", (await Desk.ReadAsync(context => context.Set<TicketNotification>().SingleAsync(row => row.TicketId == ticket && row.State == NotificationState.Refused, Token))).Error);
    }

    [Fact]
    public async Task The_requester_sees_nothing_of_that()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var before = await Desk.SeeAsync(Alice, ticket.Id);
        Postman.Before = (one, _) => throw new PermanentFailureException("No such mailbox.");

        await ToldAsync(ticket.Id);

        Assert.Equal(before, await Desk.SeeAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task A_thread_holds_together_for_each_person()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await ToldAsync(ticket);
        await Desk.ReplyAsync(Ann, ticket, "One.");
        await ToldAsync(ticket);
        await Desk.ReplyAsync(Ann, ticket, "Two.");
        await ToldAsync(ticket);

        var alices = Postman.Of(ticket).Where(one => one.Recipient.UserId == Alice.Id).ToList();
        Assert.Empty(alices[0].References);
        Assert.Equal([alices[0].MessageId], alices[1].References);
        Assert.Equal([alices[0].MessageId, alices[1].MessageId], alices[2].References);
        Assert.Equal(3, alices.Select(one => one.MessageId).Distinct().Count());
        // It is part of the Message-ID, so it must not count.
        Assert.All(alices, one => Assert.Equal(7, one.Id.Version));
    }

    [Fact]
    public async Task Each_person_has_an_own_reply_token_for_the_ticket_which_stays()
    {
        var (ticket, other) = ((await Desk.OpenAsync(Alice)).Id, (await Desk.OpenAsync(Alice)).Id);
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket, AssigneeId = Ann.Id });
        await ToldAsync(ticket);
        await Desk.NoteAsync(Mia, ticket);
        await Desk.ReplyAsync(Ann, ticket);
        await ToldAsync(ticket);

        var tokens = Postman.Of(ticket).Concat(Postman.Of(other)).ToLookup(one => (one.Ticket.Id, one.Recipient.UserId), one => one.Recipient.ReplyToken);
        Assert.All(tokens, person => Assert.Single(person.Distinct()));
        Assert.Equal(tokens.Count, tokens.Select(person => person.First()).Distinct().Count());
        Assert.Equal(2, tokens[(ticket, Ann.Id)].Count());
    }

    [Fact]
    public async Task Links_come_from_the_public_base_url_alone()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options => options.PublicBaseUrl = new Uri("https://example.com/support/")));
        var ticket = await desk.OpenAsync(Alice);
        await ToldAsync(desk, ticket.Id);

        var links = ((Postman)desk.Services.GetService(typeof(Postman))!).Of(ticket.Id).ToDictionary(one => one.Kind, one => one.Link!.AbsoluteUri);
        Assert.Equal($"https://example.com/support/t/{ticket.Number}", links[NotificationKind.Received]);
        Assert.Equal($"https://example.com/support/agent/t/{ticket.Number}", links[NotificationKind.Opened]);
    }

    [Fact]
    public async Task Only_what_an_agent_wrote_to_the_requester_is_not_automatic()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.ReplyAsync(Ann, ticket);
        await Desk.ReplyAsync(Alice, ticket);
        await Desk.ResolveAsync(Mia, ticket);
        await ToldAsync(ticket);

        Assert.Equal(
            [(NotificationKind.AgentReplied, false), (NotificationKind.Opened, true), (NotificationKind.Received, true), (NotificationKind.RequesterReplied, true), (NotificationKind.Resolved, true)],
            Postman.Of(ticket).Select(one => (one.Kind, one.IsAutomatic)).Distinct().OrderBy(one => one.Kind.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_an_agent_may_no_longer_see_is_not_sent_when_it_is_tried_again()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket, AssigneeId = Ann.Id });
        await ToldAsync(ticket);
        await Desk.NoteAsync(Mia, ticket);
        Postman.Before = (_, _) => throw new InvalidOperationException("Away.");
        await ToldAsync(ticket);

        Desk.Users.Add(Ann.Id, "Ann", HelpDeskRoles.None);
        Postman.Before = (_, _) => Task.CompletedTask;
        Desk.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Empty(await ToldAsync(ticket));
        Assert.Equal("May no longer see the ticket.", (await Desk.ReadAsync(context => context.Set<TicketNotification>().SingleAsync(row => row.TicketId == ticket && row.Kind == NotificationKind.NoteAdded, Token))).Error);
    }

    [Fact]
    public async Task The_requesters_text_is_not_sent_to_the_address_that_the_requester_gave()
    {
        var ticket = (await Desk.OpenAsync(Alice, body: "Buy cheap watches.")).Id;
        await ToldAsync(ticket);

        Assert.Null(Last(ticket, Alice.Id).Message);
        Assert.Equal("Buy cheap watches.", Last(ticket, Root.Id).Message!.Body);
    }

    [Fact]
    public async Task What_a_sender_leaves_in_the_context_when_it_fails_stops_nobody()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HasHandlers = false, HelpDesk = builder => builder.AddNotificationSender<Untidy>() });
        var ticket = (await desk.OpenAsync(Alice)).Id;

        await desk.DispatchAsync();
        desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await desk.DispatchAsync();

        Assert.Equal(["alice", "alice", "root"], Untidy.Told.Where(one => one.Ticket == ticket).Select(one => one.UserId).Order());
        Assert.Equal(2, await desk.ReadAsync(context => context.Set<TicketNotification>().CountAsync(row => row.TicketId == ticket && row.State == NotificationState.Sent, Token)));
    }

    [Fact]
    public async Task No_address_is_in_the_log()
    {
        var lines = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var desk = await Fixture.StartAsync(SetupOf(also: builder => builder.Services.AddSingleton<ILoggerProvider>(new Lines(lines))));
        var postman = (Postman)desk.Services.GetService(typeof(Postman))!;
        postman.Before = (one, _) => throw (one.Recipient.IsAgent ? new PermanentFailureException($"550 <{one.Recipient.Email}>") : new InvalidOperationException($"451 <{one.Recipient.Email}>"));
        await desk.OpenAsync(Alice);

        await desk.DispatchAsync();

        Assert.Contains(lines, line => line.Contains("cannot reach participant", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("it is tried again in", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("@example.org", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sender_that_fails_does_not_hold_up_the_handlers_of_the_host()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(also: builder => Outbox.EventLogExtensions.AddLoggedHandlers(builder)));
        ((Postman)desk.Services.GetService(typeof(Postman))!).Before = (_, _) => throw new InvalidOperationException("The mail server is away.");

        var ticket = (await desk.OpenAsync(Alice)).Id;
        await desk.DispatchAsync();

        Assert.Single(((Outbox.EventLog)desk.Services.GetService(typeof(Outbox.EventLog))!).Of<Outbox.Telephone>(ticket));
    }

    /// <summary>A host's sender that writes rows of its own, and fails for one person the first time.</summary>
    private sealed class Untidy(DeskContext context) : INotificationSender
    {
        public static readonly System.Collections.Concurrent.ConcurrentQueue<(Guid Ticket, string? UserId)> Told = new();

        public Task SendAsync(Notification notification, CancellationToken cancellationToken)
        {
            var isFirst = Told.All(one => one != (notification.Ticket.Id, notification.Recipient.UserId));
            Told.Enqueue((notification.Ticket.Id, notification.Recipient.UserId));
            if (notification.Recipient.UserId != Alice.Id || !isFirst)
                return Task.CompletedTask;

            context.Add(new HostOrder { Text = null! });
            throw new InvalidOperationException("Half done.");
        }
    }

    private sealed class Lines(System.Collections.Concurrent.ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
