using Microsoft.Extensions.Logging;

namespace HelpDesk.Portal;

internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Error, "The portal at {Prefix} has no pages: this HelpDesk.Portal was built where Node.js was missing. Install Node.js 20.19 or newer and build again")]
    public static partial void PagesAreMissing(ILogger logger, string prefix);

    [LoggerMessage(7001, LogLevel.Critical, "{Remedy}")]
    public static partial void ApiIsMissing(ILogger logger, string remedy);
}
