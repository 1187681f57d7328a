using HelpDesk.Sla;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Escalating;

/// <summary>The promises of stored tickets: as commands, policies, recalculations and simulations move them.</summary>
public abstract class PromiseSpecification(HelpDeskFixture fixture) : EscalatingTest(fixture)
{
    [Fact]
    public async Task By_default_only_the_resolution_is_promised_by_priority()
    {
        await using var desk = await StartAsync();
        foreach (var (priority, hours) in new[] { (TicketPriority.Urgent, 2), (TicketPriority.High, 8), (TicketPriority.Normal, 24), (TicketPriority.Low, 72) })
        {
            var ticket = await desk.OpenAsync(Alice, priority: priority);
            var target = Assert.Single(await TargetsAsync(desk, ticket.Id));
            Assert.Equal((TargetKind.Resolution, ticket.CreatedAt.AddHours(hours)), (target.Kind, target.DueAt));
            Assert.Equal(target.DueAt, (await desk.StoredAsync(ticket.Id)).DueAt);
        }
    }

    [Fact]
    public async Task A_new_priority_counts_from_the_start_of_the_target()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice);
        desk.Clock.Advance(TimeSpan.FromHours(5));

        var changed = Assert.IsType<AgentTicket>(await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Priority = TicketPriority.High }));

        Assert.Equal(ticket.CreatedAt.AddHours(8), changed.DueAt);
        var line = (await desk.HistoryAsync(ticket.Id))[^1];
        Assert.Equal(["priority", "dueAt"], line.Changes.Select(change => change.Field));
        Assert.Equal("The resolution within 8 h, around the clock: priority high.", line.Reason);
    }

    [Fact]
    public async Task Responses_are_promised_from_the_oldest_message_that_waits()
    {
        await using var desk = await StartAsync(options =>
        {
            options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1);
            options.Sla.NextResponse.Normal = TimeSpan.FromHours(2);
        });
        var ticket = await desk.OpenAsync(Alice);
        var opened = desk.Clock.GetUtcNow();
        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await desk.ReplyAsync(Alice, ticket.Id, "Anybody?");
        Assert.Equal(opened.AddHours(1), (await desk.StoredAsync(ticket.Id)).DueAt);

        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await desk.NoteAsync(Ann, ticket.Id);
        Assert.Equal(opened.AddHours(1), (await desk.StoredAsync(ticket.Id)).DueAt);
        await desk.ReplyAsync(Ann, ticket.Id);
        Assert.Equal(opened.AddHours(24), (await desk.StoredAsync(ticket.Id)).DueAt);

        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await desk.ReplyAsync(Alice, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await desk.ReplyAsync(Alice, ticket.Id);
        Assert.Equal(opened.AddMinutes(30).AddHours(2), (await desk.StoredAsync(ticket.Id)).DueAt);
        await desk.ReplyAsync(Ben, ticket.Id);
        await desk.ReplyAsync(Alice, ticket.Id);
        await desk.ResolveAsync(Alice, ticket.Id);

        Assert.Equal(
            [
                (TargetKind.FirstResponse, 1, opened.AddMinutes(20)),
                (TargetKind.Resolution, 1, opened.AddMinutes(40)),
                (TargetKind.NextResponse, 1, opened.AddMinutes(40)),
                (TargetKind.NextResponse, 2, opened.AddMinutes(40)),
            ],
            (await TargetsAsync(desk, ticket.Id)).OrderBy(target => target.StartedAt).ThenBy(target => target.Kind == TargetKind.Resolution ? 1 : 0)
                .Select(target => (target.Kind, target.Instance, target.MetAt!.Value)));
        Assert.Null((await desk.StoredAsync(ticket.Id)).DueAt);
    }

    [Fact]
    public async Task The_report_explains_each_target()
    {
        await using var desk = await StartAsync(options =>
        {
            options.Sla.PauseWhilePending = true;
            options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1);
        });
        var ticket = await desk.OpenAsync(Alice);
        var opened = desk.Clock.GetUtcNow();
        desk.Clock.Advance(TimeSpan.FromMinutes(30));
        await desk.ReplyAsync(Ann, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromHours(3));
        var paused = await SlaAsync(desk, ticket.Id);
        await desk.ReplyAsync(Alice, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        var running = await SlaAsync(desk, ticket.Id);

        Assert.Equal([(TargetKind.FirstResponse, SlaState.Met), (TargetKind.Resolution, SlaState.Paused)], paused.Targets.Select(target => (target.Kind, target.State)));
        Assert.Null(paused.DueAt);
        var resolution = running.Targets[1];
        Assert.Equal((SlaState.Running, opened.AddHours(27), opened.AddHours(27)), (resolution.State, resolution.DueAt, running.DueAt));
        Assert.Equal("Within 24 h, around the clock: priority normal.", resolution.Reason);
        Assert.Equal(
            [
                new SlaSegment(opened, opened.AddMinutes(30), SlaSegmentKind.Running),
                new SlaSegment(opened.AddMinutes(30), opened.AddMinutes(210), SlaSegmentKind.Paused),
                new SlaSegment(opened.AddMinutes(210), opened.AddHours(27), SlaSegmentKind.Running),
            ],
            resolution.Segments);
    }

    [Fact]
    public async Task The_report_is_for_agents_only()
    {
        var ticket = await Desk.OpenAsync(Alice);

        Assert.Null(await SlaOrNullAsync(Desk, Bob, ticket.Id));
        await Assert.ThrowsAsync<ForbiddenException>(() => SlaOrNullAsync(Desk, Alice, ticket.Id));
    }

    [Fact]
    public async Task A_changed_policy_applies_at_the_next_command_and_to_all_by_a_recalculation()
    {
        await using var before = await StartAsync();
        var tickets = new List<TicketView>();
        for (var number = 0; number < 230; number++)
            tickets.Add(await before.OpenAsync(Alice, priority: TicketPriority.Low));
        var byHand = tickets[7].CreatedAt.AddHours(100);
        await before.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = tickets[7].Id, DueAt = byHand });
        await before.CloseAsync(Mia, tickets[8].Id);

        await using var after = await StartAsync(options => options.Sla.Resolution.Low = TimeSpan.FromHours(30));
        await after.ReplyAsync(Alice, tickets[9].Id);
        Assert.Equal(tickets[9].CreatedAt.AddHours(30), (await after.StoredAsync(tickets[9].Id)).DueAt);
        Assert.Equal(tickets[10].CreatedAt.AddHours(72), (await after.StoredAsync(tickets[10].Id)).DueAt);
        Assert.Contains("applies with the next change", (await SlaAsync(after, tickets[10].Id)).Targets[0].Reason, StringComparison.Ordinal);

        // It is interrupted after the first batch, and goes on from there.
        string? cursor = null;
        await foreach (var batch in RecalculateAsync(after, cursor: null))
        {
            cursor = batch.Cursor;
            break;
        }

        await foreach (var batch in RecalculateAsync(after, cursor))
            Assert.InRange(batch.Checked, 1, 100);

        foreach (var ticket in tickets.Where((_, number) => number is not (7 or 8)))
            Assert.Equal(ticket.CreatedAt.AddHours(30), (await after.StoredAsync(ticket.Id)).DueAt);
        Assert.Equal((byHand, null), ((await after.StoredAsync(tickets[7].Id)).DueAt, (await after.StoredAsync(tickets[8].Id)).DueAt));
        var line = (await after.HistoryAsync(tickets[10].Id))[^1];
        Assert.Equal(("due", "The resolution within 30 h, around the clock: priority low."), (line.Action, line.Reason));
        await foreach (var batch in RecalculateAsync(after, cursor: null))
            Assert.Equal(0, batch.Changed);
    }

    [Fact]
    public async Task What_was_promised_is_judged_when_the_ticket_is_over()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.ResolveAsync(Ann, ticket.Id);

        await Assert.ThrowsAsync<ValidationException>(
            () => desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, DueAt = ticket.CreatedAt.AddMinutes(1) }));
        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Priority = TicketPriority.Urgent, DueAt = new Optional<DateTimeOffset?>(null) });

        var target = Assert.Single((await SlaAsync(desk, ticket.Id)).Targets);
        Assert.Equal((SlaState.Met, ticket.CreatedAt.AddHours(24), "As was promised when it was met."), (target.State, target.DueAt, target.Reason));
    }

    [Fact]
    public async Task A_recalculation_applies_other_settings_of_the_sweep_too()
    {
        await using var before = await StartAsync(options => options.AutoClose.After = TimeSpan.Zero);
        var resolved = await before.OpenAsync(Alice);
        await before.ResolveAsync(Ann, resolved.Id);
        Assert.Null((await before.StoredAsync(resolved.Id)).SlaCheckAt);

        await using var after = await StartAsync(options => options.AutoClose.After = TimeSpan.FromDays(3));
        await foreach (var batch in RecalculateAsync(after, cursor: null))
            Assert.InRange(batch.Checked, 1, 100);

        Assert.Equal(resolved.CreatedAt.AddDays(3), (await after.StoredAsync(resolved.Id)).SlaCheckAt);
    }

    [Fact]
    public async Task Past_tickets_are_replayed_under_a_draft()
    {
        await using var desk = await StartAsync(options =>
        {
            options.Sla.PauseWhilePending = true;
            options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1);
            options.Sla.NextResponse.Normal = TimeSpan.FromHours(1);
            options.Sla.NextResponse.High = TimeSpan.FromMinutes(45);
        });
        desk.Clock.Advance(TimeSpan.FromDays(400)); // No other test opens tickets then.
        var from = desk.Clock.GetUtcNow();
        var slow = await StoryAsync(desk, TimeSpan.FromHours(10));
        var quick = await StoryAsync(desk, TimeSpan.FromMinutes(20));

        var same = await SimulateAsync(desk, from, desk.Services.GetRequiredService<ISlaPolicy>());
        var strict = await SimulateAsync(desk, from, new Strict());

        Assert.Equal([slow, quick], same.Select(ticket => ticket.Id));
        foreach (var ticket in same)
        {
            Assert.Equal(
                (await TargetsAsync(desk, ticket.Id)).Select(target => (target.Kind, target.Instance, target.StartedAt, target.DueAt, target.MetAt)).Order(),
                ticket.Targets.Select(target => (target.Kind, target.Instance, target.StartedAt, target.DueAt, target.MetAt)).Order());
        }

        Assert.Equal([true, false], strict.Select(ticket => ticket.IsBreached));
        Assert.Null((await desk.StoredAsync(slow)).EscalatedAt);
    }

    private static async Task<Guid> StoryAsync(Desk desk, TimeSpan pace)
    {
        var ticket = (await desk.OpenAsync(Alice)).Id;
        desk.Clock.Advance(pace);
        await desk.NoteAsync(Ann, ticket);
        await desk.ReplyAsync(Ann, ticket);
        desk.Clock.Advance(pace);
        await desk.ReplyAsync(Alice, ticket);
        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket, Priority = TicketPriority.High, Category = "Printers" });
        desk.Clock.Advance(pace);
        await desk.CloseAsync(Ann, ticket, "Done.");
        desk.Clock.Advance(pace);
        await desk.ReopenAsync(Alice, ticket, "No.");
        desk.Clock.Advance(pace);
        await desk.CloseAsync(Alice, ticket, "Yes.");
        desk.Clock.Advance(TimeSpan.FromMinutes(1));
        return ticket;
    }

    private static async Task<List<SimulatedTicket>> SimulateAsync(Desk desk, DateTimeOffset from, ISlaPolicy policy)
    {
        await using var scope = desk.NewScope();
        var tickets = new List<SimulatedTicket>();
        await foreach (var ticket in scope.Services.GetRequiredService<ISlaSimulation>().RunAsync(
            new SlaSimulation { Actor = Mia, Policy = policy, From = from, To = desk.Clock.GetUtcNow() }, Token))
            tickets.Add(ticket);
        return tickets;
    }

    private static async IAsyncEnumerable<SlaRecalculationBatch> RecalculateAsync(Desk desk, string? cursor)
    {
        await using var scope = desk.NewScope();
        await foreach (var batch in scope.Services.GetRequiredService<ISlaRecalculation>().RunAsync(Mia, cursor, Token))
            yield return batch;
    }

    private static async Task<SlaView> SlaAsync(Desk desk, Guid ticket) => (await SlaOrNullAsync(desk, Mia, ticket))!;

    private static Task<SlaView?> SlaOrNullAsync(Desk desk, Actor actor, Guid ticket) =>
        desk.AskAsync(tickets => tickets.GetSlaAsync(new GetSla { Actor = actor, Ticket = ticket }, Token));

    private sealed class Strict : ISlaPolicy
    {
        public Task<SlaTerms> GetTermsAsync(SlaContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new SlaTerms { FirstResponse = new SlaTerm { Duration = TimeSpan.FromMinutes(30) } });
    }
}
