using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class EscalationSweep(
    HelpDeskDb db, CommandRunner runner, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<EscalationSweep> logger) : IEscalationSweep
{
    private const int BatchSize = 100;
    private const int MostRefused = 100;

    private static readonly Actor Self = Actor.System("escalation");

    public async Task<EscalationResult> RunAsync(CancellationToken cancellationToken = default)
    {
        using var activity = HelpDeskTelemetry.Start("sweep.escalation");
        var result = new EscalationResult();
        var refused = new List<Guid>();
        var most = BatchSize;
        int size;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = new Batch(most, refused);
            try
            {
                await runner.RunAsync("ticket.escalate", (attempt, token) => CatchUpAsync(attempt, batch, token), cancellationToken);
            }
            catch (DbUpdateException exception) when (refused.Count < MostRefused && batch.Ids.Count > 0)
            {
                // Something of the host's refuses a ticket. One by one it is found, and does not stop the others.
                if (most == 1)
                {
                    Log.TicketNotSwept(logger, batch.Ids[0], exception);
                    refused.Add(batch.Ids[0]);
                }

                (most, size) = (1, 1);
                continue;
            }

            size = batch.Ids.Count;
            var changes = batch.Changes;
            result = result with
            {
                Escalated = result.Escalated + Count(changes, TicketEventKinds.TicketEscalated),
                Warned = result.Warned + Count(changes, TicketEventKinds.TicketWarned),
                Closed = result.Closed + Count(changes, TicketEventKinds.TicketClosed),
            };
        }
        while (size == most);

        return result with { NextCheckAt = await NextCheckAtAsync(cancellationToken) };

        static int Count(IEnumerable<TicketChange> changes, string kind) => changes.Count(change => change.Deeds.Any(deed => deed.EventKind == kind));
    }

    private Task<DateTimeOffset?> NextCheckAtAsync(CancellationToken cancellationToken) =>
        db.Tickets.Where(ticket => ticket.SlaCheckAt != null).OrderBy(ticket => ticket.SlaCheckAt).Select(ticket => ticket.SlaCheckAt).FirstOrDefaultAsync(cancellationToken);

    /// <summary>One batch. Its tickets are locked from the start, so that nobody else works on them, and whoever comes at the same time takes others.</summary>
    private async Task<bool> CatchUpAsync(CommandTry attempt, Batch batch, CancellationToken cancellationToken)
    {
        await attempt.EnsureTransactionAsync(cancellationToken);
        var ids = batch.Ids = await LockDueAsync(batch, cancellationToken);
        if (ids.Count == 0)
            return true;

        var tickets = await db.Tickets.AsTracking().Where(ticket => ids.Contains(ticket.Id)).ToListAsync(cancellationToken);
        var targets = await db.Targets.AsTracking().Where(target => ids.Contains(target.TicketId) && target.MetAt == null).ToListAsync(cancellationToken);
        foreach (var row in tickets.Concat<object>(targets))
            await attempt.TrackAsync(row, cancellationToken);

        var ofTicket = targets.ToLookup(target => target.TicketId);
        var rules = TicketRules.From(options.Value);
        var changes = tickets.ConvertAll(ticket => new TicketChange(ticket, Self, TicketRole.System, clock.GetStorableNow(ticket), rules));
        foreach (var change in changes)
            change.Ticket.CatchUp(change, [.. ofTicket[change.Ticket.Id]]);
        attempt.StoreLocked(changes);
        batch.Changes = changes;
        return true;
    }

    private async Task<List<Guid>> LockDueAsync(Batch batch, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        var refused = batch.Refused;
        var due = db.Tickets.Where(ticket => ticket.SlaCheckAt <= now);
        if (refused.Count > 0)
            due = due.Where(ticket => !refused.Contains(ticket.Id));
        return await db.LockAsync<Ticket>(due.OrderBy(ticket => ticket.SlaCheckAt).Select(ticket => ticket.Id).Take(batch.Most), cancellationToken);
    }

    private sealed class Batch(int most, IReadOnlyList<Guid> refused)
    {
        public int Most => most;

        public IReadOnlyList<Guid> Refused => refused;

        public IReadOnlyList<Guid> Ids { get; set; } = [];

        public IReadOnlyList<TicketChange> Changes { get; set; } = [];
    }
}
