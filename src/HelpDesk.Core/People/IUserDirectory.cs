namespace HelpDesk.People;

/// <summary>The host's users, as the help desk needs them. It never stores them.</summary>
/// <remarks>
/// <c>UseIdentity&lt;TUser&gt;()</c> implements it over ASP.NET Core Identity; a host with users of its own implements it and registers it with
/// <c>UseUserDirectory&lt;T&gt;()</c>. It is scoped, and called in every request: keep the roles in a short cache.
/// </remarks>
public interface IUserDirectory
{
    /// <summary>Finds users by their ids, in one query for all of them.</summary>
    /// <returns>The users that exist, by id; ids of nobody are left out.</returns>
    Task<IReadOnlyDictionary<string, DirectoryUser>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Finds the one user who owns an e-mail address and has confirmed it.</summary>
    /// <returns>The user; null where nobody, or more than one, has confirmed the address.</returns>
    Task<DirectoryUser?> FindByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>Lists the users of one role.</summary>
    /// <param name="role">Exactly one of the roles.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    Task<IReadOnlyList<DirectoryUser>> ListAsync(HelpDeskRoles role, CancellationToken cancellationToken);

    /// <summary>Tells the roles of one user; <see cref="HelpDeskRoles.None"/> for a requester or an unknown id.</summary>
    Task<HelpDeskRoles> GetRolesAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A user of the host.</summary>
public sealed record DirectoryUser
{
    /// <summary>The host's user id; at most 128 characters.</summary>
    public required string Id { get; init; }

    /// <summary>The name as others may see it.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail address, confirmed or not; null for none.</summary>
    public string? Email { get; init; }
}
