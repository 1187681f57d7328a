namespace HelpDesk.Tickets;

/// <summary>A ticket as a report lists it.</summary>
/// <remarks>What agents alone may see (<see cref="FirstRespondedAt"/>, <see cref="DueAt"/>, <see cref="EscalatedAt"/>, <see cref="Breached"/>) is null on a ticket whose requester the actor is.</remarks>
public sealed record ReportRow
{
    /// <summary>The number that people use.</summary>
    public required string Number { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>How urgent it is.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>The category; null for none.</summary>
    public required string? Category { get; init; }

    /// <summary>The way by which it came.</summary>
    public required TicketChannel Channel { get; init; }

    /// <summary>The requester's name.</summary>
    public required string Requester { get; init; }

    /// <summary>The responsible agent's name; null for nobody.</summary>
    public required string? Assignee { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The first public answer of an agent.</summary>
    public required DateTimeOffset? FirstRespondedAt { get; init; }

    /// <summary>When it was resolved.</summary>
    public required DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The earliest due time that is not met.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was escalated first.</summary>
    public required DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>Whether any of its promises was broken, at whatever time.</summary>
    public required bool? Breached { get; init; }
}
