using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class EscalationSweep(HelpDeskDb db, CommandRunner runner, TimeProvider clock, IOptions<HelpDeskOptions> options) : IEscalationSweep
{
    private const int BatchSize = 100;

    private static readonly Actor Self = Actor.System("escalation");

    public async Task<EscalationResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var result = new EscalationResult();
        int size;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            (size, var changes) = await runner.RunAsync(CatchUpAsync, cancellationToken);
            result = result with
            {
                Escalated = result.Escalated + Count(changes, TicketEventKinds.TicketEscalated),
                Warned = result.Warned + Count(changes, TicketEventKinds.TicketWarned),
                Closed = result.Closed + Count(changes, TicketEventKinds.TicketClosed),
            };
        }
        while (size == BatchSize);

        return result with { NextCheckAt = await NextCheckAtAsync(cancellationToken) };

        static int Count(IEnumerable<TicketChange> changes, string kind) => changes.Count(change => change.Deeds.Any(deed => deed.EventKind == kind));
    }

    private Task<DateTimeOffset?> NextCheckAtAsync(CancellationToken cancellationToken) =>
        db.Tickets.Where(ticket => ticket.SlaCheckAt != null).OrderBy(ticket => ticket.SlaCheckAt).Select(ticket => ticket.SlaCheckAt).FirstOrDefaultAsync(cancellationToken);

    /// <summary>One batch. Its tickets are locked from the start, so that nobody else works on them, and whoever comes at the same time takes others.</summary>
    private async Task<(int Size, IReadOnlyList<TicketChange> Changes)> CatchUpAsync(CommandTry attempt, CancellationToken cancellationToken)
    {
        await attempt.EnsureTransactionAsync(cancellationToken);
        var now = clock.GetStorableNow();
        var ids = await db.Context.Database
            .SqlQueryRaw<Guid>(db.Dialect.LockDueTickets(db.Context), now.UtcDateTime, BatchSize)
            .ToListAsync(cancellationToken);
        if (ids.Count == 0)
            return (0, []);

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
        return (ids.Count, changes);
    }
}
