using System.Text.RegularExpressions;
using HelpDesk.Events;
using MailKit.Net.Smtp;

namespace HelpDesk.Notifications.Smtp;

/// <summary>Sends notifications as mails.</summary>
internal sealed partial class SmtpSender(MailComposer composer, SmtpConnections connections) : INotificationSender
{
    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        using var mail = await composer.ComposeAsync(notification);
        try
        {
            await connections.SendAsync(mail, cancellationToken);
        }
        catch (SmtpCommandException exception) when (IsAboutThePerson(exception))
        {
            throw new PermanentFailureException($"The mail server answered {(int)exception.StatusCode} {exception.Message}", exception);
        }
    }

    /// <summary>Whether trying again is in vain. What a server says of us (who we are, what we may do, what we have sent lately) can change, and does when somebody mends the settings.</summary>
    private static bool IsAboutThePerson(SmtpCommandException exception) =>
        exception.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
        && (int)exception.StatusCode >= 500
        && exception.StatusCode is not (SmtpStatusCode.AuthenticationRequired or SmtpStatusCode.BadCommandSequence)
        && !Policy().IsMatch(exception.Message);

    // The enhanced status codes of security and policy (RFC 3463).
    [GeneratedRegex(@"^5\.7\.[0-9]{1,3}\b")]
    private static partial Regex Policy();
}
