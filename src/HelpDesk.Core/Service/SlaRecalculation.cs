using System.Runtime.CompilerServices;
using HelpDesk.Persistence;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class SlaRecalculation(
    HelpDeskDb db, CommandRunner runner, SlaKeeper sla, ITicketAccess access, TimeProvider clock, IOptions<HelpDeskOptions> options) : ISlaRecalculation
{
    private const int BatchSize = 100;
    private const string CursorName = "sla-recalculation";

    public IAsyncEnumerable<SlaRecalculationBatch> RunAsync(Actor actor, string? cursor = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.IsManager && actor.Kind != ActorKind.System)
            throw new ForbiddenException();

        var after = Guid.Empty;
        if (cursor is not null && !Guid.TryParseExact(Cursor.Read(CursorName, cursor), "N", out after))
            throw new InvalidCursorException();
        return RunAsync(actor, after, cancellationToken);
    }

    private async IAsyncEnumerable<SlaRecalculationBatch> RunAsync(Actor actor, Guid after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var position = after;
            var ids = await access.Visible(db.Tickets.AsNoTracking(), actor)
                .Where(ticket => ticket.Status != TicketStatus.Closed && ticket.Id.CompareTo(position) > 0)
                .OrderBy(ticket => ticket.Id)
                .Select(ticket => ticket.Id)
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            if (ids.Count == 0)
                yield break;

            var changed = await runner.RunAsync("sla.recalculate", (attempt, token) => RecomputeAsync(attempt, actor, ids, token), cancellationToken);
            after = ids[^1];
            yield return new SlaRecalculationBatch(ids.Count, changed, Cursor.Create(CursorName, after.ToString("N")));
        }
    }

    private async Task<int> RecomputeAsync(CommandTry attempt, Actor actor, List<Guid> ids, CancellationToken cancellationToken)
    {
        // All locked before anything is read, in the order of their keys: nobody else's change is lost, and two runs do not wait for each other in a circle.
        await attempt.EnsureTransactionAsync(cancellationToken);
        foreach (var id in ids)
            await attempt.LockAsync(id, evenFirst: true, cancellationToken);

        var tickets = await db.Tickets.AsTracking().Where(ticket => ids.Contains(ticket.Id) && ticket.Status != TicketStatus.Closed).ToListAsync(cancellationToken);
        var targets = await db.Targets.AsTracking()
            .Where(target => ids.Contains(target.TicketId)
                && !db.Targets.Any(later => later.TicketId == target.TicketId && later.Kind == target.Kind && later.Instance > target.Instance))
            .ToListAsync(cancellationToken);
        foreach (var row in tickets.Concat<object>(targets))
            await attempt.TrackAsync(row, cancellationToken);

        var ofTicket = targets.ToLookup(target => target.TicketId);
        var rules = TicketRules.From(options.Value);
        var changes = new List<TicketChange>();
        foreach (var ticket in tickets)
        {
            var role = actor.Kind == ActorKind.System ? TicketRole.System : TicketRole.Agent;
            var change = new TicketChange(ticket, actor, role, clock.GetStorableNow(ticket), rules);
            await sla.FollowAsync(change, [.. ofTicket[ticket.Id]], wasEnded: true, cancellationToken);
            changes.Add(change);
        }

        attempt.StoreLocked(changes);
        return changes.Count(change => change.Deeds.Count > 0);
    }
}
