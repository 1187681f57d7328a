using Microsoft.Extensions.Logging;

namespace HelpDesk.Storage.S3;

/// <summary>Every log message of this assembly; ids 4000 to 4999. No keys, names or links.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Warning, "What a failed upload has left on S3 could not be deleted; the sweep of orphans does it later.")]
    public static partial void NotCleaned(ILogger logger, Exception exception);
}
