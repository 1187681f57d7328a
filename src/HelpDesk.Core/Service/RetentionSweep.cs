using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class RetentionSweep(HelpDeskDb db, CommandRunner runner, TimeProvider clock, IOptions<HelpDeskOptions> options) : IRetentionSweep
{
    private const int BatchSize = 500;

    public async Task<RetentionResult> RunAsync(CancellationToken cancellationToken = default)
    {
        using var activity = HelpDeskTelemetry.Start("sweep.retention");
        var outbox = options.Value.Outbox;
        var now = clock.GetStorableNow();
        var (done, all) = (now - outbox.Retention, now - outbox.DeadLetterRetention);
        return new RetentionResult
        {
            Events = await DeleteAsync(
                () => db.Events.Where(e => e.At < done && (e.At < all || !db.Deliveries.Any(delivery => delivery.EventId == e.Id && delivery.State != DeliveryState.Delivered)))
                    .OrderBy(e => e.At).Take(BatchSize),
                cancellationToken),
            Mails = await DeleteMailAsync(now - options.Value.Inbound.Retention, cancellationToken),
            IdempotencyKeys = await DeleteAsync(() => db.IdempotencyKeys.Where(key => key.ExpiresAt < now).OrderBy(key => key.ExpiresAt).Take(BatchSize), cancellationToken),
            Presence = await DeleteAsync(() => db.Presence.Where(presence => presence.Until < now).OrderBy(presence => presence.Until).Take(BatchSize), cancellationToken),
        };
    }

    /// <summary>In the commit that forgets a mail, its bytes become an upload that nobody wants, which the sweep of files deletes.</summary>
    private async Task<int> DeleteMailAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        int batch;
        do
        {
            batch = await runner.RunAsync(
                "retention.mail",
                async (attempt, token) =>
                {
                    await attempt.EnsureTransactionAsync(token);
                    var old = db.InboundMail.Where(mail => mail.ReceivedAt < before && (mail.State == InboundMailState.Processed || mail.State == InboundMailState.Rejected));
                    var ids = await db.LockAsync<InboundMail>(old.OrderBy(mail => mail.ReceivedAt).Select(mail => mail.Id).Take(BatchSize), token);
                    var keys = await db.InboundMail.Where(mail => ids.Contains(mail.Id)).Select(mail => mail.StorageKey).ToListAsync(token);
                    // Those of duplicates may be there still, if their bytes could not be deleted.
                    var known = await db.Uploads.Where(upload => keys.Contains(upload.StorageKey)).Select(upload => upload.StorageKey).ToListAsync(token);
                    db.Uploads.AddRange(keys.Except(known, StringComparer.Ordinal).Select(key => Upload.Leftover(key, InboundLedger.Self, clock.GetStorableNow())));
                    await db.InboundMail.Where(mail => ids.Contains(mail.Id)).ExecuteDeleteAsync(token);
                    attempt.StoreRows(mayCollide: false);
                    return keys.Count;
                },
                cancellationToken);
            deleted += batch;
        }
        while (batch == BatchSize);

        return deleted;
    }

    /// <summary>In batches, so that no statement locks much or long.</summary>
    private async Task<int> DeleteAsync<T>(Func<IQueryable<T>> old, CancellationToken cancellationToken)
    {
        var deleted = 0;
        int batch;
        do
        {
            batch = await runner.RunAsync(
                "retention.delete",
                async (attempt, token) =>
                {
                    await attempt.EnsureTransactionAsync(token);
                    var count = await old().ExecuteDeleteAsync(token);
                    attempt.StoreRows(mayCollide: false);
                    return count;
                },
                cancellationToken);
            deleted += batch;
        }
        while (batch == BatchSize);

        return deleted;
    }
}
