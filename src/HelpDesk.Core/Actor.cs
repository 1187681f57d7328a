using HelpDesk.Tickets;

namespace HelpDesk;

/// <summary>What a user is allowed to be in the help desk. Rights are cumulative: see <see cref="Actor"/>.</summary>
[Flags]
public enum HelpDeskRoles
{
    /// <summary>A requester: sees and answers the tickets that are their own.</summary>
    None = 0,

    /// <summary>An agent who can be made responsible for tickets (the role <c>support</c>).</summary>
    Support = 1,

    /// <summary>A manager of agents (the role <c>support-manager</c>); acts as an agent too, but is never assigned.</summary>
    Manager = 2,

    /// <summary>An administrator (the role <c>superadmin</c>); acts as manager and agent too, but is never assigned.</summary>
    Administrator = 4,
}

/// <summary>Who stands behind an actor.</summary>
public enum ActorKind
{
    /// <summary>A user of the host application.</summary>
    User,

    /// <summary>A job of the host or of the library; it may do what an agent may.</summary>
    System,
}

/// <summary>The person or job on whose behalf a command or query runs. Every command and query names one; there is no ambient actor.</summary>
/// <remarks>
/// Make it from authentication only, never from what a request says of itself. In ASP.NET Core <c>IActorResolver</c> does that;
/// in a job use <see cref="System(string)"/>. Immutable and safe to share between threads.
/// </remarks>
public sealed record Actor
{
    private Actor(ActorKind kind, string id, HelpDeskRoles roles, TicketChannel channel)
    {
        Kind = kind;
        Id = id;
        Roles = roles;
        Channel = channel;
    }

    /// <summary>User or system.</summary>
    public ActorKind Kind { get; }

    /// <summary>The host's user id (at most 128 characters), or the job's name for <see cref="ActorKind.System"/>.</summary>
    public string Id { get; }

    /// <summary>The roles of the user; <see cref="HelpDeskRoles.None"/> for a requester.</summary>
    public HelpDeskRoles Roles { get; }

    /// <summary>The way by which the actor reached the help desk. Default: <see cref="TicketChannel.Web"/>, for jobs <see cref="TicketChannel.Api"/>.</summary>
    public TicketChannel Channel { get; init; }

    /// <summary>Whether the actor has an agent's rights (any of the roles).</summary>
    public bool IsAgent => Roles != HelpDeskRoles.None;

    /// <summary>Whether the actor has a manager's rights (manager or administrator).</summary>
    public bool IsManager => (Roles & (HelpDeskRoles.Manager | HelpDeskRoles.Administrator)) != 0;

    /// <summary>Whether the actor has an administrator's rights.</summary>
    public bool IsAdministrator => Roles.HasFlag(HelpDeskRoles.Administrator);

    /// <summary>Whether tickets can be assigned to the actor (the role <c>support</c> alone makes that so).</summary>
    public bool IsAssignable => Kind == ActorKind.User && Roles.HasFlag(HelpDeskRoles.Support);

    /// <summary>Somebody known by mail only: nobody can sign in as one, and nothing is stored as the id.</summary>
    internal static Actor MailOnly { get; } = new(ActorKind.User, "", HelpDeskRoles.None, TicketChannel.Email);

    /// <summary>Whether the actor may do what is for agents: an agent, or a job.</summary>
    internal bool HasAgentRights => IsAgent || Kind == ActorKind.System;

    /// <summary>What is stored as the id.</summary>
    internal string? StoredId => Id.Length == 0 ? null : Id;

    /// <summary>A user of the host application.</summary>
    /// <param name="id">The host's user id; 1 to 128 characters.</param>
    /// <param name="roles">The roles that authentication and the host's directory establish. Default: a requester.</param>
    /// <exception cref="ArgumentException">The id is blank or longer than 128 characters.</exception>
    public static Actor User(string id, HelpDeskRoles roles = HelpDeskRoles.None)
    {
        RequireKey(id);
        return new Actor(ActorKind.User, id, roles, TicketChannel.Web);
    }

    /// <summary>A job, with an agent's rights on every ticket.</summary>
    /// <param name="name">The job's name as the history shows it; 1 to 128 characters.</param>
    /// <exception cref="ArgumentException">The name is blank or longer than 128 characters.</exception>
    public static Actor System(string name)
    {
        RequireKey(name);
        return new Actor(ActorKind.System, name, HelpDeskRoles.None, TicketChannel.Api);
    }

    private static void RequireKey(string value, [global::System.Runtime.CompilerServices.CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, name);
        if (value.Length > TicketLimits.KeyLength)
        {
            throw new ArgumentException($"At most {TicketLimits.KeyLength} characters are stored.", name);
        }
    }
}
