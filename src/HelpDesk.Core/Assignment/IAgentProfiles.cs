namespace HelpDesk.Assignment;

/// <summary>What the help desk knows of the agents of the role <c>support</c>, with a profile or without. Call it; do not implement it.</summary>
/// <remarks>
/// Scoped. Like each command, a change is one commit, in the host's transaction where one is open. After one that makes room the waiting tickets are assigned,
/// within two seconds.
/// </remarks>
public interface IAgentProfiles
{
    /// <summary>Lists all agents by name.</summary>
    /// <exception cref="ForbiddenException">The actor is neither an agent nor a job.</exception>
    Task<IReadOnlyList<AgentView>> ListAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Finds one agent; null where there is none with this id.</summary>
    /// <exception cref="ForbiddenException">The actor is neither an agent nor a job.</exception>
    Task<AgentView?> FindAsync(Actor actor, string agentId, CancellationToken cancellationToken = default);

    /// <summary>Makes or replaces the profile of an agent.</summary>
    /// <returns>The agent as it is now.</returns>
    /// <exception cref="ForbiddenException">The actor is neither a manager nor a job.</exception>
    /// <exception cref="NotFoundException">There is no agent of the role <c>support</c> with this id.</exception>
    /// <exception cref="ValidationException">A category or the capacity is not acceptable.</exception>
    Task<AgentView> SetAsync(SetAgentProfile command, CancellationToken cancellationToken = default);

    /// <summary>Makes the actor available for new tickets, or not.</summary>
    /// <returns>The agent as it is now.</returns>
    /// <exception cref="ForbiddenException">The actor is not of the role <c>support</c>: tickets are not assigned to anybody else.</exception>
    Task<AgentView> SetAvailabilityAsync(SetAvailability command, CancellationToken cancellationToken = default);
}

/// <summary>What an agent's profile shall be.</summary>
public sealed record SetAgentProfile
{
    /// <summary>Who sets it: a manager or a job.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The host's user id of the agent.</summary>
    public required string AgentId { get; init; }

    /// <summary>Whether new tickets may be assigned. Default: true.</summary>
    public bool IsAvailable { get; init; } = true;

    /// <summary>The categories of which the agent takes tickets, at most 100; empty for any.</summary>
    public IReadOnlyCollection<string> Categories { get; init; } = [];

    /// <summary>How many tickets the agent carries at most, from 0; null is no limit.</summary>
    public int? MaxOpenTickets { get; init; }
}

/// <summary>An agent begins or ends to take new tickets.</summary>
public sealed record SetAvailability
{
    /// <summary>The agent.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Whether new tickets may be assigned.</summary>
    public required bool IsAvailable { get; init; }
}
