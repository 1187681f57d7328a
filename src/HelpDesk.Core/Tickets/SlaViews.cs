using HelpDesk.Sla;

namespace HelpDesk.Tickets;

/// <summary>Asks how the promises of a ticket stand; for agents.</summary>
public sealed record GetSla
{
    /// <summary>Who asks.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }
}

/// <summary>How the promises of a ticket stand.</summary>
public sealed record SlaView
{
    /// <summary>The earliest due time that is not met, kept after its breach; null where nothing is due.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>The targets in the order in which they started: of the next responses the newest 100.</summary>
    public required IReadOnlyList<SlaTargetView> Targets { get; init; }
}

/// <summary>How one promise stands, and why.</summary>
public sealed record SlaTargetView
{
    /// <summary>What is promised.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>1, or counting up for each next response.</summary>
    public required int Instance { get; init; }

    /// <summary>From when the time counts.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it is due; null while the clock stands still.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>How it stands.</summary>
    public required SlaState State { get; init; }

    /// <summary>When it was kept, in time or late.</summary>
    public required DateTimeOffset? MetAt { get; init; }

    /// <summary>When the assignee was warned.</summary>
    public required DateTimeOffset? WarnedAt { get; init; }

    /// <summary>When the managers were told that it was not kept.</summary>
    public required DateTimeOffset? BreachedAt { get; init; }

    /// <summary>Why it is due when it is.</summary>
    public required string Reason { get; init; }

    /// <summary>What the clock did and will do, from the start until it was met, or is due, or (while it stands still) until now; at most 500.</summary>
    public required IReadOnlyList<SlaSegment> Segments { get; init; }
}
