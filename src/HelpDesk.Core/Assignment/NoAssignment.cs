namespace HelpDesk.Assignment;

/// <summary>Tickets are assigned by hand. The library knows it, and neither asks it nor lets tickets wait.</summary>
internal sealed class NoAssignment : IAssignmentStrategy
{
    public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken) =>
        Task.FromResult(AssignmentRanking.Nobody("Tickets are assigned by hand."));
}
