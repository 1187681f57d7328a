namespace HelpDesk.Attachments;

/// <summary>Deletes what belongs to no message: uploads that no command took, and objects of the store of which the database does not know. Call it; do not implement it.</summary>
/// <remarks>
/// The library's service runs both (<see cref="AttachmentOptions.SweepInterval"/>, <see cref="AttachmentOptions.OrphanInterval"/>); a host's own scheduler may do so instead
/// (<see cref="AttachmentOptions.RunsInBackground"/>). Safe on any number of nodes, beside commands at work, and after a crash at any point. Scoped; in a transaction of the host or
/// a TransactionScope it throws <see cref="InvalidOperationException"/>. The first heeds the host's query filters and runs once for each tenant that they separate, the second ignores them.
/// </remarks>
public interface IAttachmentSweep
{
    /// <summary>Deletes uploads whose time is over: those that were staged and not taken, those whose process has died, those whose deletion has failed before.</summary>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteExpiredUploadsAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the store's objects of this database and deletes those that are older than <see cref="AttachmentOptions.Grace"/> and have no row: what tickets have left that the
    /// host deleted, what a storage service has stored after it was given up, and what uploads have left that were cut off.
    /// </summary>
    /// <returns>How many were deleted.</returns>
    Task<int> DeleteOrphansAsync(CancellationToken cancellationToken = default);
}
