namespace HelpDesk.Tickets;

/// <summary>What the desk has done in a span of time.</summary>
/// <remarks>
/// Each number goes by the time stamp of what it counts, not by the opening of the ticket: a ticket that was opened before the span and resolved in it is one of the resolved.
/// Agent and category are those that the ticket has now.
/// </remarks>
public sealed record TicketReport
{
    /// <summary>Where the span begins, in UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Where the span ends, in UTC: the first moment that does not belong to it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>All tickets together.</summary>
    public required ReportFigures Total { get; init; }

    /// <summary>The same for each agent of whom there is something to tell, by name. What nobody is responsible for comes last, without id and name.</summary>
    public required IReadOnlyList<AgentReport> Agents { get; init; }

    /// <summary>The same for each category of which there is something to tell, by name, letter case ignored. What has none comes last, without a name.</summary>
    /// <remarks>At most 100: those with the most opened, resolved and breached. The others are in <see cref="Total"/> only.</remarks>
    public required IReadOnlyList<CategoryReport> Categories { get; init; }

    /// <summary>How many categories are left out, because there are more than 100.</summary>
    public required int CategoriesLeftOut { get; init; }

    /// <summary>Every day in UTC that the span touches, in order, also those on which nothing happened.</summary>
    public required IReadOnlyList<DayReport> Days { get; init; }
}

/// <summary>Numbers of a span of time.</summary>
public sealed record ReportFigures
{
    /// <summary>Tickets that were opened, by <see cref="Ticket.CreatedAt"/>.</summary>
    public required int Opened { get; init; }

    /// <summary>Tickets that were resolved, by <see cref="Ticket.ResolvedAt"/>. One that was reopened counts no more until it is resolved again; one that was closed without being resolved does not count.</summary>
    public required int Resolved { get; init; }

    /// <summary>From the opening to the first public answer of an agent, of the tickets whose <see cref="Ticket.FirstRespondedAt"/> is in the span.</summary>
    public required ReportTimes FirstResponseTime { get; init; }

    /// <summary>From the opening to the resolution, of the tickets that count as resolved.</summary>
    public required ReportTimes ResolutionTime { get; init; }

    /// <summary>Promises that were broken.</summary>
    public required ReportBreaches Breaches { get; init; }
}

/// <summary>How long something took. Time runs around the clock here, pauses and nights included: what was promised in business hours is told by breaches.</summary>
public sealed record ReportTimes
{
    /// <summary>How many were measured.</summary>
    public required int Count { get; init; }

    /// <summary>Half took no longer than that; of an even number the mean of the two in the middle. In whole seconds; null where nothing was measured.</summary>
    public required TimeSpan? Median { get; init; }

    /// <summary>Nine of ten took no longer than that, interpolated linearly between the two nearest. In whole seconds; null where nothing was measured.</summary>
    public required TimeSpan? P90 { get; init; }
}

/// <summary>How many promises (targets) were broken. A ticket may break several, each of them once.</summary>
/// <remarks>
/// It goes by the time at which the breach was found (<see cref="Sla.TicketTarget.BreachedAt"/>). What no sweep has found, because it was met late before, or because none runs, counts
/// by its due time once that has passed.
/// </remarks>
public sealed record ReportBreaches
{
    /// <summary>First responses.</summary>
    public required int FirstResponse { get; init; }

    /// <summary>Next responses.</summary>
    public required int NextResponse { get; init; }

    /// <summary>Resolutions.</summary>
    public required int Resolution { get; init; }

    /// <summary>All of them.</summary>
    public int Total => FirstResponse + NextResponse + Resolution;
}

/// <summary>Numbers of the tickets of one agent.</summary>
public sealed record AgentReport
{
    /// <summary>The host's user id; null for tickets that nobody is responsible for.</summary>
    public required string? Id { get; init; }

    /// <summary>The name; null where there is no id.</summary>
    public required string? Name { get; init; }

    /// <summary>The numbers.</summary>
    public required ReportFigures Figures { get; init; }
}

/// <summary>Numbers of the tickets of one category.</summary>
public sealed record CategoryReport
{
    /// <summary>The category; null for tickets without one.</summary>
    public required string? Name { get; init; }

    /// <summary>The numbers.</summary>
    public required ReportFigures Figures { get; init; }
}

/// <summary>Numbers of one day, as far as it belongs to the span.</summary>
public sealed record DayReport
{
    /// <summary>The day, in UTC.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Tickets that were opened.</summary>
    public required int Opened { get; init; }

    /// <summary>Tickets that were resolved.</summary>
    public required int Resolved { get; init; }

    /// <summary>Promises that were broken.</summary>
    public required ReportBreaches Breaches { get; init; }
}
