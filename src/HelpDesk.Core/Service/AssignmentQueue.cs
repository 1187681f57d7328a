using HelpDesk.Assignment;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class AssignmentQueue(
    HelpDeskDb db, CommandRunner runner, Roster roster, Assigner assigner, RefusedTickets refused, TimeProvider clock,
    IOptions<HelpDeskOptions> options, ILogger<AssignmentQueue> logger) : IAssignmentQueue
{
    private const int PageSize = 500;
    private const int MostInVain = 200;

    public async Task<int> AssignWaitingAsync(CancellationToken cancellationToken = default)
    {
        if (!assigner.IsOn || !await db.AnyQuietlyAsync(db.Tickets.Where(ticket => ticket.QueuedAt != null).OrderBy(ticket => ticket.QueuedAt).Select(_ => 1), cancellationToken))
            return 0;

        using var activity = HelpDeskTelemetry.Start("sweep.assignment");
        var free = (await roster.ReadAsync(cancellationToken)).Where(agent => agent.IsAvailable && agent.HasRoom).ToList();
        refused.Compare(free);
        if (free.Count == 0)
            return 0;

        var waiting = await WaitingForAsync(free, cancellationToken);
        var (assigned, passedOver, inVain) = (0, 0, 0);
        while (true)
        {
            var page = await waiting.OrderByDescending(ticket => ticket.Priority).ThenBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)
                .Select(ticket => new { ticket.Id, ticket.Version })
                .Skip(passedOver)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            foreach (var ticket in page)
            {
                if (refused.Contains(ticket.Id, ticket.Version))
                {
                    passedOver++;
                    continue;
                }

                var outcome = await TryAssignAsync(ticket.Id, cancellationToken);
                if (outcome == Outcome.Assigned)
                    assigned++;
                if (outcome is Outcome.Assigned or Outcome.Gone)
                    continue;

                if (outcome == Outcome.Refused)
                    refused.Add(ticket.Id, ticket.Version);
                passedOver++;
                // The room is used up, or the strategy refuses one after the other: the next run goes on with those that this one has not come to.
                if (++inVain == MostInVain)
                    return assigned;
            }

            if (page.Count < PageSize)
                return assigned;
        }
    }

    public async Task<int> RecountAsync(CancellationToken cancellationToken = default)
    {
        var counted = await Load().GroupBy(ticket => ticket.AssigneeId!).Select(group => new { AgentId = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.AgentId, row => row.Count, StringComparer.Ordinal, cancellationToken);
        var stored = await db.Agents.AsNoTracking().IgnoreQueryFilters().Select(agent => new { agent.AgentId, agent.OpenTickets })
            .ToDictionaryAsync(row => row.AgentId, row => row.OpenTickets, StringComparer.Ordinal, cancellationToken);
        var corrected = 0;
        foreach (var agentId in counted.Keys.Union(stored.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (counted.GetValueOrDefault(agentId) != stored.GetValueOrDefault(agentId) && await RecountAsync(agentId, cancellationToken))
                corrected++;
        }

        return corrected;
    }

    /// <summary>The tickets for which somebody has room, so that those of a category without agents do not stand in the way of others.</summary>
    private async Task<IQueryable<Ticket>> WaitingForAsync(List<AgentState> free, CancellationToken cancellationToken)
    {
        var waiting = db.Tickets.AsNoTracking().Where(ticket => ticket.QueuedAt != null);
        if (free.Exists(agent => agent.Categories.Count == 0))
            return waiting;

        // Letter case is compared here, as when a ticket is opened: SQLite knows only that of ASCII.
        var categories = await waiting.Where(ticket => ticket.Category != null).Select(ticket => ticket.Category!).Distinct().ToListAsync(cancellationToken);
        var taken = categories.Where(category => free.Exists(agent => agent.Takes(category))).ToList();
        return waiting.Where(ticket => ticket.Category == null || taken.Contains(ticket.Category));
    }

    private async Task<Outcome> TryAssignAsync(Guid ticketId, CancellationToken cancellationToken)
    {
        try
        {
            return await AssignAsync(ticketId, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A strategy of the host's that fails for one ticket must not keep all others waiting.
            Log.TicketNotAssigned(logger, ticketId, exception);
            return Outcome.Refused;
        }
    }

    private async Task<Outcome> AssignAsync(Guid ticketId, CancellationToken cancellationToken)
    {
        var done = await runner.RunAsync<Func<Outcome>>(
            "ticket.assign",
            async (attempt, token) =>
            {
                await attempt.LockAsync(ticketId, token);
                var ticket = await db.Tickets.AsTracking().FirstOrDefaultAsync(t => t.Id == ticketId, token);
                if (ticket is null || !await attempt.TrackAsync(ticket, token) || ticket.QueuedAt is null)
                    return () => Outcome.Gone;

                var change = new TicketChange(ticket, Assigner.Self, TicketRole.System, clock.GetStorableNow(ticket), TicketRules.From(options.Value));
                var assignment = default(Assigner.Assignment);
                attempt.Store(change, async before => assignment = await assigner.AssignAsync(change, attempt, before), mayCollide: true);
                return () => assignment.Agent is not null ? Outcome.Assigned : assignment.IsRefused ? Outcome.Refused : Outcome.NoRoom;
            },
            cancellationToken);
        return done();
    }

    /// <summary>
    /// Counts behind the lock of the agent's row. A command that changes the load takes that lock before its commit: so either its tickets are counted
    /// here, or its change of the load comes after ours.
    /// </summary>
    private Task<bool> RecountAsync(string agentId, CancellationToken cancellationToken) => runner.RunAsync(
        "agent.recount",
        async (attempt, token) =>
        {
            await attempt.EnsureTransactionAsync(token);
            // Adding nothing locks the row, and makes it where there is none.
            await db.Context.Database.ExecuteSqlRawAsync(db.Dialect.AddLoad(db.Context), [agentId, 0], token);
            var agent = db.Agents.IgnoreQueryFilters().Where(row => row.AgentId == agentId);
            var count = await Load().CountAsync(ticket => ticket.AssigneeId == agentId, token);
            var corrected = await agent.Where(row => row.OpenTickets != count).ExecuteUpdateAsync(set => set.SetProperty(row => row.OpenTickets, count), token);
            attempt.StoreRows(mayCollide: false);
            return corrected > 0;
        },
        cancellationToken);

    // A load belongs to the agent, whichever tenant the tickets are of: the filters of the host do not count here.
    private IQueryable<Ticket> Load()
    {
        var countPending = options.Value.Assignment.CountPending;
        return db.Tickets.AsNoTracking().IgnoreQueryFilters().Where(ticket =>
            ticket.AssigneeId != null && (ticket.Status == TicketStatus.Open || (countPending && ticket.Status == TicketStatus.Pending)));
    }

    private enum Outcome
    {
        Assigned,

        /// <summary>It waits no longer: somebody else has found an agent, or it was resolved.</summary>
        Gone,

        /// <summary>There are candidates, but the strategy wants none of them.</summary>
        Refused,

        NoRoom,
    }
}
