using HelpDesk.Events;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

internal sealed class DeadLetters(HelpDeskDb db, CommandRunner runner, BackgroundWork work, TimeProvider clock) : IDeadLetters
{
    private const int PageSize = 100;

    public async Task<IReadOnlyList<DeadLetter>> ListAsync(string? handler = null, DeadLetter? after = null, CancellationToken cancellationToken = default)
    {
        var dead = Dead(handler);
        var rows = dead.Join(db.Events, delivery => delivery.EventId, e => e.Id, (delivery, e) => new { Delivery = delivery, Event = e });
        if (after is { Id: var last, Seq: var seq })
            rows = rows.Where(row => row.Event.Seq >= seq && (row.Event.Seq > seq || row.Delivery.Id > last));

        return await rows.AsNoTracking().OrderBy(row => row.Event.Seq).ThenBy(row => row.Delivery.Id).Take(PageSize)
            .Select(row => new DeadLetter
            {
                Id = row.Delivery.Id,
                EventId = row.Event.Id,
                Seq = row.Event.Seq,
                Handler = row.Delivery.Handler,
                Recipient = row.Delivery.Recipient,
                TicketId = row.Event.TicketId,
                Kind = row.Event.Kind,
                At = row.Event.At,
                Attempts = row.Delivery.Attempts,
                Error = row.Delivery.Error,
            })
            .ToListAsync(cancellationToken);
    }

    public async Task<int> ReplayAsync(string handler, Guid? eventId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(handler);
        var now = clock.GetStorableNow();
        var count = await runner.RunAsync(
            "outbox.replay",
            async (attempt, token) =>
            {
                await attempt.EnsureTransactionAsync(token);
                var dead = Dead(handler);
                if (eventId is { } id)
                    dead = dead.Where(delivery => delivery.EventId == id);
                var replayed = await dead.ExecuteUpdateAsync(
                    set => set
                        .SetProperty(delivery => delivery.State, DeliveryState.Pending)
                        .SetProperty(delivery => delivery.Attempts, 0)
                        .SetProperty(delivery => delivery.NextAttemptAt, now)
                        .SetProperty(delivery => delivery.Error, (string?)null),
                    token);
                attempt.StoreRows(mayCollide: false);
                return replayed;
            },
            cancellationToken);
        if (count > 0)
            work.Outbox.Now();
        return count;
    }

    private IQueryable<Delivery> Dead(string? handler)
    {
        var dead = db.Deliveries.Where(delivery => delivery.State == DeliveryState.Dead);
        return handler is null ? dead : dead.Where(delivery => delivery.Handler == handler);
    }
}
