using HelpDesk.Attachments;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Service;

/// <summary>Deletes uploads that were claimed for it: the object, then the row. Whatever fails is tried again when the claim is over.</summary>
internal sealed class UploadRemoval(UploadLedger ledger, IAttachmentStore store, TimeProvider clock, ILogger<UploadRemoval> logger)
{
    // A store that is down is not asked a hundred times.
    private const int MostFailuresInARow = 3;

    private static readonly TimeSpan ForgettingTimeout = TimeSpan.FromSeconds(15);

    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(IReadOnlyList<DoomedUpload> uploads, CancellationToken cancellationToken)
    {
        var done = new List<Guid>();
        var tried = 0;
        try
        {
            var failures = 0;
            foreach (var upload in uploads.TakeWhile(_ => failures < MostFailuresInARow))
            {
                tried++;
                try
                {
                    await store.DeleteAsync(upload.StorageKey, cancellationToken);
                    done.Add(upload.Id);
                    failures = 0;
                }
                catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
                {
                    failures++;
                    Log.ObjectNotDeleted(logger, upload.StorageKey, exception);
                }
            }
        }
        finally
        {
            // Also where it was told to stop amid the work: those objects are gone.
            using var timeout = new CancellationTokenSource(ForgettingTimeout, clock);
            if (done.Count > 0)
                await ledger.ForgetAsync(done, timeout.Token);
            if (tried < uploads.Count)
                await ledger.ReleaseAsync([.. uploads.Skip(tried).Select(upload => upload.Id)], timeout.Token);
        }

        return done.Count;
    }
}
