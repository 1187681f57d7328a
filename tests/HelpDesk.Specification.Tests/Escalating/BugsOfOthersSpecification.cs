using HelpDesk.Escalation;
using HelpDesk.Specification.Assigning;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Escalating;

/// <summary>What went wrong in other help desks and is not to go wrong here, as far as it needs a stored ticket. The clock's own are in its unit tests.</summary>
public abstract class BugsOfOthersSpecification(HelpDeskFixture fixture) : AssigningTest(fixture)
{
    /// <summary>Zammad #3140.</summary>
    [Fact]
    public async Task It_does_not_escalate_after_an_agent_has_replied()
    {
        await using var desk = await StartAsync(options: options => options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1));
        var ticket = await desk.OpenAsync(Alice);
        desk.Clock.Advance(TimeSpan.FromMinutes(59));
        await desk.ReplyAsync(Ann, ticket.Id);

        desk.Clock.Advance(TimeSpan.FromHours(10));
        await SweepAsync(desk);

        Assert.Null((await desk.StoredAsync(ticket.Id)).EscalatedAt);
    }

    /// <summary>Zammad #188.</summary>
    [Fact]
    public async Task A_reopened_ticket_does_not_escalate_at_once()
    {
        await using var desk = await StartAsync(options: options => options.AutoClose.After = TimeSpan.Zero);
        var ticket = await desk.OpenAsync(Alice);
        desk.Clock.Advance(TimeSpan.FromHours(1));
        await desk.ResolveAsync(Ann, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromDays(5));
        await desk.ReopenAsync(Alice, ticket.Id);

        await SweepAsync(desk);
        Assert.Null((await desk.StoredAsync(ticket.Id)).EscalatedAt);
        desk.Clock.Advance(TimeSpan.FromHours(23));
        await SweepAsync(desk);
        Assert.NotNull((await desk.StoredAsync(ticket.Id)).EscalatedAt);
    }

    /// <summary>RT's documentation of IgnoreOnStatuses.</summary>
    [Fact]
    public async Task A_return_from_a_status_that_does_not_count_leaves_the_time_that_was_left()
    {
        await using var desk = await StartAsync(options: options => options.Sla.PauseWhilePending = true);
        var ticket = await desk.OpenAsync(Alice);
        desk.Clock.Advance(TimeSpan.FromHours(20));
        await desk.ReplyAsync(Ann, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromDays(10));
        await desk.ReplyAsync(Alice, ticket.Id);

        await SweepAsync(desk);

        var stored = await desk.StoredAsync(ticket.Id);
        Assert.Equal((null, desk.Clock.GetUtcNow().AddHours(4)), (stored.EscalatedAt, stored.DueAt));
    }

    /// <summary>django-helpdesk, escalate_tickets.</summary>
    [Fact]
    public async Task An_escalation_tells_and_changes_no_priority_status_or_agent()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1);
        var ticket = await team.OpenAsync(TicketPriority.Low);

        desk.Clock.Advance(TimeSpan.FromDays(30));
        await SweepAsync(desk);

        var stored = await desk.StoredAsync(ticket.Id);
        Assert.NotNull(stored.EscalatedAt);
        Assert.Equal((TicketPriority.Low, TicketStatus.Open, team.Agents[0].Id), (stored.Priority, stored.Status, stored.AssigneeId));
    }

    /// <summary>GLPI #1996 and #2408, Zammad #4348 and #5655: hundreds of times, or once a day only.</summary>
    [Fact]
    public async Task The_same_alert_comes_once_and_the_next_one_as_soon_as_it_is_due()
    {
        await using var desk = await StartAsync(options: options => options.Sla.NextResponse.Normal = TimeSpan.FromHours(1));
        var ticket = await desk.OpenAsync(Alice);
        await desk.ReplyAsync(Ann, ticket.Id);
        var alerts = new List<int>();
        for (var round = 1; round <= 3; round++)
        {
            await desk.ReplyAsync(Alice, ticket.Id, $"Question {round}");
            desk.Clock.Advance(TimeSpan.FromHours(1));
            for (var again = 0; again < 5; again++)
                await SweepAsync(desk);
            alerts.Add((await desk.HistoryAsync(ticket.Id)).Count(entry => entry.Action == "escalated"));
            await desk.ReplyAsync(Ann, ticket.Id);
        }

        Assert.Equal([1, 2, 3], alerts);
    }

    /// <summary>Chatwoot #11034.</summary>
    [Fact]
    public async Task Balanced_assignment_is_balanced()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 4);
        for (var number = 0; number < 22; number++)
            await team.OpenAsync();

        Assert.Equal([5, 5, 6, 6], (await team.LoadsAsync()).Order());
    }

    /// <summary>Chatwoot #10685 and #13050: who comes online gets no backlog; no queue at full capacity.</summary>
    [Fact]
    public async Task Tickets_wait_at_full_capacity_and_go_to_whoever_comes_online()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2, maxOpenTickets: 2);
        await team.AvailableAsync(team.Agents[1], isAvailable: false);
        for (var number = 0; number < 4; number++)
            await team.OpenAsync();
        Assert.Equal([2, 0], await team.LoadsAsync());

        await team.AvailableAsync(team.Agents[1], isAvailable: true);
        await team.AssignWaitingAsync();

        Assert.Equal([2, 2], await team.LoadsAsync());
    }

    /// <summary>FreeScout #798, opensupports #1209. (That automatic mail never reopens is shown with mail.)</summary>
    [Fact]
    public async Task Thanks_after_the_window_does_not_reopen()
    {
        await using var desk = await StartAsync();
        var ticket = await desk.OpenAsync(Alice);
        await desk.ResolveAsync(Ann, ticket.Id);
        desk.Clock.Advance(TimeSpan.FromDays(8));

        var thanks = await desk.ReplyAsync(Alice, ticket.Id, "Thanks");

        Assert.NotEqual(ticket.Id, thanks.TicketId);
        Assert.Equal(TicketStatus.Resolved, (await desk.StoredAsync(ticket.Id)).Status);
    }

    /// <summary>Chatwoot #306, FreeScout GHSA-w668-wq26-6c94.</summary>
    [Fact]
    public async Task A_private_note_reaches_no_customer_and_stops_no_clock()
    {
        await using var desk = await StartAsync(options: options => options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1));
        var ticket = await desk.OpenAsync(Alice);
        await desk.NoteAsync(Ann, ticket.Id, "Canary");

        desk.Clock.Advance(TimeSpan.FromHours(1));
        await SweepAsync(desk);

        Assert.NotNull((await desk.StoredAsync(ticket.Id)).EscalatedAt);
        Assert.DoesNotContain("Canary", await desk.TextsAsync(Alice, ticket.Id));
    }

    /// <summary>The seed, FreeScout, Dolibarr #26509: numbers from a count or a maximum.</summary>
    [Fact]
    public async Task A_number_does_not_come_back_when_its_ticket_is_deleted()
    {
        await using var desk = await StartAsync();
        var first = await desk.OpenAsync(Alice);
        await desk.ReadAsync(context => context.Set<Ticket>().Where(ticket => ticket.Id == first.Id).ExecuteDeleteAsync(Token));

        Assert.NotEqual(first.Number, (await desk.OpenAsync(Alice)).Number);
    }

    private static async Task SweepAsync(Desk desk)
    {
        await using var scope = desk.NewScope();
        await scope.Services.GetRequiredService<IEscalationSweep>().RunAsync(Token);
    }
}
