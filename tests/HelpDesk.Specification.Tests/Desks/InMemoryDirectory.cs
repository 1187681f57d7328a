using System.Collections.Concurrent;
using HelpDesk.People;

namespace HelpDesk.Specification.Desks;

/// <summary>The users of one desk; a test may change them.</summary>
public sealed class DeskUsers
{
    private readonly ConcurrentDictionary<string, (DirectoryUser User, HelpDeskRoles Roles)> users = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, bool> unconfirmed = new(StringComparer.Ordinal);

    public DeskUsers()
    {
        foreach (var actor in Actors.Users)
            Add(actor.Id, $"{char.ToUpperInvariant(actor.Id[0])}{actor.Id[1..]}", actor.Roles);
    }

    /// <summary>What the directory does before it answers: fails, or waits for another.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    public void Add(string id, string name, HelpDeskRoles roles = HelpDeskRoles.None) =>
        users[id] = (new DirectoryUser { Id = id, Name = name, Email = $"{id}@example.org" }, roles);

    /// <summary>A user who says to have an address, and has not confirmed it.</summary>
    public void AddUnconfirmed(string id, string email)
    {
        users[id] = (new DirectoryUser { Id = id, Name = id, Email = email }, HelpDeskRoles.None);
        unconfirmed[id] = true;
    }

    public void Remove(string id) => users.TryRemove(id, out _);

    // As a directory in PostgreSQL does.
    public DirectoryUser? Find(string id) =>
        id.Contains('\0', StringComparison.Ordinal) ? throw new InvalidOperationException("invalid byte sequence")
        : users.TryGetValue(id, out var found) ? found.User : null;

    public DirectoryUser? FindByEmail(string email) => users.Values.Select(found => found.User).SingleOrDefault(user => user.Email == email && !unconfirmed.ContainsKey(user.Id));

    public HelpDeskRoles RolesOf(string id) => Find(id) is null ? HelpDeskRoles.None : users[id].Roles;

    public IEnumerable<DirectoryUser> OfRole(HelpDeskRoles role) => users.Values.Where(found => found.Roles.HasFlag(role)).Select(found => found.User);
}

public sealed class InMemoryDirectory(DeskUsers users) : IUserDirectory
{
    public async Task<IReadOnlyDictionary<string, DirectoryUser>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        await users.BeforeAnswer();
        return ids.Select(users.Find).OfType<DirectoryUser>().ToDictionary(user => user.Id);
    }

    public Task<DirectoryUser?> FindByEmailAsync(string email, CancellationToken cancellationToken) => Task.FromResult(users.FindByEmail(email));

    public Task<IReadOnlyList<DirectoryUser>> ListAsync(HelpDeskRoles role, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DirectoryUser>>([.. users.OfRole(role)]);

    public Task<HelpDeskRoles> GetRolesAsync(string id, CancellationToken cancellationToken) => Task.FromResult(users.RolesOf(id));
}
