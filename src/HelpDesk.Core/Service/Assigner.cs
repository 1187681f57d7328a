using HelpDesk.Assignment;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Finds an agent for a ticket: the strategy ranks, the database decides who has room.</summary>
internal sealed class Assigner(HelpDeskDb db, Roster roster, IAssignmentStrategy strategy, AssignmentsUnderWay underWay)
{
    /// <summary>Who assigned it, as the history says: not whoever opened the ticket.</summary>
    public static readonly Actor Self = Actor.System("assignment");

    private const int MostClaims = 20;
    private const int MostRankings = 5;

    /// <summary>Whether tickets are assigned automatically at all.</summary>
    public bool IsOn => strategy is not NoAssignment;

    /// <summary>Assigns the ticket, or lets it wait. Runs just before the save, behind the lock of a ticket that exists already.</summary>
    public async Task<Assignment> AssignAsync(TicketChange change, CommandTry attempt, CancellationToken cancellationToken) =>
        await AssignAsync(change, attempt, await roster.ReadAsync(cancellationToken), cancellationToken);

    /// <summary>After a reopening: the agent of before keeps the ticket if still available, else it is assigned anew.</summary>
    public async Task<Assignment> KeepOrAssignAsync(TicketChange change, CommandTry attempt, CancellationToken cancellationToken)
    {
        var agents = await roster.ReadAsync(cancellationToken);
        var before = agents.FirstOrDefault(agent => agent.Id == change.Ticket.AssigneeId && agent.IsAvailable);
        return before is not null ? new Assignment(before, IsRefused: false) : await AssignAsync(change, attempt, agents, cancellationToken);
    }

    private async Task<Assignment> AssignAsync(TicketChange change, CommandTry attempt, IReadOnlyList<AgentState> agents, CancellationToken cancellationToken)
    {
        var ticket = change.Ticket;
        change.DecidedBy(Self);
        // A claim locks the agent's row until the commit, so it needs the command's own transaction.
        await attempt.EnsureTransactionAsync(cancellationToken);
        var (ranking, passed, candidates) = await RankAsync(change, agents, attempt, cancellationToken);
        foreach (var (place, index) in ranking.Agents.Take(MostClaims).Select((place, index) => (place, index)))
        {
            var agent = candidates[place.AgentId];
            if (index > 0 && underWay.Begin(agent.Id, knownVersion: null) is { } lease)
                attempt.Holds(lease);
            if (await ClaimAsync(agent, agents, change.Now, cancellationToken))
            {
                passed.AddRange(ranking.Agents.Skip(index + 1).Select(other => (candidates[other.AgentId], other.Reason)));
                passed.AddRange(LeftOut(ranking, candidates));
                ticket.Assign(change, agent.Id, AssignmentReason.Chosen(agent, place.Reason, passed));
                change.ClaimedAgentId = agent.Id;
                return new Assignment(agent, IsRefused: false);
            }

            passed.Add((agent, "was taken up meanwhile"));
        }

        var isRefused = candidates.Count > 0 && ranking.Agents.Count == 0;
        passed.AddRange(LeftOut(ranking, candidates));
        if (ticket.QueuedAt is null)
            ticket.Queue(change, AssignmentReason.Nobody(ranking.Reason, passed));
        return new Assignment(Agent: null, isRefused);
    }

    /// <summary>The candidates whom the strategy did not rank, with its reason.</summary>
    private static IEnumerable<(AgentState Agent, string Why)> LeftOut(AssignmentRanking ranking, Dictionary<string, AgentState> candidates)
    {
        var ranked = ranking.Agents.Select(place => place.AgentId).ToHashSet(StringComparer.Ordinal);
        var reasons = ranking.LeftOut.ToLookup(place => place.AgentId, place => place.Reason, StringComparer.Ordinal);
        return candidates.Values.Where(agent => !ranked.Contains(agent.Id)).Select(agent => (agent, reasons[agent.Id].FirstOrDefault() ?? "not ranked"));
    }

    /// <summary>Ranks the candidates, with the first one noted as under way; again where others were noted meanwhile.</summary>
    private async Task<(AssignmentRanking Ranking, List<(AgentState, string)> Passed, Dictionary<string, AgentState> Candidates)> RankAsync(
        TicketChange change, IReadOnlyList<AgentState> stored, CommandTry attempt, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            var (agents, version) = underWay.AddTo(stored);
            var passed = new List<(AgentState, string)>();
            var candidates = new Dictionary<string, AgentState>(StringComparer.Ordinal);
            foreach (var agent in agents)
            {
                if (agent.Obstacle(change.Ticket.Category, change.Ticket.RequesterId) is { } obstacle)
                    passed.Add((agent, obstacle));
                else
                    candidates.Add(agent.Id, agent);
            }

            if (candidates.Count == 0)
                return (new AssignmentRanking { Agents = [] }, passed, candidates);

            var context = new AssignmentContext
            {
                Ticket = TicketSummary.Of(change.Ticket),
                Candidates = [.. candidates.Values.Select(agent => agent.ToCandidate())],
                Now = change.Now,
            };
            var ranking = await strategy.RankAsync(context, cancellationToken);
            if (ranking.Agents.FirstOrDefault(place => !candidates.ContainsKey(place.AgentId)) is { } stranger)
                throw new InvalidOperationException($"{strategy.GetType().Name} ranked '{stranger.AgentId}', who is not one of the candidates. Rank agents of AssignmentContext.Candidates only.");
            if (ranking.Agents.Count == 0)
                return (ranking, passed, candidates);

            if (underWay.Begin(ranking.Agents[0].AgentId, number < MostRankings ? version : null) is { } lease)
            {
                attempt.Holds(lease);
                return (ranking, passed, candidates);
            }
        }
    }

    private async Task<bool> ClaimAsync(AgentState agent, IReadOnlyList<AgentState> stored, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // What is under way counts in the claims themselves.
        var start = stored.First(other => other.Id == agent.Id).Assignments;
        if (!agent.HasProfile)
            await AgentLoads.AddAgentAsync(db, agent.Id, start, cancellationToken);
        return await db.Agents
            .Where(row => row.AgentId == agent.Id && row.IsAvailable && (row.MaxOpenTickets == null || row.OpenTickets < row.MaxOpenTickets))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.OpenTickets, row => row.OpenTickets + 1)
                    .SetProperty(row => row.Assignments, row => (row.Assignments == AgentProfile.NoTurnYet ? start : row.Assignments) + 1)
                    .SetProperty(row => row.LastAssignedAt, now),
                cancellationToken) > 0;
    }

    /// <summary>What came of it.</summary>
    /// <param name="Agent">The agent; null where the ticket waits.</param>
    /// <param name="IsRefused">Whether there were candidates, of whom the strategy wanted none.</param>
    internal readonly record struct Assignment(AgentState? Agent, bool IsRefused);
}
