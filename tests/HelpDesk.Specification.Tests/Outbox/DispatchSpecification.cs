using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Outbox;

/// <summary>What is committed is handed over: at least once, in order, and nobody waits for another's failure.</summary>
public abstract class DispatchSpecification(HelpDeskFixture fixture) : OutboxTest(fixture)
{
    private static readonly string[] AllThree = [TicketEventKinds.TicketOpened, TicketEventKinds.MessageAdded, TicketEventKinds.NoteAdded];

    [Fact]
    public async Task Each_handler_is_given_each_event_once_in_the_order_of_the_ticket()
    {
        var ticket = await ThreeEventsAsync();

        await Desk.DispatchAsync();
        await Desk.DispatchAsync();

        Assert.Equal(AllThree, Log.Of<Bookkeeping>(ticket));
        Assert.Equal(AllThree, Log.Of<Telephone>(ticket));
        Assert.All(await DeliveriesAsync(ticket), delivery => Assert.Equal((DeliveryState.Delivered, 1), (delivery.State, delivery.Attempts)));
    }

    [Fact]
    public async Task A_handler_knows_the_facts_of_the_event()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var reply = await Desk.ReplyAsync(Ann, ticket.Id, "Have you tried water?");

        await Desk.DispatchAsync();

        var facts = Log.All.Last(one => one.Event.TicketId == ticket.Id && one.Event.Kind == TicketEventKinds.MessageAdded).Event.ReadPayload();
        Assert.Equal((ticket.Number, Ann.Id, TicketRole.Agent, reply.Message.Id, Ann.Id), (facts.Number, facts.ActorId, facts.ActorKind, facts.MessageId, facts.AssigneeId));
    }

    [Fact]
    public async Task What_the_host_rolls_back_reaches_nobody()
    {
        Guid ticket;
        await using (var scope = Desk.NewScope())
        {
            await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
            ticket = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Taken back", Body = "Never mind." }, Token)).Ticket().Id;
            await transaction.RollbackAsync(Token);
        }

        await Desk.DispatchAsync();

        Assert.Empty(Log.Of<Bookkeeping>(ticket));
        Assert.Empty(await DeliveriesAsync(ticket));
    }

    [Fact]
    public async Task A_handler_that_fails_holds_up_neither_the_other_nor_other_tickets()
    {
        var (broken, other) = (await ThreeEventsAsync(), await ThreeEventsAsync());
        Log.Before = (one, _) => one.Event.TicketId == broken && one.Handler == typeof(Telephone) ? throw new InvalidOperationException("No line.") : Task.CompletedTask;

        await Desk.DispatchAsync();

        Assert.Empty(Log.Of<Telephone>(broken));
        Assert.Equal(AllThree, Log.Of<Bookkeeping>(broken));
        Assert.Equal(AllThree, Log.Of<Telephone>(other));
    }

    [Fact]
    public async Task What_failed_is_tried_again_within_five_seconds_and_the_later_events_wait_for_it()
    {
        var ticket = await ThreeEventsAsync();
        var tries = 0;
        Log.Before = (one, _) => one.Event.TicketId == ticket && one.Handler == typeof(Telephone) && Interlocked.Increment(ref tries) == 1
            ? throw new InvalidOperationException("Busy.")
            : Task.CompletedTask;

        var first = await Desk.DispatchAsync();
        var stored = (await DeliveriesAsync(ticket)).Where(delivery => delivery.Handler.EndsWith(nameof(Telephone), StringComparison.Ordinal)).ToList();
        Desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await Desk.DispatchAsync();

        Assert.Equal(1, first.Failed);
        Assert.Equal("InvalidOperationException: Busy.", stored[0].Error);
        Assert.All(stored, delivery => Assert.Equal(DeliveryState.Pending, delivery.State));
        Assert.Equal(AllThree, Log.Of<Telephone>(ticket));
        Assert.Equal(4, tries);
    }

    [Fact]
    public async Task What_failed_is_not_tried_before_its_time()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var tries = 0;
        Log.Before = (one, _) =>
        {
            if (one.Event.TicketId == ticket && one.Handler == typeof(Telephone))
                tries++;
            throw new InvalidOperationException("Busy.");
        };

        await Desk.DispatchAsync();
        Desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await Desk.DispatchAsync();

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_handler_that_takes_too_long_is_stopped_and_tried_again()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var stopped = new TaskCompletionSource();
        var waits = true;
        Log.Before = async (one, token) =>
        {
            if (one.Event.TicketId != ticket || one.Handler != typeof(Telephone) || !waits)
                return;
            token.Register(stopped.SetResult);
            Desk.Clock.Advance(TimeSpan.FromSeconds(45));
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        };

        var result = await Desk.DispatchAsync();

        await stopped.Task.WaitAsync(Patience, Token);
        Assert.Equal(1, result.Failed);
        Assert.Contains((await DeliveriesAsync(ticket)), delivery => delivery.Error == "TimeoutException: The handler did not end within 00:00:45.");
        waits = false;
        Desk.Clock.Advance(TimeSpan.FromSeconds(5));
        await Desk.DispatchAsync();
        Assert.Equal([TicketEventKinds.TicketOpened], Log.Of<Telephone>(ticket));
    }

    [Fact]
    public async Task A_handler_that_hangs_takes_no_places_from_the_other()
    {
        var tickets = new List<Guid>();
        for (var i = 0; i < 20; i++)
            tickets.Add((await Desk.OpenAsync(Alice)).Id);
        var release = new TaskCompletionSource();
        Log.Before = (one, token) => one.Handler == typeof(Telephone) ? release.Task.WaitAsync(token) : Task.CompletedTask;

        var dispatching = Desk.DispatchAsync();
        await Log.UntilAsync(log => tickets.TrueForAll(ticket => log.Of<Bookkeeping>(ticket).Count == 1));

        Assert.All(tickets, ticket => Assert.Empty(Log.Of<Telephone>(ticket)));
        release.SetResult();
        await dispatching;
    }

    [Fact]
    public async Task A_handler_that_does_not_heed_its_token_does_not_keep_its_place()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options => options.Outbox.Parallelism = 1));
        var (stubborn, other) = ((await desk.OpenAsync(Alice)).Id, (await desk.OpenAsync(Alice)).Id);
        var release = new TaskCompletionSource();
        LogOf(desk).Before = (one, _) => one.Event.TicketId == stubborn ? release.Task : Task.CompletedTask; // Also where its token is cancelled.

        var dispatching = desk.DispatchAsync();
        await MoveTimeUntilAsync(desk, () => LogOf(desk).Of<Telephone>(other).Count == 1);

        Assert.Empty(LogOf(desk).Of<Telephone>(stubborn));
        release.SetResult();
        await MoveTimeUntilAsync(desk, () => dispatching.IsCompleted);
    }

    [Fact]
    public async Task What_a_dead_process_had_is_delivered_by_another_within_a_minute()
    {
        var ticket = await ThreeEventsAsync();
        await ClaimAndDieAsync();

        Desk.Clock.Advance(TimeSpan.FromSeconds(59));
        await Desk.DispatchAsync();
        Assert.Empty(Log.Of<Bookkeeping>(ticket));

        Desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await Desk.DispatchAsync();
        Assert.Equal(AllThree, Log.Of<Bookkeeping>(ticket));
    }

    [Fact]
    public async Task Who_lost_its_lease_says_nothing_about_the_try_of_another()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await using var slow = Desk.NewScope();
        var store = slow.Services.GetRequiredService<Service.DeliveryStore>();
        var claimed = (await store.ClaimAsync(Handlers, 100, Token)).First(delivery => delivery.Event.TicketId == ticket);
        Desk.Clock.Advance(TimeSpan.FromSeconds(61));
        await ClaimAndDieAsync();

        await store.BuryAsync(claimed, "Too late.", Token);
        await store.PostponeAsync(claimed, Desk.Clock.GetUtcNow().AddDays(1), "Too late.", Token);
        await store.ReleaseAsync(claimed, Token);

        var stored = (await DeliveriesAsync(ticket)).Single(delivery => delivery.Id == claimed.Id);
        Assert.Equal((DeliveryState.Pending, 2, (string?)null), (stored.State, stored.Attempts, stored.Error));
        Assert.Equal(stored.LeaseUntil, stored.NextAttemptAt);

        // But what it has done is done.
        await store.CompleteAsync(claimed, Token);
        Assert.Equal(DeliveryState.Delivered, (await DeliveriesAsync(ticket)).Single(delivery => delivery.Id == claimed.Id).State);
    }

    [Fact]
    public async Task Several_dispatchers_at_once_deliver_each_event_once_and_in_order()
    {
        var tickets = new List<Guid>();
        for (var i = 0; i < 25; i++)
            tickets.Add(await ThreeEventsAsync());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Desk.DispatchAsync()));

        Assert.All(tickets, ticket =>
        {
            Assert.Equal(AllThree, Log.Of<Bookkeeping>(ticket));
            Assert.Equal(AllThree, Log.Of<Telephone>(ticket));
        });
    }

    [Fact]
    public async Task Events_for_a_handler_that_this_process_lacks_are_left_to_those_that_have_it()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            HasHandlers = false,
            HelpDesk = builder =>
            {
                builder.Services.AddSingleton<EventLog>();
                builder.AddTicketEventHandler<Bookkeeping>();
            },
        });

        await desk.DispatchAsync();

        Assert.Equal([TicketEventKinds.TicketOpened], LogOf(desk).Of<Bookkeeping>(ticket));
        Assert.Equal(DeliveryState.Pending, (await DeliveriesAsync(ticket)).Single(delivery => delivery.Handler.EndsWith(nameof(Telephone), StringComparison.Ordinal)).State);
    }

    [Fact]
    public async Task An_event_that_ends_every_process_is_given_up()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options => options.Outbox.MostAttempts = 3));
        var ticket = (await desk.OpenAsync(Alice)).Id;
        for (var i = 0; i < 3; i++)
        {
            await ClaimAndDieAsync(desk);
            desk.Clock.Advance(TimeSpan.FromSeconds(60));
        }

        await desk.DispatchAsync();

        Assert.Empty(LogOf(desk).Of<Bookkeeping>(ticket));
        Assert.All(await DeliveriesAsync(ticket), delivery => Assert.Equal((DeliveryState.Dead, "PermanentFailureException: Every try was ended by the end of its process."), (delivery.State, delivery.Error)));
    }

    [Fact]
    public async Task What_a_filter_of_the_host_hides_is_left_to_those_who_see_it()
    {
        await using var desk = await Fixture.StartAsync<FilteredContext>(SetupOf());
        var (hidden, seen) = ((await desk.OpenAsync(Alice)).Id, (await desk.OpenAsync(Bob)).Id);
        FilteredContext.Hidden.Value = Alice.Id;
        await desk.DispatchAsync();
        FilteredContext.Hidden.Value = null;

        Assert.Equal((0, 1), (LogOf(desk).Of<Telephone>(hidden).Count, LogOf(desk).Of<Telephone>(seen).Count));
        await desk.DispatchAsync();
        Assert.Single(LogOf(desk).Of<Telephone>(hidden));
    }

    [Fact]
    public async Task Each_event_has_a_scope_of_its_own()
    {
        var marks = new System.Collections.Concurrent.ConcurrentBag<ScopeKeeper.Mark>();
        await using var desk = await Fixture.StartAsync(SetupOf(also: builder => builder.AddTicketEventHandler<ScopeKeeper>().Services.AddSingleton(marks).AddScoped<ScopeKeeper.Mark>()));
        await desk.OpenAsync(Alice);
        await desk.OpenAsync(Alice);

        await desk.DispatchAsync();

        Assert.True(marks.Count >= 2);
        Assert.Equal(marks.Count, marks.Distinct().Count());
    }

    /// <summary>A ticket that was opened, answered and noted on.</summary>
    private async Task<Guid> ThreeEventsAsync()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.ReplyAsync(Alice, ticket);
        await Desk.NoteAsync(Mia, ticket);
        return ticket;
    }

    private sealed class ScopeKeeper(ScopeKeeper.Mark mark, System.Collections.Concurrent.ConcurrentBag<ScopeKeeper.Mark> marks) : ITicketEventHandler
    {
        public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken)
        {
            marks.Add(mark);
            return Task.CompletedTask;
        }

        internal sealed class Mark;
    }
}
