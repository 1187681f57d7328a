namespace HelpDesk.Assignment;

/// <summary>An agent of the role <c>support</c>, with a profile or without.</summary>
public sealed record AgentView
{
    /// <summary>The host's user id.</summary>
    public required string Id { get; init; }

    /// <summary>The name as others see it.</summary>
    public required string Name { get; init; }

    /// <summary>Whether new tickets may be assigned.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>The categories of which the agent takes tickets; empty for any.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>How many tickets the agent carries at most; null is no limit.</summary>
    public required int? MaxOpenTickets { get; init; }

    /// <summary>How many tickets the agent carries.</summary>
    public required int OpenTickets { get; init; }

    internal static AgentView Of(AgentState agent) => new()
    {
        Id = agent.Id,
        Name = agent.Name,
        IsAvailable = agent.IsAvailable,
        Categories = agent.Categories,
        MaxOpenTickets = agent.MaxOpenTickets,
        OpenTickets = agent.OpenTickets,
    };
}
