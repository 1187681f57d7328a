namespace HelpDesk.Assignment;

/// <summary>Sets what the help desk knows of agents. Call it; do not implement it.</summary>
/// <remarks>Scoped. Like each command it is one commit, in the host's transaction where one is open.</remarks>
public interface IAgentProfiles
{
    /// <summary>Makes or replaces the profile of an agent.</summary>
    /// <exception cref="ForbiddenException">The actor is neither a manager nor a job.</exception>
    /// <exception cref="NotFoundException">There is no agent of the role <c>support</c> with this id.</exception>
    /// <exception cref="ValidationException">A category or the capacity is not acceptable.</exception>
    Task SetAsync(SetAgentProfile command, CancellationToken cancellationToken = default);
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
