using HelpDesk.Events;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Looks at how far the outbox of this process's handlers is behind: for meters and health checks.</summary>
internal sealed class OutboxState(HelpDeskDb db, TicketEventHandlers handlers, TimeProvider clock)
{
    /// <returns>How many deliveries are not done, and the age of the oldest event among them.</returns>
    public async Task<(long Depth, TimeSpan Lag)> ReadAsync(CancellationToken cancellationToken)
    {
        var names = handlers.Names;
        var pending = db.Deliveries.AsNoTracking().Where(delivery => delivery.State == DeliveryState.Pending && names.Contains(delivery.Handler));
        var depth = await pending.LongCountAsync(cancellationToken);
        if (depth == 0)
            return (0, TimeSpan.Zero);

        var oldest = await pending.Join(db.Events, delivery => delivery.EventId, e => e.Id, (_, e) => e.At).OrderBy(at => at).Select(at => (DateTimeOffset?)at).FirstOrDefaultAsync(cancellationToken);
        var lag = clock.GetUtcNow() - oldest ?? TimeSpan.Zero;
        return (depth, lag > TimeSpan.Zero ? lag : TimeSpan.Zero);
    }
}
