using HelpDesk.Assignment;
using HelpDesk.People;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Reads the agents of the role <c>support</c> with their profiles, in one query beside the directory's own.</summary>
internal sealed class Roster(HelpDeskDb db, IUserDirectory directory)
{
    public async Task<IReadOnlyList<AgentState>> ReadAsync(CancellationToken cancellationToken)
    {
        var users = await directory.ListAsync(HelpDeskRoles.Support, cancellationToken);
        return await ReadAsync(users, db.Agents, cancellationToken);
    }

    /// <summary>One agent; null where the user is none.</summary>
    public async Task<AgentState?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!(await directory.GetRolesAsync(id, cancellationToken)).HasFlag(HelpDeskRoles.Support))
            return null;
        var users = await directory.FindAsync([id], cancellationToken);
        var found = await ReadAsync([.. users.Values], db.Agents.Where(agent => agent.AgentId == id), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<IReadOnlyList<AgentState>> ReadAsync(IReadOnlyList<DirectoryUser> users, IQueryable<AgentProfile> agents, CancellationToken cancellationToken)
    {
        var rows = await agents.AsNoTracking().AsSingleQuery()
            .Select(agent => new
            {
                agent.AgentId,
                agent.IsAvailable,
                agent.MaxOpenTickets,
                agent.OpenTickets,
                agent.Assignments,
                Categories = db.AgentCategories.Where(row => row.AgentId == agent.AgentId).Select(row => row.Category).ToList(),
            })
            .ToDictionaryAsync(agent => agent.AgentId, StringComparer.Ordinal, cancellationToken);
        var smallest = users.Select(user => rows.GetValueOrDefault(user.Id)).Where(row => row is { IsAvailable: true, Assignments: > AgentProfile.NoTurnYet }).Min(row => (long?)row!.Assignments) ?? 0;
        // Who has had no turn yet comes next: as one of several with the smallest counter they might lose every tie, and never have one.
        var newcomer = smallest - 1;
        return [.. users.Select(user => rows.GetValueOrDefault(user.Id) is { } row
            ? new AgentState
            {
                Id = user.Id,
                Name = user.Name,
                HasProfile = true,
                IsAvailable = row.IsAvailable,
                MaxOpenTickets = row.MaxOpenTickets,
                OpenTickets = row.OpenTickets,
                Assignments = row.Assignments == AgentProfile.NoTurnYet ? newcomer : row.Assignments,
                Categories = [.. row.Categories.Order(StringComparer.OrdinalIgnoreCase)],
            }
            : new AgentState
            {
                Id = user.Id,
                Name = user.Name,
                HasProfile = false,
                IsAvailable = true,
                MaxOpenTickets = null,
                OpenTickets = 0,
                Assignments = newcomer,
                Categories = [],
            })];
    }
}
