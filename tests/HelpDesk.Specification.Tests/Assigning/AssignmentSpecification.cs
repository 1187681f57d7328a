using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Assigning;

/// <summary>Who becomes responsible for a new ticket, and what the history says of it.</summary>
public abstract class AssignmentSpecification(HelpDeskFixture fixture) : AssigningTest(fixture)
{
    [Theory]
    [InlineData(BuiltInStrategy.LeastLoaded)]
    [InlineData(BuiltInStrategy.RoundRobin)]
    public async Task One_after_another_the_tickets_are_spread_exactly(BuiltInStrategy strategy)
    {
        await using var desk = await StartAsync(strategy);
        var team = await Team.CreateAsync(desk, 3);

        for (var number = 1; number <= 10; number++)
        {
            await team.OpenAsync();
            var loads = await team.LoadsAsync();
            Assert.Equal(number, loads.Sum());
            Assert.InRange(loads.Max() - loads.Min(), 0, 1);
        }
    }

    [Fact]
    public async Task Least_loaded_looks_at_the_load_and_round_robin_at_the_turn()
    {
        foreach (var (strategy, expected) in new[] { (BuiltInStrategy.LeastLoaded, 0), (BuiltInStrategy.RoundRobin, 1) })
        {
            await using var desk = await StartAsync(strategy);
            var team = await Team.CreateAsync(desk, 2);
            var tickets = new[] { await team.OpenAsync(), await team.OpenAsync(), await team.OpenAsync() };
            await desk.ResolveAsync(Alice, tickets[0].Id);
            await desk.ResolveAsync(Alice, tickets[2].Id);

            // The first agent had two and carries none now; the second had one and still carries it.
            var next = await team.OpenAsync();

            Assert.Equal(team.Agents[expected].Id, next.Assignee?.Id);
        }
    }

