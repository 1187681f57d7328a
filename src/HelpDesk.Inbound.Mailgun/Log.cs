using Microsoft.Extensions.Logging;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>Every log message of this assembly; ids 5000 to 5999. No bodies, addresses or tokens.</summary>
internal static partial class Log
{
    [LoggerMessage(5000, LogLevel.Warning, "A delivery to {Route} was refused, 401: {Reason}")]
    public static partial void Unverified(ILogger logger, string route, string reason);

    [LoggerMessage(5001, LogLevel.Warning, "A delivery to {Route} was refused for good, 406. If it was Mailgun's, it is not repeated: {Reason}")]
    public static partial void NotAcceptable(ILogger logger, string route, string reason);

    [LoggerMessage(5002, LogLevel.Error, "A delivery to {Route} could not be stored and was answered with 503; Mailgun repeats it.")]
    public static partial void Unavailable(ILogger logger, string route, Exception exception);

    [LoggerMessage(5003, LogLevel.Information, "Received the mail {MailId}.")]
    public static partial void Received(ILogger logger, Guid mailId);

    [LoggerMessage(5004, LogLevel.Information, "The mail {MailId} was delivered again.")]
    public static partial void Repeated(ILogger logger, Guid mailId);

    [LoggerMessage(5005, LogLevel.Debug, "A client broke off before its delivery to {Route} was there.")]
    public static partial void BrokenOff(ILogger logger, string route);
}
