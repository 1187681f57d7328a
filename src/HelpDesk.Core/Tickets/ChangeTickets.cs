namespace HelpDesk.Tickets;

/// <summary>Changes the same fields of several tickets, each in a commit of its own.</summary>
public sealed record ChangeTickets
{
    /// <summary>Who changes: an agent or job.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The tickets, 1 to 100, in the order in which they are changed.</summary>
    public required IReadOnlyList<TicketSelection> Tickets { get; init; }

    /// <summary>How urgent they are.</summary>
    public Optional<TicketPriority> Priority { get; init; }

    /// <summary>The category; null for none.</summary>
    public Optional<string?> Category { get; init; }

    /// <summary>The responsible agent, of the role <c>support</c>; null for nobody.</summary>
    public Optional<string?> AssigneeId { get; init; }

    /// <summary>The status, by the move that leads there; a ticket that already is there is refused.</summary>
    public Optional<TicketStatus> Status { get; init; }
}

/// <summary>A ticket among several.</summary>
public sealed record TicketSelection
{
    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>The version that it must have; null for any.</summary>
    public Guid? IfVersion { get; init; }
}

/// <summary>What became of one ticket among several.</summary>
public sealed record TicketOutcome
{
    /// <summary>The ticket, as it was named.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>Why nothing of it was changed; null where it was done.</summary>
    public HelpDeskException? Error { get; init; }
}
