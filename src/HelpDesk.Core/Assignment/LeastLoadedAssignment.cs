namespace HelpDesk.Assignment;

/// <summary>The agent with the fewest open tickets; among equals the one whose turn it is.</summary>
internal sealed class LeastLoadedAssignment : IAssignmentStrategy
{
    public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken)
    {
        var ranked = context.Candidates
            .OrderBy(agent => agent.OpenTickets)
            .ThenBy(agent => agent.Assignments) // The rotation counter, not a time: clocks stand still or differ.
            .ThenBy(agent => agent.AgentId, StringComparer.Ordinal); // Equal input, equal answer.
        return Task.FromResult(AssignmentRanking.Of(ranked, agent => agent.OpenTickets == 1 ? "1 open ticket" : $"{agent.OpenTickets} open tickets"));
    }
}
