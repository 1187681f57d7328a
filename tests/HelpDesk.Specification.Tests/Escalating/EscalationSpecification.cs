using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Sla;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Faults;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpDesk.Specification.Escalating;

/// <summary>What the sweep does with tickets that are late, and with those that soon will be.</summary>
public abstract class EscalationSpecification(HelpDeskFixture fixture) : EscalatingTest(fixture)
{
    [Fact]
    public async Task A_broken_promise_is_told_of_once_and_stays_in_the_ticket()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);
        desk.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMicroseconds(1));
        await SweepAsync(desk);
        Assert.Null((await desk.StoredAsync(ticket.Id)).EscalatedAt);

        desk.Clock.Advance(TimeSpan.FromMicroseconds(1));
        var at = desk.Clock.GetUtcNow();
        await SweepAsync(desk);
        desk.Clock.Advance(TimeSpan.FromDays(30));
        await SweepAsync(desk);

        var stored = await desk.StoredAsync(ticket.Id);
        Assert.Equal((at, ticket.CreatedAt.AddHours(2), null), (stored.EscalatedAt, stored.DueAt, stored.SlaCheckAt));
        Assert.Equal(TicketPriority.Urgent, stored.Priority);
        var line = Assert.Single(await desk.HistoryAsync(ticket.Id), entry => entry.Action == "escalated");
        Assert.Equal(("escalation", TicketRole.System, "system"), (line.Actor.Name, line.Actor.Kind, line.Via));
        Assert.Equal("The resolution was due at 2026-03-02T11:00:00.000000Z.", line.Reason);
        var told = Assert.Single(await desk.EventsAsync(ticket.Id), e => e.Kind == TicketEventKinds.TicketEscalated);
        Assert.False(told.IsPublic);
        Assert.Equal(2, await desk.ReadAsync(context => context.Set<Delivery>().CountAsync(delivery => delivery.EventId == told.Id, Token)));
    }

    [Fact]
    public async Task The_requester_sees_nothing_of_an_escalation()
    {
        await using var desk = await StartAsync(options => options.Sla.WarnBefore = TimeSpan.FromHours(1));
        var ticket = await desk.OpenAsync(Alice);
        var before = await desk.ConversationAsync(Alice, ticket.Id);

        desk.Clock.Advance(TimeSpan.FromHours(23.5));
        await SweepAsync(desk);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await SweepAsync(desk);

        Assert.NotNull((await desk.StoredAsync(ticket.Id)).EscalatedAt);
        Assert.Equivalent(before, await desk.ConversationAsync(Alice, ticket.Id), strict: true);
    }

    [Fact]
    public async Task The_assignee_is_warned_once_before()
    {
        await using var desk = await StartAsync(options => options.Sla.WarnBefore = TimeSpan.FromHours(1));
        var ticket = await desk.OpenAsync(Alice);
        Assert.Equal(ticket.CreatedAt.AddHours(23), (await desk.StoredAsync(ticket.Id)).SlaCheckAt);

        desk.Clock.Advance(TimeSpan.FromHours(23));
        await SweepAsync(desk);
        await SweepAsync(desk);

        var line = Assert.Single(await desk.HistoryAsync(ticket.Id), entry => entry.Action == "warned");
        Assert.Equal("The resolution is due at 2026-03-03T09:00:00.000000Z.", line.Reason);
        var stored = await desk.StoredAsync(ticket.Id);
        Assert.Equal((null, ticket.CreatedAt.AddHours(24)), (stored.EscalatedAt, stored.SlaCheckAt));
    }

    [Fact]
    public async Task A_target_that_is_not_longer_than_the_warning_is_not_warned_of()
    {
        await using var desk = await StartAsync(options => options.Sla.WarnBefore = TimeSpan.FromHours(2));
        var ticket = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);

        await SweepAsync(desk);

        Assert.DoesNotContain(await desk.HistoryAsync(ticket.Id), entry => entry.Action == "warned");
    }

    [Fact]
    public async Task Each_target_breaches_by_itself_and_once()
    {
        await using var desk = await StartAsync(options => options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1));
        var ticket = await desk.OpenAsync(Alice);

        desk.Clock.Advance(TimeSpan.FromHours(1));
        await SweepAsync(desk);
        var first = (await desk.StoredAsync(ticket.Id)).EscalatedAt;
        await desk.ReplyAsync(Ann, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromHours(23));
        await SweepAsync(desk);

        Assert.Equal(
            ["The first response was due at 2026-03-02T10:00:00.000000Z.", "The resolution was due at 2026-03-03T09:00:00.000000Z."],
            (await desk.HistoryAsync(ticket.Id)).Where(entry => entry.Action == "escalated").Select(entry => entry.Reason));
        Assert.Equal(first, (await desk.StoredAsync(ticket.Id)).EscalatedAt);
    }

    [Fact]
    public async Task Two_targets_found_late_together_are_told_of_together()
    {
        await using var desk = await StartAsync(options => options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1));
        var ticket = await desk.OpenAsync(Alice);

        desk.Clock.Advance(TimeSpan.FromDays(3));
        await SweepAsync(desk);

        Assert.Single(await desk.EventsAsync(ticket.Id), e => e.Kind == TicketEventKinds.TicketEscalated);
        Assert.Equal(2, (await TargetsAsync(desk, ticket.Id)).Count(target => target.BreachedAt is not null));
    }

    [Theory]
    [InlineData(TicketStatus.Pending, true)]
    [InlineData(TicketStatus.Resolved, false)]
    [InlineData(TicketStatus.Closed, false)]
    public async Task What_waits_or_is_over_does_not_escalate(TicketStatus status, bool pauseWhilePending)
    {
        await using var desk = await StartAsync(options =>
        {
            options.Sla.PauseWhilePending = pauseWhilePending;
            options.AutoClose.After = TimeSpan.Zero;
        });
        var ticket = await desk.OpenAsync(Alice);
        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Status = status });

        desk.Clock.Advance(TimeSpan.FromDays(30));
        await SweepAsync(desk);

        var stored = await desk.StoredAsync(ticket.Id);
        Assert.Equal((null, null, null), (stored.EscalatedAt, stored.DueAt, stored.SlaCheckAt));
    }

    [Fact]
    public async Task A_resolved_ticket_is_closed_after_a_while()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice);
        await desk.ResolveAsync(Ann, ticket.Id);

        desk.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        await SweepAsync(desk);
        Assert.Equal(TicketStatus.Resolved, (await desk.StoredAsync(ticket.Id)).Status);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(desk);

        var stored = await desk.StoredAsync(ticket.Id);
        Assert.Equal((TicketStatus.Closed, desk.Clock.GetUtcNow(), null), (stored.Status, stored.ClosedAt, stored.SlaCheckAt));
        Assert.Equal("Nobody came back to it after its resolution.", (await desk.HistoryAsync(ticket.Id))[^1].Reason);
    }

    [Fact]
    public async Task A_ticket_that_was_reopened_meanwhile_is_not_closed()
    {
        await using var desk = await StartAsync(options => options.Sla.Resolution.Normal = TimeSpan.FromDays(90));
        var ticket = await desk.OpenAsync(Alice);
        await desk.ResolveAsync(Ann, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromDays(6));
        await desk.ReplyAsync(Alice, ticket.Id, "Not yet.");

        desk.Clock.Advance(TimeSpan.FromDays(2));
        await SweepAsync(desk);

        Assert.Equal(TicketStatus.Open, (await desk.StoredAsync(ticket.Id)).Status);
    }

    [Fact]
    public async Task Zero_never_closes_and_a_status_machine_without_the_move_neither()
    {
        await using var never = await StartAsync(options => options.AutoClose.After = TimeSpan.Zero);
        await using var forbidden = await StartAsync(options =>
        {
            foreach (var row in options.Moves.Where(row => row is { Move: TicketMove.Close, From: TicketStatus.Resolved, By: TicketRole.Agent }).ToList())
                options.Moves.Remove(row);
        });
        foreach (var desk in new[] { never, forbidden })
        {
            var ticket = await desk.OpenAsync(Alice);
            await desk.ResolveAsync(Ann, ticket.Id);
            desk.Clock.Advance(TimeSpan.FromDays(100));
            await SweepAsync(desk);
            await SweepAsync(desk);

            var stored = await desk.StoredAsync(ticket.Id);
            Assert.Equal((TicketStatus.Resolved, null), (stored.Status, stored.SlaCheckAt));
        }
    }

    [Fact]
    public async Task Sweeps_at_once_tell_of_each_ticket_once()
    {
        await using var desk = await StartAsync();
        var tickets = new List<Guid>();
        for (var number = 0; number < 250; number++)
            tickets.Add((await desk.OpenAsync(Alice, priority: TicketPriority.Urgent)).Id);
        desk.Clock.Advance(TimeSpan.FromHours(3));

        var results = await AtOnce.RunAsync(6, _ => SweepAsync(desk));
        var rest = await SweepAsync(desk);

        Assert.True(results.Sum(result => result.Escalated) + rest.Escalated >= 250, "Some were missed.");
        var told = await desk.ReadAsync(context => context.Set<TicketEvent>()
            .Where(e => e.Kind == TicketEventKinds.TicketEscalated && tickets.Contains(e.TicketId)).Select(e => e.TicketId).ToListAsync(Token));
        Assert.Equal(tickets.Order(), told.Order());
    }

    [Fact]
    public async Task A_sweep_and_an_answer_at_once_lose_neither()
    {
        await using var desk = await StartAsync();
        var tickets = new List<Guid>();
        for (var number = 0; number < 20; number++)
            tickets.Add((await desk.OpenAsync(Alice, priority: TicketPriority.Urgent)).Id);
        desk.Clock.Advance(TimeSpan.FromHours(3));

        await AtOnce.RunAsync(21, async number =>
        {
            if (number == 20)
                await SweepAsync(desk);
            else
                await desk.ResolveAsync(Ann, tickets[number], "Done.");
            return true;
        });
        await SweepAsync(desk);

        foreach (var ticket in tickets)
        {
            var stored = await desk.StoredAsync(ticket);
            Assert.Equal(TicketStatus.Resolved, stored.Status);
            Assert.Equal(stored.EscalatedAt is null ? 0 : 1, (await desk.HistoryAsync(ticket)).Count(entry => entry.Action == "escalated"));
            Assert.Equal(["Since this morning.", "Done."], await desk.TextsAsync(Alice, ticket));
        }
    }

    /// <summary>As for tenants: what the host's filter hides is not this sweep's, and does not keep it from the others.</summary>
    [Fact]
    public async Task A_sweep_works_on_what_the_filters_of_the_host_let_through()
    {
        await using var desk = await Fixture.StartAsync<FilteredContext>();
        var hidden = new List<TicketView>();
        for (var number = 0; number < 120; number++)
            hidden.Add(await desk.OpenAsync(Bob, priority: TicketPriority.Urgent));
        var seen = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);
        desk.Clock.Advance(TimeSpan.FromHours(3));

        FilteredContext.Hidden.Value = "bob";
        var result = await SweepAsync(desk);
        FilteredContext.Hidden.Value = null;

        Assert.Equal(1, result.Escalated);
        Assert.NotNull((await desk.StoredAsync(seen.Id)).EscalatedAt);
        Assert.Equal(120, (await SweepAsync(desk)).Escalated);
    }

    [Fact]
    public async Task A_ticket_that_the_host_refuses_to_store_does_not_stop_the_others()
    {
        var refuses = new RefusesOne();
        await using var desk = await Fixture.StartAsync(new DeskSetup { Context = options => options.AddInterceptors(refuses) });
        var tickets = new List<TicketView>();
        for (var number = 0; number < 5; number++)
            tickets.Add(await desk.OpenAsync(Alice, priority: TicketPriority.Urgent));
        desk.Clock.Advance(TimeSpan.FromHours(3));

        refuses.TicketId = tickets[2].Id;
        await SweepAsync(desk);
        refuses.TicketId = null;

        foreach (var ticket in tickets)
            Assert.Equal(ticket.Id == tickets[2].Id, (await desk.StoredAsync(ticket.Id)).EscalatedAt is null);
        await SweepAsync(desk);
        Assert.NotNull((await desk.StoredAsync(tickets[2].Id)).EscalatedAt);
    }

    [Fact]
    public async Task A_sweep_that_fails_at_any_of_its_calls_has_told_of_nothing_or_of_everything()
    {
        var injector = new FaultInjector();
        await using var desk = await Fixture.StartAsync(new DeskSetup { Context = options => options.AddInterceptors(injector) });
        for (var call = 1; ; call++)
        {
            var ticket = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);
            desk.Clock.Advance(TimeSpan.FromHours(3));
            injector.Arm(Fault.Before, call);
            var failure = await Record.ExceptionAsync(() => SweepAsync(desk));
            injector.Disarm();

            var stored = await desk.StoredAsync(ticket.Id);
            Assert.Equal(stored.EscalatedAt is null ? 0 : 1, (await desk.EventsAsync(ticket.Id)).Count(e => e.Kind == TicketEventKinds.TicketEscalated));
            await SweepAsync(desk);
            Assert.Single(await desk.EventsAsync(ticket.Id), e => e.Kind == TicketEventKinds.TicketEscalated);
            if (!injector.HasFired)
            {
                Assert.True(failure is null && call > 5, $"Its calls were not seen: {call}, {failure}");
                return;
            }
        }
    }

    private sealed class RefusesOne : SaveChangesInterceptor
    {
        public Guid? TicketId { get; set; }

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            eventData.Context!.ChangeTracker.Entries<Ticket>().Any(entry => entry.Entity.Id == TicketId)
                ? throw new DbUpdateException("The host does not like it.")
                : new ValueTask<InterceptionResult<int>>(result);
    }
}
