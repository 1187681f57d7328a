using HelpDesk.Attachments;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Service;

/// <summary>Deletes uploads that were claimed for it: the object, then the row. Whatever fails is tried again when the claim is over.</summary>
internal sealed class UploadRemoval(UploadLedger ledger, IAttachmentStore store, ILogger<UploadRemoval> logger)
{
    /// <returns>How many were deleted.</returns>
    public async Task<int> DeleteAsync(IReadOnlyList<DoomedUpload> uploads, CancellationToken cancellationToken)
    {
        var done = new List<Guid>();
        foreach (var upload in uploads)
        {
            try
            {
                await store.DeleteAsync(upload.StorageKey, cancellationToken);
                done.Add(upload.Id);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.ObjectNotDeleted(logger, upload.StorageKey, exception);
            }
        }

        if (done.Count > 0)
            await ledger.ForgetAsync(done, cancellationToken);
        return done.Count;
    }
}
