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

    /// <summary>Whether trying again is in vain. What a server says of us (who we are, what we may do, how much we have sent) can change, and does when somebody mends the settings.</summary>
    private static bool IsAboutThePerson(SmtpCommandException exception) =>
        exception.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
        && (int)exception.StatusCode >= 500
        && (EnhancedCode().IsMatch(exception.Message) ? AboutThePerson().IsMatch(exception.Message) : IsAboutTheRecipient(exception));

    private static bool IsAboutTheRecipient(SmtpCommandException exception) =>
        exception.ErrorCode == SmtpErrorCode.RecipientNotAccepted && (int)exception.StatusCode is >= 550 and <= 553;

    // RFC 3463 and the registry of enhanced status codes: no such mailbox or domain, mailbox disabled or full, message too big or of a kind that is not taken.
    [GeneratedRegex(@"^5\.(1\.([0-36]|10)|2\.[0-9]{1,3}|3\.4|6\.[0-9]{1,3})\b")]
    private static partial Regex AboutThePerson();

    [GeneratedRegex(@"^[245]\.[0-9]{1,3}\.[0-9]{1,3}\b")]
    private static partial Regex EnhancedCode();
}
