namespace HelpDesk.Tickets;

/// <summary>What policies of the host may know of a ticket.</summary>
public sealed record TicketSummary
{
    /// <summary>The key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The host's user id of the requester; null for somebody known by mail only.</summary>
    public required string? RequesterId { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>How urgent it is.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>The category.</summary>
    public required string? Category { get; init; }

    /// <summary>The way by which it came.</summary>
    public required TicketChannel Channel { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    internal static TicketSummary Of(Ticket ticket) => new()
    {
        Id = ticket.Id,
        RequesterId = ticket.RequesterId,
        Subject = ticket.Subject,
        Priority = ticket.Priority,
        Category = ticket.Category,
        Channel = ticket.Channel,
        CreatedAt = ticket.CreatedAt,
    };
}
