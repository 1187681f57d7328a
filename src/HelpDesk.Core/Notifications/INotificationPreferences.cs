namespace HelpDesk.Notifications;

/// <summary>Knows who wants to be told of what, and in which language.</summary>
/// <remarks>A host implements it over what its users have chosen and registers it with <c>UseNotificationPreferences&lt;T&gt;()</c>. Scoped. Default: everybody wants everything, in the default language.</remarks>
public interface INotificationPreferences
{
    /// <summary>Finds the preferences of users, in one query for all of them.</summary>
    /// <param name="userIds">The host's users who are about to be told.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>Preferences by user id; who is left out has the default ones.</returns>
    Task<IReadOnlyDictionary<string, NotificationPreference>> FindAsync(
        IReadOnlyCollection<string> userIds, NotificationKind kind, CancellationToken cancellationToken);
}

/// <summary>What one user has chosen.</summary>
public sealed record NotificationPreference
{
    /// <summary>Whether the user wants to be told.</summary>
    /// <value>Default: true.</value>
    public bool IsWanted { get; init; } = true;

    /// <summary>The user's language, as <c>en</c> or <c>de-AT</c>; null for the default one.</summary>
    public string? Language { get; init; }
}

internal sealed class NoPreferences : INotificationPreferences
{
    public Task<IReadOnlyDictionary<string, NotificationPreference>> FindAsync(
        IReadOnlyCollection<string> userIds, NotificationKind kind, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, NotificationPreference>>(new Dictionary<string, NotificationPreference>());
}
