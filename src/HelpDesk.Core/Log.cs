using Microsoft.Extensions.Logging;

namespace HelpDesk;

/// <summary>Every log message of this assembly; ids 1000 to 1999. No bodies, addresses or tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "The savepoint of a failed command could not be restored; the host's transaction must be rolled back.")]
    public static partial void SavepointLost(ILogger logger, Exception exception);
}
