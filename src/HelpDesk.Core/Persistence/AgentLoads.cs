using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Persistence;

/// <summary>Keeps how many tickets each agent carries, in the commit of the command that changes it.</summary>
internal static class AgentLoads
{
    public static async Task ChangeAsync(HelpDeskDb db, IEnumerable<(string AgentId, int By)> changes, CancellationToken cancellationToken)
    {
        foreach (var (agentId, by) in changes.GroupBy(change => change.AgentId, StringComparer.Ordinal).Select(group => (group.Key, By: group.Sum(change => change.By))).OrderBy(change => change.Key, StringComparer.Ordinal))
        {
            if (by != 0 && !await AddAsync(db, agentId, by, cancellationToken) && by > 0)
            {
                await AddAgentAsync(db, agentId, assignments: 0, cancellationToken);
                await AddAsync(db, agentId, by, cancellationToken);
            }
        }
    }

    /// <summary>Makes the profile of an agent who has none.</summary>
    public static Task AddAgentAsync(HelpDeskDb db, string agentId, long assignments, CancellationToken cancellationToken) =>
        db.Context.Database.ExecuteSqlRawAsync(db.Dialect.AddAgent(db.Context), [agentId, assignments], cancellationToken);

    // Never below zero: a load that had drifted is put right by the next recount.
    private static async Task<bool> AddAsync(HelpDeskDb db, string agentId, int by, CancellationToken cancellationToken) =>
        await db.Agents.Where(agent => agent.AgentId == agentId).ExecuteUpdateAsync(
            set => set.SetProperty(agent => agent.OpenTickets, agent => agent.OpenTickets + by < 0 ? 0 : agent.OpenTickets + by),
            cancellationToken) > 0;
}
