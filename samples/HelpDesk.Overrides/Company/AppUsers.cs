namespace HelpDesk.Overrides.Company;

/// <summary>Everybody whom this host knows. Here from its configuration; a real host has tables for that, and keeps what it reads in a cache.</summary>
internal sealed class AppUsers(IReadOnlyCollection<AppUser> all)
{
    private readonly Dictionary<string, AppUser> byId = all.ToDictionary(user => user.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<AppUser> All => all;

    public IEnumerable<AppUser> Agents => WithRole(HelpDeskRoles.Support);

    public AppUser? Find(string? id) => id is null ? null : byId.GetValueOrDefault(id);

    public IEnumerable<AppUser> WithRole(HelpDeskRoles role) => all.Where(user => user.Roles.HasFlag(role));
}
