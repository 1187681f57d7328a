namespace HelpDesk.Assignment;

/// <summary>An agent of the role <c>support</c>, with a profile or without.</summary>
internal sealed record AgentState
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required bool HasProfile { get; init; }

    public required bool IsAvailable { get; init; }

    public required int? MaxOpenTickets { get; init; }

    public required int OpenTickets { get; init; }

    public required long Assignments { get; init; }

    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Why the agent is no candidate for a ticket; null for a candidate.</summary>
    public string? Obstacle(string? category, string? requesterId) =>
        Id == requesterId ? "is the requester"
        : !IsAvailable ? "unavailable"
        : !Takes(category) ? "takes other categories"
        : !HasRoom ? $"has {OpenTickets} of {MaxOpenTickets} tickets"
        : null;

    public bool HasRoom => MaxOpenTickets is not { } most || OpenTickets < most;

    /// <summary>A ticket without a category is for everybody, as an agent without categories takes every ticket.</summary>
    public bool Takes(string? category) => category is null || Categories.Count == 0 || Categories.Contains(category, StringComparer.OrdinalIgnoreCase);

    public AgentCandidate ToCandidate() => new()
    {
        AgentId = Id,
        Name = Name,
        OpenTickets = OpenTickets,
        MaxOpenTickets = MaxOpenTickets,
        Categories = Categories,
        Assignments = Assignments,
    };
}
