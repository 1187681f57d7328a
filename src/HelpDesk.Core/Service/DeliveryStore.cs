using HelpDesk.Events;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>The deliveries as rows: claimed by one process at a time, in order per ticket, handler and recipient, and marked with what came of them.</summary>
/// <remarks>
/// What one process has is due again when its lease ends, so that nothing else has to watch the leases. Behind a delivery that failed, the later ones of its
/// line wait for the same time: they are not found, and passed over, by every look.
/// </remarks>
internal sealed class DeliveryStore(HelpDeskDb db, CommandRunner runner, TimeProvider clock, IOptions<HelpDeskOptions> options)
{
    /// <summary>Whether there may be something to claim: one query by index, which costs next to nothing where there is not.</summary>
    public Task<bool> IsAnyDueAsync(IReadOnlyList<string> handlers, CancellationToken cancellationToken) =>
        db.AnyQuietlyAsync(Due(handlers, clock.GetStorableNow()).OrderBy(delivery => delivery.NextAttemptAt).Select(_ => 1), cancellationToken);

    /// <summary>Claims deliveries of some handlers that are due and first in their line.</summary>
    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(IReadOnlyList<string> handlers, int most, CancellationToken cancellationToken)
    {
        var ids = await runner.RunAsync(
            "outbox.claim",
            async (attempt, token) =>
            {
                await attempt.EnsureTransactionAsync(token);
                var now = clock.GetStorableNow();
                var first = Due(handlers, now)
                    .Where(delivery => !db.Deliveries.Any(earlier =>
                        earlier.TicketId == delivery.TicketId && earlier.Handler == delivery.Handler && earlier.Recipient == delivery.Recipient
                        && earlier.TicketSequence < delivery.TicketSequence && earlier.State == DeliveryState.Pending))
                    .OrderBy(delivery => delivery.NextAttemptAt)
                    .Select(delivery => delivery.Id)
                    .Take(most);
                var locked = await db.LockAsync<Delivery>(first, token);
                if (locked.Count == 0)
                    return locked;

                DateTimeOffset? until = now + DeliveryTimes.Lease(options.Value.Outbox);
                await db.Deliveries.Where(delivery => locked.Contains(delivery.Id)).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(delivery => delivery.NextAttemptAt, until.Value)
                        .SetProperty(delivery => delivery.LeaseUntil, until)
                        .SetProperty(delivery => delivery.Attempts, delivery => delivery.Attempts + 1),
                    token);
                attempt.StoreRows(mayCollide: false);
                return locked;
            },
            cancellationToken);
        if (ids.Count == 0)
            return [];

