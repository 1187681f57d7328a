using System.ComponentModel;
using System.Linq.Expressions;
using HelpDesk.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Identity;

/// <summary>The expression for a user's visible name; null for the default.</summary>
internal sealed record IdentityDisplayName<TUser>(Expression<Func<TUser, string?>>? Expression);

internal sealed class IdentityUserDirectory<TUser, TKey>(UserManager<TUser> users, IdentityRoleCache<TUser> roles, IdentityDisplayName<TUser> displayName) : IUserDirectory
    where TUser : IdentityUser<TKey>
    where TKey : IEquatable<TKey>
{
    private static readonly TypeConverter KeyConverter = TypeDescriptor.GetConverter(typeof(TKey));

    public async Task<IReadOnlyDictionary<string, DirectoryUser>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        var keys = ids.Select(ParseKey).OfType<TKey>().ToList();
        if (keys.Count == 0)
            return new Dictionary<string, DirectoryUser>();

        var found = await Rows(users.Users.Where(user => keys.Contains(user.Id))).ToListAsync(cancellationToken);
        return found.Select(ToUser).ToDictionary(user => user.Id, StringComparer.Ordinal);
    }

    public async Task<DirectoryUser?> FindByEmailAsync(string email, CancellationToken cancellationToken)
    {
        // Identity allows several users with one address unless it is told otherwise; then it is nobody's own.
        var normalized = users.NormalizeEmail(email);
        var found = await Rows(users.Users.Where(user => user.NormalizedEmail == normalized && user.EmailConfirmed)).Take(2).ToListAsync(cancellationToken);
        return found.Count == 1 ? ToUser(found[0]) : null;
    }

    public async Task<IReadOnlyList<DirectoryUser>> ListAsync(HelpDeskRoles role, CancellationToken cancellationToken)
    {
        var cached = await roles.GetAsync(LoadAsync, cancellationToken);
        return cached.InRole(role);
    }

    public async Task<HelpDeskRoles> GetRolesAsync(string id, CancellationToken cancellationToken)
    {
        var cached = await roles.GetAsync(LoadAsync, cancellationToken);
        return cached.Of(id);
    }

    private async Task<IReadOnlyList<DirectoryUser>> LoadAsync(IServiceProvider services, string role)
    {
        var members = await services.GetRequiredService<UserManager<TUser>>().GetUsersInRoleAsync(role);
        var name = displayName.Expression?.Compile();
        return [.. members.Select(user => ToUser(new UserRow { Id = user.Id, Email = user.Email, UserName = user.UserName, Name = name?.Invoke(user) }))];
    }

    private IQueryable<UserRow> Rows(IQueryable<TUser> query)
    {
        query = query.AsNoTracking();
        if (displayName.Expression is not { } name)
            return query.Select(user => new UserRow { Id = user.Id, Email = user.Email, UserName = user.UserName, Name = null });

        // new UserRow { Id = user.Id, …, Name = <the host's expression> }, so that the database returns these columns only.
        var user = name.Parameters[0];
        var row = Expression.MemberInit(
            Expression.New(typeof(UserRow)),
            Bind(nameof(UserRow.Id), Expression.Property(user, nameof(IdentityUser<>.Id))),
            Bind(nameof(UserRow.Email), Expression.Property(user, nameof(IdentityUser<>.Email))),
            Bind(nameof(UserRow.UserName), Expression.Property(user, nameof(IdentityUser<>.UserName))),
            Bind(nameof(UserRow.Name), name.Body));
        return query.Select(Expression.Lambda<Func<TUser, UserRow>>(row, user));

        static MemberAssignment Bind(string property, Expression value) => Expression.Bind(typeof(UserRow).GetProperty(property)!, value);
    }

    private static DirectoryUser ToUser(UserRow row) => new()
    {
        Id = KeyConverter.ConvertToInvariantString(row.Id) ?? "",
        Name = VisibleName(row),
        Email = row.Email,
    };

    private static string VisibleName(UserRow row)
    {
        if (!string.IsNullOrWhiteSpace(row.Name))
            return row.Name;
        var name = row.UserName ?? "";
        var at = name.IndexOf('@', StringComparison.Ordinal);
        return at > 0 ? name[..at] : name.Length > 0 ? name : "Unknown user";
    }

    /// <summary>The key of an id; null (or the type's default) for a text that cannot be one.</summary>
    private static object? ParseKey(string id)
    {
        try
        {
            return KeyConverter.ConvertFromInvariantString(id);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed class UserRow
    {
        public required TKey Id { get; init; }

        public required string? Email { get; init; }

        public required string? UserName { get; init; }

        public required string? Name { get; init; }
    }
}
