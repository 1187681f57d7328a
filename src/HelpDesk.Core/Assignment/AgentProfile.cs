namespace HelpDesk.Assignment;

/// <summary>What the help desk knows of an agent beyond the host's user: availability, capacity and load.</summary>
/// <remarks>An agent without a profile is available, takes any category and has no limit.</remarks>
public class AgentProfile
{
    /// <summary>The rotation counter of who was never given a ticket automatically: then their turn is the next.</summary>
    internal const long NoTurnYet = -1;

    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected AgentProfile()
    {
    }

    internal AgentProfile(string agentId) => AgentId = agentId;

    /// <summary>The host's user id: the key.</summary>
    public string AgentId { get; private set; } = "";

    /// <summary>Whether new tickets may be assigned.</summary>
    public bool IsAvailable { get; private set; }

    /// <summary>How many tickets the agent carries at most; null is no limit.</summary>
    public int? MaxOpenTickets { get; private set; }

    /// <summary>How many tickets the agent carries.</summary>
    public int OpenTickets { get; private set; }

    /// <summary>The rotation counter: how many tickets were assigned automatically; who joins or comes back starts at the smallest counter of the available, or keeps a larger one. -1 before the first turn.</summary>
    public long Assignments { get; private set; }

    /// <summary>When the last one was assigned automatically.</summary>
    public DateTimeOffset? LastAssignedAt { get; private set; }

    internal void Limit(int? maxOpenTickets) => MaxOpenTickets = maxOpenTickets;

    /// <summary>Makes the agent available or not. Who comes back is not given all the turns that were missed: the counter is at least the smallest of the others.</summary>
    internal void Available(bool isAvailable, long smallestCounter)
    {
        if (isAvailable && !IsAvailable)
            Assignments = Math.Max(Assignments, smallestCounter);
        IsAvailable = isAvailable;
    }
}

/// <summary>A category that an agent takes tickets of.</summary>
public class AgentCategory
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected AgentCategory()
    {
    }

    internal AgentCategory(string agentId, string category)
    {
        AgentId = agentId;
        Category = category;
    }

    /// <summary>The host's user id of the agent.</summary>
    public string AgentId { get; private set; } = "";

    /// <summary>The category.</summary>
    public string Category { get; private set; } = "";
}
