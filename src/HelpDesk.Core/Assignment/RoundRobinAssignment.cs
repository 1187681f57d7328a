namespace HelpDesk.Assignment;

/// <summary>One after the other, whatever they carry.</summary>
internal sealed class RoundRobinAssignment : IAssignmentStrategy
{
    public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken)
    {
        var ranked = context.Candidates.OrderBy(agent => agent.Assignments).ThenBy(agent => agent.AgentId, StringComparer.Ordinal);
        return Task.FromResult(AssignmentRanking.Of(ranked, agent => $"turn {Math.Max(agent.Assignments, 0) + 1}"));
    }
}
