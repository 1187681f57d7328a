using System.Transactions;
using HelpDesk.Attachments;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class AttachmentSweep(
    HelpDeskDb db, UploadLedger ledger, UploadRemoval removal, IAttachmentStore store, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<AttachmentSweep> logger) : IAttachmentSweep
{
    private const int BatchSize = 100;

    public async Task<int> DeleteExpiredUploadsAsync(CancellationToken cancellationToken = default)
    {
        RefuseTransactions();
        using var activity = HelpDeskTelemetry.Start("sweep.uploads");
        var deleted = 0;
        while (true)
        {
            var doomed = await ledger.ClaimExpiredAsync(BatchSize, cancellationToken);
            var done = await removal.DeleteAsync(doomed, cancellationToken);
            deleted += done;
            // Where the store fails it is left alone until the next time.
            if (doomed.Count < BatchSize || done < doomed.Count)
                break;
        }

        if (deleted > 0)
            Log.UploadsDeleted(logger, deleted);
        return deleted;
    }

    public async Task<int> DeleteOrphansAsync(CancellationToken cancellationToken = default)
    {
        RefuseTransactions();
        using var activity = HelpDeskTelemetry.Start("sweep.orphans");
        var before = clock.GetUtcNow() - options.Value.Attachments.Grace;
        var prefix = await ledger.PrefixAsync(cancellationToken);
        var deleted = 0;
        // Listed first, looked up then: whatever is listed had its row before it was stored.
        await foreach (var batch in store.ListAsync(prefix, cancellationToken).Where(stored => stored.ModifiedAt < before).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            var unknown = await ledger.UnknownAsync([.. batch.Select(stored => stored.Key).Where(key => UploadLedger.IsOurs(key, prefix))], cancellationToken);
            // What is deleted is gone for ever: a second look costs little.
            if (unknown.Count > 0)
                unknown = await ledger.UnknownAsync(unknown, cancellationToken);
            deleted += await DeleteAsync(unknown, cancellationToken);
        }

        if (deleted > 0)
            Log.OrphansDeleted(logger, deleted);
        return deleted;
    }

    /// <summary>One that cannot be deleted keeps none of the others.</summary>
    private async Task<int> DeleteAsync(IReadOnlyList<string> orphans, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var orphan in orphans)
        {
            try
            {
                await store.DeleteAsync(orphan, cancellationToken);
                deleted++;
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.ObjectNotDeleted(logger, orphan, exception);
            }
        }

        return deleted;
    }

    /// <summary>In a transaction of the host a claim could be rolled back, and what looks deleted come back, when the object is gone for ever.</summary>
    private void RefuseTransactions()
    {
        if (db.Context.Database.CurrentTransaction is not null || db.Context.Database.GetEnlistedTransaction() is not null || Transaction.Current is not null)
            throw new InvalidOperationException("A transaction is open. A sweep deletes objects, which no rollback brings back: call it in a scope of its own, outside of every transaction.");
    }
}
