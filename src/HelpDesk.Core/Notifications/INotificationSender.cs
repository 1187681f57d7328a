using HelpDesk.Events;

namespace HelpDesk.Notifications;

/// <summary>Tells one person of one thing, by mail or any other way.</summary>
/// <remarks>
/// A host may implement it and register it with <c>AddNotificationSender&lt;T&gt;()</c>; any number may be registered, and one that fails does not hold up the others.
/// Whom to tell of what is decided before, and stored: a sender is called once for each person and event, and again only after it threw or its process died, with the
/// same <see cref="Notification.Id"/> and <see cref="Notification.MessageId"/>. Scoped, unless the host registers it otherwise.
/// </remarks>
public interface INotificationSender
{
    /// <summary>Sends one notification.</summary>
    /// <remarks>Throwing means that it is tried again later; <see cref="PermanentFailureException"/>, that this person cannot be reached.</remarks>
    Task SendAsync(Notification notification, CancellationToken cancellationToken);
}
