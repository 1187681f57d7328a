using HelpDesk.Assignment;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Finds an agent for a ticket: the strategy ranks, the database decides who has room.</summary>
internal sealed class Assigner(HelpDeskDb db, Roster roster, IAssignmentStrategy strategy, AssignmentsUnderWay underWay)
{
    private const int MostClaims = 20;
    private const int MostRankings = 5;

    /// <summary>Whether tickets are assigned automatically at all.</summary>
    public bool IsOn => strategy is not NoAssignment;

    /// <summary>Assigns the ticket, or lets it wait. Runs just before the save, behind the lock of a ticket that exists already.</summary>
    /// <returns>The agent; null where the ticket waits.</returns>
    public async Task<AgentState?> AssignAsync(TicketChange change, CommandTry attempt, CancellationToken cancellationToken) =>
        await AssignAsync(change, attempt, await roster.ReadAsync(cancellationToken), cancellationToken);

    /// <summary>After a reopening: the agent of before keeps the ticket if still available, else it is assigned anew.</summary>
    /// <returns>The agent; null where the ticket waits.</returns>
    public async Task<AgentState?> KeepOrAssignAsync(TicketChange change, CommandTry attempt, CancellationToken cancellationToken)
    {
        var agents = await roster.ReadAsync(cancellationToken);
        var before = agents.FirstOrDefault(agent => agent.Id == change.Ticket.AssigneeId && agent.IsAvailable);
        return before ?? await AssignAsync(change, attempt, agents, cancellationToken);
    }

    private async Task<AgentState?> AssignAsync(TicketChange change, CommandTry attempt, IReadOnlyList<AgentState> agents, CancellationToken cancellationToken)
    {
        var ticket = change.Ticket;
        // A claim locks the agent's row until the commit, so it needs the command's own transaction.
        await attempt.EnsureTransactionAsync(cancellationToken);
        var (ranking, passed, candidates) = await RankAsync(change, agents, attempt, cancellationToken);
        foreach (var (place, index) in ranking.Agents.Take(MostClaims).Select((place, index) => (place, index)))
        {
            var agent = candidates[place.AgentId];
            if (index > 0 && underWay.Begin(agent.Id, knownVersion: null) is { } lease)
                attempt.Holds(lease);
            if (await ClaimAsync(agent, change.Now, cancellationToken))
            {
                var later = ranking.Agents.Skip(index + 1).Select(other => (candidates[other.AgentId], other.Reason));
                var leftOut = ranking.LeftOut.DistinctBy(other => other.AgentId, StringComparer.Ordinal).ToDictionary(other => other.AgentId, other => other.Reason, StringComparer.Ordinal);
                var unranked = candidates.Values.Where(other => ranking.Agents.All(ranked => ranked.AgentId != other.Id))
                    .Select(other => (other, leftOut.GetValueOrDefault(other.Id, "not ranked")));
                ticket.Assign(change, agent.Id, AssignmentReason.Chosen(agent, place.Reason, [.. passed, .. later, .. unranked]));
                change.ClaimedAgentId = agent.Id;
                return agent;
            }

            passed.Add((agent, "was taken up meanwhile"));
        }

        if (ticket.QueuedAt is null)
            ticket.Queue(change, AssignmentReason.Nobody(ranking.Reason, passed));
        return null;
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

    private async Task<bool> ClaimAsync(AgentState agent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!agent.HasProfile)
            await AgentLoads.AddAgentAsync(db, agent.Id, agent.Assignments, cancellationToken);
        return await db.Agents
            .Where(row => row.AgentId == agent.Id && row.IsAvailable && (row.MaxOpenTickets == null || row.OpenTickets < row.MaxOpenTickets))
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.OpenTickets, row => row.OpenTickets + 1)
                    .SetProperty(row => row.Assignments, row => row.Assignments + 1)
                    .SetProperty(row => row.LastAssignedAt, now),
                cancellationToken) > 0;
    }
}
