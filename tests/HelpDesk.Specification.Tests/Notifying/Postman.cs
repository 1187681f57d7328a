using System.Collections.Concurrent;
using HelpDesk.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Notifying;

/// <summary>Keeps what it is given to send, as the people's mailboxes.</summary>
public sealed class Postman
{
    private readonly ConcurrentQueue<Notification> sent = new();

    /// <summary>What happens before something counts as sent.</summary>
    public Func<Notification, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    public IReadOnlyList<Notification> Of(Guid ticket) => [.. sent.Where(one => one.Ticket.Id == ticket)];

    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        await Before(notification, cancellationToken);
        sent.Enqueue(notification);
    }
}

internal sealed class Letters(Postman postman) : INotificationSender
{
    public Task SendAsync(Notification notification, CancellationToken cancellationToken) => postman.SendAsync(notification, cancellationToken);
}

/// <summary>What users have chosen; a test may change it.</summary>
public sealed class Choices
{
    public ConcurrentDictionary<(string UserId, NotificationKind Kind), NotificationPreference> All { get; } = new();
}

internal sealed class ChosenPreferences(Choices choices) : INotificationPreferences
{
    public Task<IReadOnlyDictionary<string, NotificationPreference>> FindAsync(IReadOnlyCollection<string> userIds, NotificationKind kind, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, NotificationPreference>>(
            choices.All.Where(choice => choice.Key.Kind == kind && userIds.Contains(choice.Key.UserId)).ToDictionary(choice => choice.Key.UserId, choice => choice.Value));
}

internal static class PostmanExtensions
{
    public static void AddPostman(this HelpDeskBuilder builder)
    {
        builder.Services.AddSingleton<Postman>();
        builder.Services.AddSingleton<Choices>();
        builder.AddNotificationSender<Letters>().UseNotificationPreferences<ChosenPreferences>();
    }
}