    [Fact]
    public async Task The_reason_names_the_choice_and_everybody_who_was_passed_over()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 5);
        await team.OpenAsync();
        await team.SetAsync(team.Agents[2], isAvailable: false);
        await team.SetAsync(team.Agents[3], categories: "other things");
        await team.SetAsync(team.Agents[4], maxOpenTickets: 0);

        var ticket = await team.OpenAsync();

        Assert.Equal("Agent 1", ticket.Assignee?.Name);
        var line = (await desk.HistoryAsync(ticket.Id)).Single(entry => entry.Action == "assigned");
        Assert.Equal(("assignment", TicketRole.System, "system"), (line.Actor.Name, line.Actor.Kind, line.Via));
        Assert.Equal(
            "Agent 1: 0 open tickets. Passed over: Agent 2 (unavailable), Agent 3 (takes other categories), Agent 4 (has 0 of 0 tickets), Agent 0 (1 open ticket).",
            await SortedReasonAsync(team, ticket.Id));
    }

    [Fact]
    public async Task Without_a_candidate_the_ticket_waits_and_says_why()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2, maxOpenTickets: 1);
        await team.SetAsync(team.Agents[1], isAvailable: false);
        await team.OpenAsync();

        var waiting = await team.OpenAsync();

        Assert.Null(waiting.Assignee);
        Assert.NotNull((await desk.StoredAsync(waiting.Id)).QueuedAt);
        var reason = await team.ReasonAsync(waiting.Id);
        Assert.StartsWith("Waits for an agent: ", reason, StringComparison.Ordinal);
        Assert.Contains("Agent 0 (has 1 of 1 tickets)", reason, StringComparison.Ordinal);
        Assert.Contains("Agent 1 (unavailable)", reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_desk_without_agents_lets_its_tickets_wait()
    {
        await using var desk = await StartAsync();
        await Team.CreateAsync(desk, 0);

        var ticket = await desk.OpenAsync(Alice, category: $"nobody's-{Guid.NewGuid():N}");

        Assert.Equal("Waits for an agent: nobody has the role support.", (await desk.HistoryAsync(ticket.Id))[1].Reason);
    }

    [Fact]
    public async Task An_agent_without_a_profile_is_available_and_takes_everything()
    {
        await using var desk = await StartAsync();
        await Team.CreateAsync(desk, 0);
        var id = $"new-{Guid.NewGuid():N}";
        desk.Users.Add(id, "Newcomer", HelpDeskRoles.Support);

        var tickets = new[] { await desk.OpenAsync(Alice, category: "Whatever"), await desk.OpenAsync(Alice) };

        Assert.All(tickets, ticket => Assert.Equal(id, ticket.Assignee?.Id));
        Assert.Equal(2, (await ProfileAsync(desk, id)).OpenTickets);
    }

    [Fact]
    public async Task Categories_are_compared_without_letter_case_and_a_ticket_without_one_is_for_everybody()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1);

        Assert.NotNull((await team.OpenAsync(category: team.Category.ToUpperInvariant())).Assignee);
        Assert.NotNull((await desk.OpenAsync(Alice)).Assignee);
        Assert.Null((await team.OpenAsync(category: "something else")).Assignee);
    }

    [Fact]
    public async Task Who_leaves_the_role_is_no_candidate_from_then_on()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2);
        desk.Users.Add(team.Agents[0].Id, "Agent 0");

        Assert.Equal(team.Agents[1].Id, (await team.OpenAsync()).Assignee?.Id);
        Assert.Equal(team.Agents[1].Id, (await team.OpenAsync()).Assignee?.Id);
    }

    [Fact]
    public async Task Nobody_is_given_their_own_ticket()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2);

        var own = await desk.OpenAsync(team.Agents[0], category: team.Category);

        Assert.Equal(team.Agents[1].Id, own.Assignee?.Id);
    }

    [Theory]
    [InlineData(BuiltInStrategy.LeastLoaded)]
    [InlineData(BuiltInStrategy.RoundRobin)]
    public async Task Who_joins_or_comes_back_starts_at_the_smallest_counter(BuiltInStrategy strategy)
    {
        await using var desk = await StartAsync(strategy);
        var team = await Team.CreateAsync(desk, 3);
        await team.AvailableAsync(team.Agents[2], isAvailable: false);
        for (var number = 0; number < 10; number++)
            await desk.ResolveAsync(Mia, (await team.OpenAsync()).Id);

        await team.AvailableAsync(team.Agents[2], isAvailable: true);
        var assigned = new List<string?>();
        for (var number = 0; number < 6; number++)
            assigned.Add((await team.OpenAsync()).Assignee?.Id);

        // Not six in a row for whoever comes back with a counter of zero.
        Assert.All(team.Agents, agent => Assert.Equal(2, assigned.Count(id => id == agent.Id)));
    }

    /// <summary>Their first row comes from answering: had it begun at zero, all turns would be theirs.</summary>
    [Fact]
    public async Task A_newcomer_who_answers_first_is_not_given_all_the_turns()
    {
        await using var desk = await StartAsync(BuiltInStrategy.RoundRobin);
        var team = await Team.CreateAsync(desk, 2);
        TicketView? last = null;
        for (var number = 0; number < 10; number++)
            last = await team.OpenAsync();
        var newcomer = Actor.User($"newcomer-{Guid.NewGuid():N}", HelpDeskRoles.Support);
        desk.Users.Add(newcomer.Id, "Newcomer", HelpDeskRoles.Support);

        await desk.ReplyAsync(newcomer, last!.Id);
        var assigned = new List<string?>();
        for (var number = 0; number < 6; number++)
            assigned.Add((await team.OpenAsync()).Assignee?.Id);

        Assert.Equal(2, assigned.Count(id => id == newcomer.Id));
    }

    [Fact]
    public async Task Long_names_and_reasons_are_cut_where_they_can_be_stored()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseAssignmentStrategy<Talkative>() });
        var team = await Team.CreateAsync(desk, 12);
        foreach (var agent in team.Agents)
            desk.Users.Add(agent.Id, string.Concat(new string('n', 38), "😀😀😀", agent.Id, "\0"), HelpDeskRoles.Support);

        var ticket = await team.OpenAsync();

        Assert.NotNull(ticket.Assignee);
        Assert.InRange((await team.ReasonAsync(ticket.Id))!.Length, 500, 1000);
    }

    [Fact]
    public async Task By_hand_the_capacity_may_be_exceeded()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1, maxOpenTickets: 1);
        await team.OpenAsync();
        var waiting = await team.OpenAsync();

        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = waiting.Id, AssigneeId = team.Agents[0].Id });

        Assert.Equal([2], await team.LoadsAsync());
        Assert.Null((await desk.StoredAsync(waiting.Id)).QueuedAt);
    }

    [Fact]
    public async Task A_ticket_taken_from_everybody_by_hand_does_not_wait()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 1);
        var ticket = await team.OpenAsync();

        await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, AssigneeId = new Optional<string?>(null) });
        await team.AssignWaitingAsync();

        Assert.Null((await desk.SeeAsync(Mia, ticket.Id)).Assignee);
        Assert.Equal([0], await team.LoadsAsync());
    }

    [Fact]
    public async Task A_reopened_ticket_stays_with_its_agent_if_still_available_else_it_is_assigned_anew()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2);
        var ticket = await team.OpenAsync();
        await desk.ResolveAsync(Alice, ticket.Id);
        await desk.ReopenAsync(Alice, ticket.Id);
        var kept = await desk.SeeAsync(Mia, ticket.Id);

        await desk.ResolveAsync(Alice, ticket.Id);
        await team.AvailableAsync(team.Agents[0], isAvailable: false);
        await desk.ReplyAsync(Alice, ticket.Id, "It is back.");
        var anew = await desk.SeeAsync(Mia, ticket.Id);

        await desk.ResolveAsync(Alice, ticket.Id);
        await team.AvailableAsync(team.Agents[1], isAvailable: false);
        var waiting = await desk.ReopenAsync(Mia, ticket.Id);

        Assert.Equal((team.Agents[0].Id, team.Agents[1].Id, null), (kept.Assignee?.Id, anew.Assignee?.Id, waiting.Assignee?.Id));
        Assert.Equal("Agent 1", anew.Assignee?.Name);
        Assert.NotNull((await desk.StoredAsync(ticket.Id)).QueuedAt);
        Assert.Equal([0, 0], await team.LoadsAsync());
    }

    [Fact]
    public async Task Who_reopens_by_answering_keeps_the_ticket_available_or_not()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 2);
        var ticket = await team.OpenAsync();
        await desk.ResolveAsync(Alice, ticket.Id);
        await team.AvailableAsync(team.Agents[1], isAvailable: false);

        await desk.ReplyAsync(team.Agents[1], ticket.Id);

        Assert.Equal(team.Agents[1].Id, (await desk.SeeAsync(Mia, ticket.Id)).Assignee?.Id);
        Assert.Equal([0, 1], await team.LoadsAsync());
    }

    [Fact]
    public async Task A_strategy_of_the_host_ranks_and_its_reason_is_stored()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseAssignmentStrategy<LastOfAll>() });
        var team = await Team.CreateAsync(desk, 3);
        await team.SetAsync(team.Agents[2], maxOpenTickets: 0);

        var ticket = await team.OpenAsync();

        Assert.Equal(team.Agents[1].Id, ticket.Assignee?.Id);
        Assert.StartsWith("Agent 1: comes last", await team.ReasonAsync(ticket.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strategy_may_rank_nobody_but_no_stranger()
    {
        await using var shy = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseAssignmentStrategy<Nobody>() });
        var team = await Team.CreateAsync(shy, 1);
        var waiting = await team.OpenAsync();
        Assert.Equal("Waits for an agent. Nobody speaks Basque.", await team.ReasonAsync(waiting.Id));
        Assert.Equal(0, await team.AssignWaitingAsync());
        Assert.Equal(2, (await shy.HistoryAsync(waiting.Id)).Count);

        await using var wild = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseAssignmentStrategy<Stranger>() });
        var other = await Team.CreateAsync(wild, 1);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => other.OpenAsync());
        Assert.Contains("Stranger ranked 'mia'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_strategy_nothing_is_assigned_and_nothing_waits()
    {
        await using var desk = await StartAsync(BuiltInStrategy.None);
        var team = await Team.CreateAsync(desk, 1);

        var ticket = await team.OpenAsync();

        Assert.Null(ticket.Assignee);
        Assert.Null((await desk.StoredAsync(ticket.Id)).QueuedAt);
        Assert.Equal(["opened"], (await desk.HistoryAsync(ticket.Id)).Select(entry => entry.Action));
    }

    /// <summary>The order of the agents who are no candidates is the directory's, which is none.</summary>
    private static async Task<string> SortedReasonAsync(Team team, Guid ticket)
    {
        var reason = (await team.ReasonAsync(ticket))!;
        var start = reason.IndexOf(": ", reason.IndexOf("Passed over", StringComparison.Ordinal), StringComparison.Ordinal) + 2;
        var names = reason[start..^1].Split("), ").Select(name => name.TrimEnd(')'));
        return $"{reason[..start]}{string.Join("), ", names.OrderBy(name => name.Contains("open ticket", StringComparison.Ordinal)).ThenBy(name => name, StringComparer.Ordinal))}).";
    }

    private sealed class LastOfAll : IAssignmentStrategy
    {
        public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken) =>
            Task.FromResult(AssignmentRanking.Of(context.Candidates.OrderByDescending(agent => agent.Name), _ => "comes last"));
    }

    private sealed class Talkative : IAssignmentStrategy
    {
        public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken) =>
            Task.FromResult(AssignmentRanking.Of(context.Candidates, _ => new string('r', 500)));
    }

    private sealed class Nobody : IAssignmentStrategy
    {
        public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken) =>
            Task.FromResult(AssignmentRanking.Nobody("Nobody speaks Basque."));
    }

    private sealed class Stranger : IAssignmentStrategy
    {
        public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken) =>
            Task.FromResult(new AssignmentRanking { Agents = [new RankedAgent("mia", "is nice")] });
    }
}
