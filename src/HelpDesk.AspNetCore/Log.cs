using Microsoft.Extensions.Logging;

namespace HelpDesk.AspNetCore;

/// <summary>Every log message of this assembly; ids 2000 to 2999. No bodies, addresses or tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "The database could not be used; the call was answered with 503.")]
    public static partial void DatabaseUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(2001, LogLevel.Warning, "{Count} files of a request that no command took could not be deleted at once; the sweep will delete them.")]
    public static partial void UploadsNotDiscarded(ILogger logger, int count, Exception exception);

    [LoggerMessage(2002, LogLevel.Error, "An export of tickets broke off after {Count} of them; the connection was closed, so that it does not pass for a whole one.")]
    public static partial void ExportBrokeOff(ILogger logger, int count, Exception exception);

    [LoggerMessage(2003, LogLevel.Error, "A stream of events broke off; its client may go on from the last one.")]
    public static partial void EventStreamFailed(ILogger logger, Exception exception);
}
