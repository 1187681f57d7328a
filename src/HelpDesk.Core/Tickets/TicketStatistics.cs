namespace HelpDesk.Tickets;

/// <summary>Asks for numbers of the whole desk; for agents.</summary>
public sealed record GetStatistics
{
    /// <summary>Who asks; what is counted is what the actor may see.</summary>
    public required Actor Actor { get; init; }
}

/// <summary>Numbers of the whole desk.</summary>
public sealed record TicketStatistics
{
    /// <summary>How many tickets have each status; every status is there.</summary>
    public required IReadOnlyDictionary<TicketStatus, int> ByStatus { get; init; }

    /// <summary>Open and pending tickets that nobody is responsible for.</summary>
    public required int Unassigned { get; init; }

    /// <summary>Open and pending tickets of the actor.</summary>
    public required int Mine { get; init; }

    /// <summary>Open and pending tickets whose due time has passed.</summary>
    public required int Overdue { get; init; }

    /// <summary>Open and pending tickets that are due within <see cref="Sla.SlaOptions.DueSoon"/>.</summary>
    public required int DueSoon { get; init; }

    /// <summary>Mails that are held for an agent's decision.</summary>
    public required int Held { get; init; }

    /// <summary>The loads of the agents.</summary>
    public required IReadOnlyList<Assignment.AgentView> Agents { get; init; }
}
