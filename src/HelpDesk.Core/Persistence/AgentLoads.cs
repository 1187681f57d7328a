using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Persistence;

/// <summary>Keeps how many tickets each agent carries, in the commit of the command that changes it.</summary>
internal static class AgentLoads
{
    /// <summary>Changes loads, one command for each agent, in the order that all writers share.</summary>
    public static async Task ChangeAsync(HelpDeskDb db, IEnumerable<(string AgentId, int By)> changes, CancellationToken cancellationToken)
    {
        var sums = changes.GroupBy(change => change.AgentId, StringComparer.Ordinal).Select(group => (AgentId: group.Key, By: group.Sum(change => change.By)));
        foreach (var (agentId, by) in sums.OrderBy(sum => sum.AgentId, StringComparer.Ordinal))
        {
            if (by > 0)
                await db.Context.Database.ExecuteSqlRawAsync(db.Dialect.AddLoad(db.Context), [agentId, by], cancellationToken);
            else if (by < 0)
                await LowerAsync(db, agentId, -by, cancellationToken);
        }
    }

    /// <summary>Makes the profile of an agent who has none.</summary>
    public static Task AddAgentAsync(HelpDeskDb db, string agentId, long assignments, CancellationToken cancellationToken) =>
        db.Context.Database.ExecuteSqlRawAsync(db.Dialect.AddAgent(db.Context), [agentId, assignments], cancellationToken);

    // Never below zero: a load that had drifted is put right by the next recount.
    private static Task LowerAsync(HelpDeskDb db, string agentId, int by, CancellationToken cancellationToken) =>
        db.Agents.Where(agent => agent.AgentId == agentId).ExecuteUpdateAsync(
            set => set.SetProperty(agent => agent.OpenTickets, agent => agent.OpenTickets < by ? 0 : agent.OpenTickets - by),
            cancellationToken);
}
