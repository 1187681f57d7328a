using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Specification.Assigning;

/// <summary>The tickets that wait, and how they come to their agents.</summary>
public abstract class QueueSpecification(HelpDeskFixture fixture) : AssigningTest(fixture)
{
    [Theory]
    [InlineData("resolved")]
    [InlineData("given away")]
    [InlineData("available")]
    [InlineData("capacity")]
    [InlineData("category")]
    public async Task A_waiting_ticket_has_its_agent_as_soon_as_there_is_room(string cause)
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2, maxOpenTickets: 1);
        await team.SetAsync(team.Agents[1], isAvailable: false);
        var first = await team.OpenAsync();
        var waiting = await team.OpenAsync();
        Assert.Null(waiting.Assignee);

        // Less than a second passes, so that only the wake-up within the process can do it.
        await using var service = await RunServiceAsync(desk);
        switch (cause)
        {
            case "resolved":
                await desk.ResolveAsync(team.Agents[0], first.Id);
                break;
            case "given away":
                await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = first.Id, AssigneeId = new Optional<string?>(null) });
                break;
            case "available":
                await team.SetAsync(team.Agents[1], isAvailable: false, maxOpenTickets: 5);
                await team.AvailableAsync(team.Agents[1], isAvailable: true);
                break;
            case "capacity":
                await team.SetAsync(team.Agents[0], maxOpenTickets: 2);
                break;
            default:
                await team.SetAsync(team.Agents[1], categories: "else");
                await team.SetAsync(team.Agents[1], categories: [team.Category, "else"]);
                break;
        }

        await UntilAsync(async () => (await desk.SeeAsync(Mia, waiting.Id)).Assignee is not null, StepsOf(desk, TimeSpan.FromMilliseconds(20), most: 45));
        Assert.Null((await desk.StoredAsync(waiting.Id)).QueuedAt);
    }

    [Fact]
    public async Task Room_that_another_process_makes_is_found_within_two_seconds()
    {
        await using var elsewhere = await StartAsync();
        var team = await Team.CreateAsync(elsewhere, 1, maxOpenTickets: 1);
        var first = await team.OpenAsync();
        var waiting = await team.OpenAsync();
        await using var desk = await StartAsync();
        Same(team, desk);
        await using var service = await RunServiceAsync(desk);

        await elsewhere.ResolveAsync(Alice, first.Id);
        // A second and a half, and no more, however long that takes here.
        await UntilAsync(async () => (await elsewhere.SeeAsync(Mia, waiting.Id)).Assignee is not null, StepsOf(desk, TimeSpan.FromMilliseconds(50), most: 30));
    }

    [Fact]
    public async Task The_most_urgent_and_oldest_come_first()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 0);
        var waiting = new List<TicketView>();
        foreach (var priority in new[] { TicketPriority.Normal, TicketPriority.Low, TicketPriority.Urgent, TicketPriority.Normal, TicketPriority.Urgent })
        {
            waiting.Add(await team.OpenAsync(priority));
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var order = new List<int>();
        for (var room = 1; room <= waiting.Count; room++)
        {
            await team.SetAsync(team.Agents[0], maxOpenTickets: room);
            await team.AssignWaitingAsync();
            for (var number = 0; number < waiting.Count; number++)
            {
                if (!order.Contains(number) && (await desk.StoredAsync(waiting[number].Id)).AssigneeId is not null)
                    order.Add(number);
            }
        }

        Assert.Equal([2, 4, 0, 3, 1], order);
    }

    [Fact]
    public async Task Tickets_without_an_agent_for_them_do_not_stand_in_the_way_of_others()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 0);
        for (var number = 0; number < 3; number++)
            await team.OpenAsync(TicketPriority.Urgent, category: $"nobody's-{team.Category}");
        var last = await team.OpenAsync(TicketPriority.Low);

        await team.SetAsync(team.Agents[0], maxOpenTickets: 10);
        await team.AssignWaitingAsync();

        Assert.NotNull((await desk.SeeAsync(Mia, last.Id)).Assignee);
        Assert.Equal([1], await team.LoadsAsync());
    }

    [Fact]
    public async Task Several_nodes_at_once_assign_each_waiting_ticket_once_and_within_the_capacity()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2, maxOpenTickets: 0);
        var waiting = new List<TicketView>();
        for (var number = 0; number < 12; number++)
            waiting.Add(await team.OpenAsync());
        foreach (var agent in team.Agents)
            await team.SetAsync(agent, maxOpenTickets: 4);

        await AtOnce.RunAsync(4, _ => team.AssignWaitingAsync());

        Assert.Equal([4, 4], await team.LoadsAsync());
        foreach (var ticket in waiting)
            Assert.InRange((await desk.HistoryAsync(ticket.Id)).Count(entry => entry.Action == "assigned"), 0, 1);
    }

    [Fact]
    public async Task A_ticket_that_is_resolved_or_taken_waits_no_longer()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 0);
        var resolved = await team.OpenAsync();
        var taken = await team.OpenAsync();

        await desk.ResolveAsync(Mia, resolved.Id);
        await desk.ReplyAsync(team.Agents[0], taken.Id);

        Assert.Null((await desk.StoredAsync(resolved.Id)).QueuedAt);
        Assert.Null((await desk.StoredAsync(taken.Id)).QueuedAt);
        Assert.Equal([1], await team.LoadsAsync());
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Load_is_open_and_pending_tickets_or_open_ones_only(bool countPending, int expected)
    {
        await using var desk = await StartAsync(options: options => options.Assignment.CountPending = countPending);
        var team = await Team.CreateAsync(desk, 1);
        await team.OpenAsync();
        var pending = await team.OpenAsync();

        await desk.ReplyAsync(team.Agents[0], pending.Id);

        Assert.Equal([expected], await team.LoadsAsync());
        await team.RecountAsync();
        Assert.Equal([expected], await team.LoadsAsync());
    }

    [Fact]
    public async Task A_recount_puts_right_what_has_drifted_and_nothing_else()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 3);
        for (var number = 0; number < 6; number++)
            await team.OpenAsync();
        await team.RecountAsync();
        await desk.ReadAsync(context => context.Set<AgentProfile>().Where(agent => agent.AgentId == team.Agents[1].Id)
            .ExecuteUpdateAsync(set => set.SetProperty(agent => agent.OpenTickets, 17), Token));

        Assert.Equal(1, await team.RecountAsync());
        Assert.Equal([2, 2, 2], await team.LoadsAsync());
        Assert.Equal(0, await team.RecountAsync());
    }

    [Fact]
    public async Task A_recount_amid_traffic_loses_nothing()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2);

        await AtOnce.RunAsync(24, async number =>
        {
            if (number % 4 == 0)
                return await team.RecountAsync();
            var ticket = await team.OpenAsync();
            if (number % 4 == 1)
                await desk.ResolveAsync(team.Agents[0], ticket.Id);
            return 0;
        });

        var loads = await team.LoadsAsync();
        await team.RecountAsync();
        Assert.Equal(loads, await team.LoadsAsync());
    }

    [Fact]
    public async Task An_idle_look_costs_one_query()
    {
        // A database of its own, in which nothing waits.
        var log = new Costs.CommandLog();
        await using var desk = await Fixture.StartAsync<FilteredContext>(new DeskSetup
        {
            Strategy = BuiltInStrategy.LeastLoaded,
            Context = context => context.AddInterceptors(log),
        });
        var team = await Team.CreateAsync(desk, 1);
        await team.OpenAsync();
        log.Clear();

        await team.AssignWaitingAsync();

        // The one is asked past EF Core's log, which would have a line for it every second.
        Assert.Empty(log.Commands);
    }

    /// <summary>A category is compared as when the ticket was opened, also where the database knows only the letter case of ASCII.</summary>
    [Fact]
    public async Task A_category_with_umlauts_waits_no_longer_than_others()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 0);
        var category = $"Übergabe {team.Category}";
        var waiting = await team.OpenAsync(category: category);

        await team.SetAsync(team.Agents[0], maxOpenTickets: 5, categories: category.ToUpperInvariant());
        await team.AssignWaitingAsync();

        Assert.NotNull((await desk.SeeAsync(Mia, waiting.Id)).Assignee);
    }

    [Fact]
    public async Task A_waiting_ticket_that_is_to_have_nobody_waits_no_longer_and_says_so()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 0);
        var waiting = await team.OpenAsync();

        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = waiting.Id, AssigneeId = new Optional<string?>(null) });
        await team.SetAsync(team.Agents[0], maxOpenTickets: 5);
        await team.AssignWaitingAsync();

        Assert.Null((await desk.SeeAsync(Mia, waiting.Id)).Assignee);
        Assert.Equal("unqueued", (await desk.HistoryAsync(waiting.Id))[^1].Action);
    }

    [Fact]
    public async Task A_pending_ticket_that_does_not_count_is_assigned_without_a_load()
    {
        await using var desk = await StartAsync(options: options => options.Assignment.CountPending = false);
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 0);
        var waiting = await team.OpenAsync();
        await desk.ReplyAsync(Mia, waiting.Id);
        await team.SetAsync(team.Agents[0], maxOpenTickets: 5);

        await team.AssignWaitingAsync();
        Assert.Equal((TicketStatus.Pending, team.Agents[0].Id), ((await desk.StoredAsync(waiting.Id)).Status, (await desk.StoredAsync(waiting.Id)).AssigneeId));
        Assert.Equal([0], await team.LoadsAsync());
        await desk.ReplyAsync(Alice, waiting.Id);
        Assert.Equal([1], await team.LoadsAsync());
    }

    [Fact]
    public async Task A_strategy_that_fails_for_one_ticket_keeps_no_other_waiting()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseAssignmentStrategy<FailsForUrgent>() });
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 0);
        var bad = await team.OpenAsync(TicketPriority.Urgent);
        var good = await team.OpenAsync();

        await team.SetAsync(team.Agents[0], maxOpenTickets: 5);
        await team.AssignWaitingAsync();

        Assert.Null((await desk.StoredAsync(bad.Id)).AssigneeId);
        Assert.NotNull((await desk.StoredAsync(good.Id)).AssigneeId);
    }

    [Fact]
    public async Task A_refused_ticket_is_asked_for_again_when_it_changes_and_not_before()
    {
        var asked = new AskedFor();
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            HelpDesk = helpDesk =>
            {
                helpDesk.Services.AddSingleton(asked);
                helpDesk.UseAssignmentStrategy<RefusesLow>();
            },
        });
        var team = await Team.CreateAsync(desk, 1);
        var waiting = await team.OpenAsync(TicketPriority.Low);
        await team.AssignWaitingAsync();
        var before = asked.Count;
        await team.AssignWaitingAsync();
        Assert.Equal(before, asked.Count);

        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = waiting.Id, Priority = TicketPriority.High });
        await team.AssignWaitingAsync();

        Assert.NotNull((await desk.StoredAsync(waiting.Id)).AssigneeId);
    }

    /// <summary>In a background scope a host's tenant filter may let nothing through: the loads are the agents', whichever tenant the tickets are of.</summary>
    [Fact]
    public async Task A_recount_counts_the_tickets_of_all_tenants()
    {
        await using var desk = await Fixture.StartAsync<FilteredContext>(new DeskSetup { Strategy = BuiltInStrategy.LeastLoaded });
        var team = await Team.CreateAsync(desk, 1);
        await team.OpenAsync();

        FilteredContext.Hidden.Value = "alice";
        var corrected = await team.RecountAsync();
        FilteredContext.Hidden.Value = null;

        Assert.Equal((0, 1), (corrected, (await team.LoadsAsync())[0]));
    }

    /// <summary>Lets so much time pass, and four times a hundredth of a second more: the service may not have waited yet when the clock was moved.</summary>
    private static Action StepsOf(Desk desk, TimeSpan step, int most)
    {
        var taken = 0;
        return () =>
        {
            if (taken++ < most || (taken % most == 0 && taken <= 5 * most))
                desk.Clock.Advance(taken <= most ? step : TimeSpan.FromMilliseconds(10));
        };
    }

    private static void Same(Team team, Desk desk)
    {
        foreach (var other in desk.Users.OfRole(HelpDeskRoles.Support).ToList())
            desk.Users.Remove(other.Id);
        foreach (var agent in team.Agents)
            desk.Users.Add(agent.Id, agent.Id, HelpDeskRoles.Support);
    }

    private static async Task<RunningService> RunServiceAsync(Desk desk)
    {
        var service = desk.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "AssignmentService");
        await service.StartAsync(Token);
        return new RunningService(service);
    }

    /// <summary>Looks until something is so; the other side works in real time.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isSo, Action? meanwhile = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed < Patience, "It did not come about.");
            meanwhile?.Invoke();
            await Task.Delay(50, Token);
        }
    }

    private sealed class FailsForUrgent : IAssignmentStrategy
    {
        public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken) => context.Ticket.Priority == TicketPriority.Urgent
            ? throw new InvalidOperationException("A mistake of the host's.")
            : Task.FromResult(AssignmentRanking.Of(context.Candidates, _ => "first"));
    }

    private sealed class AskedFor
    {
        public int Count { get; set; }
    }

    private sealed class RefusesLow(AskedFor asked) : IAssignmentStrategy
    {
        public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken)
        {
            asked.Count++;
            return Task.FromResult(context.Ticket.Priority == TicketPriority.Low
                ? AssignmentRanking.Nobody("Not for that.")
                : AssignmentRanking.Of(context.Candidates, _ => "first"));
        }
    }

    private sealed class RunningService(IHostedService service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await service.StopAsync(CancellationToken.None);
    }
}