        // They are ours now, even if the process is told to stop: whoever gets them gives them back.
        var rows = await db.Deliveries.AsNoTracking().Where(delivery => ids.Contains(delivery.Id))
            .Join(db.Events.AsNoTracking(), delivery => delivery.EventId, e => e.Id, (delivery, e) => new { delivery.Id, delivery.Handler, delivery.Recipient, delivery.Attempts, Event = e })
            .ToListAsync(CancellationToken.None);
        return [.. rows.OrderBy(row => row.Event.Seq).Select(row => new ClaimedDelivery(row.Id, row.Handler, row.Recipient, row.Attempts, row.Event))];
    }

    /// <summary>Lets what came after a failure wait as long as that does, so that the next looks do not find it again and again.</summary>
    /// <remarks>What waits for one that is being delivered just now stays due: it can go on at any moment.</remarks>
    public Task DeferAsync(IReadOnlyList<string> handlers, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        var failed = db.Deliveries.Where(earlier => earlier.State == DeliveryState.Pending && earlier.LeaseUntil == null && earlier.NextAttemptAt > now);
        return ChangeAsync(
            _ => Due(handlers, now)
                .Where(delivery => failed.Any(earlier => earlier.TicketId == delivery.TicketId && earlier.Handler == delivery.Handler && earlier.Recipient == delivery.Recipient && earlier.TicketSequence < delivery.TicketSequence))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(
                        delivery => delivery.NextAttemptAt,
                        delivery => failed
                            .Where(earlier => earlier.TicketId == delivery.TicketId && earlier.Handler == delivery.Handler && earlier.Recipient == delivery.Recipient && earlier.TicketSequence < delivery.TicketSequence)
                            .Max(earlier => earlier.NextAttemptAt)),
                    cancellationToken),
            cancellationToken);
    }

    /// <summary>Done. Also where another process has taken it over meanwhile: it need not go on.</summary>
    public Task CompleteAsync(ClaimedDelivery delivery, CancellationToken cancellationToken) => ChangeAsync(
        pending => pending.Where(row => row.Id == delivery.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, DeliveryState.Delivered)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.Error, (string?)null),
            cancellationToken),
        cancellationToken);

    /// <summary>Given up; the later ones of its line go on without it.</summary>
    public Task BuryAsync(ClaimedDelivery delivery, string error, CancellationToken cancellationToken) => ChangeAsync(
        pending => Own(pending, delivery).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, DeliveryState.Dead)
                .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(row => row.Error, error),
            cancellationToken),
        cancellationToken);

    /// <summary>Tried again at a time, and nothing of its line before that.</summary>
    public Task PostponeAsync(ClaimedDelivery delivery, DateTimeOffset until, string error, CancellationToken cancellationToken) => ChangeAsync(
        async pending =>
        {
            var own = await Own(pending, delivery).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.NextAttemptAt, until)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(row => row.Error, error),
                cancellationToken);
            if (own == 0)
                return;

            // Between the two another process may look and find the next one; it is not first in its line.
            var ticketEvent = delivery.Event;
            await pending
                .Where(row => row.TicketId == ticketEvent.TicketId && row.Handler == delivery.Handler && row.Recipient == delivery.Recipient && row.TicketSequence > ticketEvent.TicketSequence && row.NextAttemptAt < until)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAttemptAt, until), cancellationToken);
        },
        cancellationToken);

    /// <summary>Given back before it was done, for any process to take at once. The try counts: its number is what keeps processes apart.</summary>
    public Task ReleaseAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        return ChangeAsync(
            pending => Own(pending, delivery).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.NextAttemptAt, now)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null),
                cancellationToken),
            cancellationToken);
    }

    /// <remarks>What a filter of the host hides from this process, as other tenants' tickets, is left to those that see it.</remarks>
    private IQueryable<Delivery> Due(IReadOnlyList<string> names, DateTimeOffset now)
    {
        var due = db.Deliveries.Where(delivery => delivery.State == DeliveryState.Pending && delivery.NextAttemptAt <= now && names.Contains(delivery.Handler));
        if (HasFilter<Ticket>())
            due = due.Where(delivery => db.Tickets.Any(ticket => ticket.Id == delivery.TicketId));
        if (HasFilter<TicketEvent>())
            due = due.Where(delivery => db.Events.Any(e => e.Id == delivery.EventId));
        return due;
    }

    private bool HasFilter<T>() => db.Context.Model.FindEntityType(typeof(T))!.GetDeclaredQueryFilters().Count > 0;

    // Each try has its number: whoever lost the lease to another process says nothing about the other's try.
    private static IQueryable<Delivery> Own(IQueryable<Delivery> pending, ClaimedDelivery delivery) =>
        pending.Where(row => row.Id == delivery.Id && row.Attempts == delivery.Attempt);

    private Task<bool> ChangeAsync(Func<IQueryable<Delivery>, Task> change, CancellationToken cancellationToken) => runner.RunAsync(
        "outbox.mark",
        async (attempt, token) =>
        {
            // A statement alone needs no transaction. But writers of SQLite queue for it.
            if (db.Dialect.HasSingleWriter)
                await attempt.EnsureTransactionAsync(token);
            await change(db.Deliveries.Where(row => row.State == DeliveryState.Pending));
            attempt.StoreRows(mayCollide: false);
            return true;
        },
        cancellationToken);
}

/// <summary>A delivery that this process has to itself for a while.</summary>
/// <param name="Id">The row.</param>
/// <param name="Handler">The handler's stable name.</param>
/// <param name="Recipient">The participant; empty for the event itself.</param>
/// <param name="Attempt">The number of this try, from 1.</param>
/// <param name="Event">What is delivered.</param>
internal sealed record ClaimedDelivery(Guid Id, string Handler, string Recipient, int Attempt, TicketEvent Event);
