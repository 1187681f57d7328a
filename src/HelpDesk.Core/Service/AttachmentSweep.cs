using HelpDesk.Attachments;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class AttachmentSweep(
    UploadLedger ledger, UploadRemoval removal, IAttachmentStore store, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<AttachmentSweep> logger) : IAttachmentSweep
{
    private const int BatchSize = 100;

    public async Task<int> DeleteExpiredUploadsAsync(CancellationToken cancellationToken = default)
    {
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
        using var activity = HelpDeskTelemetry.Start("sweep.orphans");
        var before = clock.GetUtcNow() - options.Value.Attachments.Grace;
        var prefix = await ledger.PrefixAsync(cancellationToken);
        var deleted = 0;
        // Listed first, looked up then: whatever is listed had its row before it was stored.
        await foreach (var batch in store.ListAsync(prefix, cancellationToken).Where(stored => stored.ModifiedAt < before).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            foreach (var orphan in await ledger.UnknownAsync([.. batch.Select(stored => stored.Key)], cancellationToken))
            {
                await store.DeleteAsync(orphan, cancellationToken);
                deleted++;
            }
        }

        if (deleted > 0)
            Log.OrphansDeleted(logger, deleted);
        return deleted;
    }
}
