using Microsoft.Extensions.Logging;

namespace HelpDesk;

/// <summary>Every log message of this assembly; ids 1000 to 1999. No bodies, addresses or tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "The savepoint of a failed command could not be restored; the host's transaction must be rolled back.")]
    public static partial void SavepointLost(ILogger logger, Exception exception);

    [LoggerMessage(1001, LogLevel.Error, "The {Sweep} sweep failed; it is tried again soon.")]
    public static partial void SweepFailed(ILogger logger, string sweep, Exception exception);

    [LoggerMessage(1004, LogLevel.Error, "The escalation of ticket {TicketId} could not be stored; the other tickets go on without it.")]
    public static partial void TicketNotSwept(ILogger logger, Guid ticketId, Exception exception);

    [LoggerMessage(1005, LogLevel.Error, "The waiting ticket {TicketId} could not be assigned; the other tickets go on without it.")]
    public static partial void TicketNotAssigned(ILogger logger, Guid ticketId, Exception exception);

    [LoggerMessage(1002, LogLevel.Information, "Escalated {Escalated} tickets, warned of {Warned} and closed {Closed}.")]
    public static partial void Escalated(ILogger logger, int escalated, int warned, int closed);

    [LoggerMessage(1003, LogLevel.Warning, "The loads of {Count} agents differed from their tickets and were put right.")]
    public static partial void LoadsCorrected(ILogger logger, int count);

    [LoggerMessage(1006, LogLevel.Error, "The outbox could not be read; it is tried again soon.")]
    public static partial void DispatchFailed(ILogger logger, Exception exception);

    [LoggerMessage(1007, LogLevel.Warning, "{Handler} failed for event {EventId} in try {Attempt} ({Reason}); it is tried again in {Pause}.")]
    public static partial void DeliveryFailed(ILogger logger, string handler, Guid eventId, int attempt, string reason, TimeSpan pause, Exception? exception);

    [LoggerMessage(1008, LogLevel.Error, "{Handler} failed for event {EventId} in try {Attempt} and was given up, see IDeadLetters: {Reason}")]
    public static partial void DeliveryDead(ILogger logger, string handler, Guid eventId, int attempt, string reason, Exception? exception);

    [LoggerMessage(1009, LogLevel.Error, "What came of {Handler} for event {EventId} could not be stored; it is repeated when its lease ends.")]
    public static partial void DeliveryNotMarked(ILogger logger, string handler, Guid eventId, Exception exception);

    [LoggerMessage(1010, LogLevel.Warning, "{Sender} cannot reach participant {ParticipantId} of ticket {TicketId}: refused for good.")]
    public static partial void NotificationRefused(ILogger logger, string sender, Guid participantId, Guid ticketId);

    [LoggerMessage(1011, LogLevel.Error, "Upload {UploadId} could not be stored.")]
    public static partial void UploadFailed(ILogger logger, Guid uploadId, Exception exception);

    [LoggerMessage(1012, LogLevel.Warning, "Upload {UploadId} was refused: the scanner found {Threat}.")]
    public static partial void UploadInfected(ILogger logger, Guid uploadId, string threat);

    [LoggerMessage(1013, LogLevel.Warning, "What upload {UploadId} has left could not be deleted; the sweep does it later.")]
    public static partial void UploadNotCleaned(ILogger logger, Guid uploadId, Exception exception);

    [LoggerMessage(1014, LogLevel.Warning, "The object {StorageKey} could not be deleted; the sweep does it later.")]
    public static partial void ObjectNotDeleted(ILogger logger, string storageKey, Exception exception);

    [LoggerMessage(1015, LogLevel.Information, "Deleted {Count} uploads that no message has taken.")]
    public static partial void UploadsDeleted(ILogger logger, int count);

    [LoggerMessage(1016, LogLevel.Information, "Deleted {Count} objects of which the database does not know.")]
    public static partial void OrphansDeleted(ILogger logger, int count);

    [LoggerMessage(1017, LogLevel.Error, "The store has no object for attachment {AttachmentId}: it was lost there, or the store is another one than before.")]
    public static partial void ObjectMissing(ILogger logger, Guid attachmentId);

    [LoggerMessage(1018, LogLevel.Error, "Attachment {AttachmentId} could not be read from the store.")]
    public static partial void ObjectNotRead(ILogger logger, Guid attachmentId, Exception exception);

    [LoggerMessage(1019, LogLevel.Error, "Mail {MailId} could not be processed in try {Attempt} and waits for an agent.")]
    public static partial void MailFailed(ILogger logger, Guid mailId, int attempt, Exception exception);

    [LoggerMessage(1020, LogLevel.Warning, "Mail {MailId} could not be processed in try {Attempt}; it is tried again in {Pause}.")]
    public static partial void MailPostponed(ILogger logger, Guid mailId, int attempt, TimeSpan pause, Exception exception);

    [LoggerMessage(1021, LogLevel.Error, "What came of mail {MailId} could not be stored; it is processed again when its lease ends.")]
    public static partial void MailNotSettled(ILogger logger, Guid mailId, Exception exception);

    [LoggerMessage(1022, LogLevel.Error, "The mail file {File} was moved to the folder 'rejected': {Reason}")]
    public static partial void PickupRejected(ILogger logger, string file, string reason);

    [LoggerMessage(1024, LogLevel.Error, "What has happened could not be read for those who listen; it is tried again soon.")]
    public static partial void FeedFailed(ILogger logger, Exception exception);

    [LoggerMessage(1025, LogLevel.Information, "A listener was ended who did not take what there was; it may go on from the last event.")]
    public static partial void ListenerTooSlow(ILogger logger);

    [LoggerMessage(1023, LogLevel.Error, "The mail file {File} cannot be read or deleted by this process.")]
    public static partial void PickupUnreadable(ILogger logger, string file, Exception exception);
}
