using HelpDesk.Attachments;
using HelpDesk.Tickets;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Service;

/// <summary>Makes what can be read of what is stored, and says in the log what the store has lost.</summary>
internal sealed class StoredFiles(IAttachmentStore store, ILogger<StoredFiles> logger)
{
    public AttachmentFile Of(TicketAttachment attachment) => new(
        attachment,
        () => new AttachmentStream(store, attachment.StorageKey, attachment.Size, exception => Failed(attachment.Id, exception)),
        async (file, cancellationToken) =>
        {
            try
            {
                return await store.GetLinkAsync(
                    new AttachmentLink { Key = attachment.StorageKey, ContentDisposition = file.ContentDisposition, ContentType = file.DownloadType }, cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Failed(attachment.Id, exception);
                throw new StorageUnavailableException(exception);
            }
        });

    private void Failed(Guid id, Exception? exception)
    {
        if (exception is null)
            Log.ObjectMissing(logger, id);
        else
            Log.ObjectNotRead(logger, id, exception);
    }
}
