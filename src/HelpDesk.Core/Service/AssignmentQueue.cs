using HelpDesk.Assignment;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class AssignmentQueue(
    HelpDeskDb db, CommandRunner runner, Roster roster, Assigner assigner, RefusedTickets refused, TimeProvider clock, IOptions<HelpDeskOptions> options) : IAssignmentQueue
{
    private const int PageSize = 100;

    private static readonly Actor Self = Actor.System("assignment");

    public async Task<int> AssignWaitingAsync(CancellationToken cancellationToken = default)
    {
        var assigned = 0;
        var passedOver = 0;
        while (assigner.IsOn && await IsAnybodyWaitingAsync(cancellationToken))
        {
            // Only tickets for which somebody has room, so that those of a category without agents do not stand in the way of others.
            var free = (await roster.ReadAsync(cancellationToken)).Where(agent => agent.IsAvailable && agent.HasRoom).ToList();
            refused.Compare(free);
            if (free.Count == 0)
                break;

            var page = await Waiting(free)
                .OrderByDescending(ticket => ticket.Priority).ThenBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)
                .Select(ticket => ticket.Id)
                .Skip(passedOver)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            foreach (var ticket in page)
            {
                if (!refused.Contains(ticket) && await AssignAsync(ticket, cancellationToken))
                {
                    assigned++;
                    continue;
                }

                refused.Add(ticket);
                passedOver++;
            }

            if (page.Count < PageSize)
                break;
        }

        return assigned;
    }

    public async Task<int> RecountAsync(CancellationToken cancellationToken = default)
    {
        var counted = await Load().GroupBy(ticket => ticket.AssigneeId!).Select(group => new { AgentId = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.AgentId, row => row.Count, StringComparer.Ordinal, cancellationToken);
        var stored = await db.Agents.AsNoTracking().Select(agent => new { agent.AgentId, agent.OpenTickets })
            .ToDictionaryAsync(row => row.AgentId, row => row.OpenTickets, StringComparer.Ordinal, cancellationToken);
        var corrected = 0;
        foreach (var agentId in counted.Keys.Union(stored.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (counted.GetValueOrDefault(agentId) != stored.GetValueOrDefault(agentId) && await RecountAsync(agentId, cancellationToken))
                corrected++;
        }

        return corrected;
    }

    /// <summary>A cheap question that is asked once a second: past EF Core's log, which would have a line for each.</summary>
    private async Task<bool> IsAnybodyWaitingAsync(CancellationToken cancellationToken)
    {
        var database = db.Context.Database;
        await database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var question = db.Tickets.Where(ticket => ticket.QueuedAt != null).OrderBy(ticket => ticket.QueuedAt).Select(_ => 1).Take(1).CreateDbCommand();
            return await question.ExecuteScalarAsync(cancellationToken) is not null;
        }
        finally
        {
            await database.CloseConnectionAsync();
        }
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1304", Justification = "Translated to SQL.")]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1311", Justification = "Translated to SQL.")]
    private IQueryable<Ticket> Waiting(List<AgentState> free)
    {
        var waiting = db.Tickets.AsNoTracking().Where(ticket => ticket.QueuedAt != null);
        if (free.Exists(agent => agent.Categories.Count == 0))
            return waiting;

        var categories = free.SelectMany(agent => agent.Categories).Select(category => category.ToLowerInvariant()).Distinct().ToList();
        return waiting.Where(ticket => ticket.Category == null || categories.Contains(ticket.Category.ToLower()));
    }

    private async Task<bool> AssignAsync(Guid ticketId, CancellationToken cancellationToken)
    {
        var done = await runner.RunAsync<Func<bool>>(
            async (attempt, token) =>
            {
                await attempt.LockAsync(ticketId, token);
                var ticket = await db.Tickets.AsTracking().FirstOrDefaultAsync(t => t.Id == ticketId, token);
                if (ticket is null || !await attempt.TrackAsync(ticket, token) || ticket.QueuedAt is null)
                    return () => true; // Somebody else has found an agent meanwhile.

                var change = new TicketChange(ticket, Self, TicketRole.System, clock.GetStorableNow(ticket), TicketRules.From(options.Value));
                attempt.Store(change, before => assigner.AssignAsync(change, attempt, before), mayCollide: true);
                return () => change.ClaimedAgentId is not null;
            },
            cancellationToken);
        return done();
    }

    /// <summary>
    /// Counts behind the lock of the agent's row. A command that changes the load takes that lock before its commit: so either its tickets are counted
    /// here, or its change of the load comes after ours.
    /// </summary>
    private Task<bool> RecountAsync(string agentId, CancellationToken cancellationToken) => runner.RunAsync(
        async (attempt, token) =>
        {
            await attempt.EnsureTransactionAsync(token);
            await AgentLoads.AddAgentAsync(db, agentId, assignments: 0, token);
            var agent = db.Agents.Where(row => row.AgentId == agentId);
            await agent.ExecuteUpdateAsync(set => set.SetProperty(row => row.OpenTickets, row => row.OpenTickets), token);
            var count = await Load().CountAsync(ticket => ticket.AssigneeId == agentId, token);
            var corrected = await agent.Where(row => row.OpenTickets != count).ExecuteUpdateAsync(set => set.SetProperty(row => row.OpenTickets, count), token);
            attempt.StoreRows(mayCollide: false);
            return corrected > 0;
        },
        cancellationToken);

    private IQueryable<Ticket> Load()
    {
        var countPending = options.Value.Assignment.CountPending;
        return db.Tickets.AsNoTracking().Where(ticket =>
            ticket.AssigneeId != null && (ticket.Status == TicketStatus.Open || (countPending && ticket.Status == TicketStatus.Pending)));
    }
}
