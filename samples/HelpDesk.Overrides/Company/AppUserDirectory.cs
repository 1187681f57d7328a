using HelpDesk.People;

namespace HelpDesk.Overrides.Company;

/// <summary>Tells the help desk of this host's users.</summary>
internal sealed class AppUserDirectory(AppUsers users) : IUserDirectory
{
    public Task<IReadOnlyDictionary<string, DirectoryUser>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, DirectoryUser>>(
            ids.Select(users.Find).OfType<AppUser>().Select(ToDirectoryUser).ToDictionary(user => user.Id, StringComparer.Ordinal));

    public Task<DirectoryUser?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        Task.FromResult(users.All.Where(user => email.Equals(user.Email, StringComparison.OrdinalIgnoreCase)).Select(ToDirectoryUser).SingleOrDefault());

    public Task<IReadOnlyList<DirectoryUser>> ListAsync(HelpDeskRoles role, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DirectoryUser>>([.. users.WithRole(role).Select(ToDirectoryUser)]);

    public Task<HelpDeskRoles> GetRolesAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(users.Find(id)?.Roles ?? HelpDeskRoles.None);

    private static DirectoryUser ToDirectoryUser(AppUser user) => new() { Id = user.Id, Name = user.Name, Email = user.Email };
}
