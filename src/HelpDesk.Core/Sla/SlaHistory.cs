using System.Text.Json.Serialization;
using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>What happened to a ticket, as far as its promises depend on it.</summary>
public sealed record SlaHistory
{
    /// <summary>When it was opened, with the requester's first message.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>What was promised when it was opened.</summary>
    public required SlaTerms Terms { get; init; }

    /// <summary>What happened since, in the order of time.</summary>
    public IReadOnlyList<SlaStep> Steps { get; init; } = [];
}

/// <summary>One command on a ticket, as far as its promises depend on it.</summary>
public sealed record SlaStep
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The status that the ticket has from then on; null where it did not change.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>Who wrote a public message: the requester, or (with the help desk's answer) an agent. Null where nobody did; a job's messages are no answers.</summary>
    public TicketRole? WrittenBy { get; init; }

    /// <summary>What is promised from then on, because priority, category or policy changed; null where it did not change.</summary>
    public SlaTerms? Terms { get; init; }
}

/// <summary>A promise and how it stands.</summary>
public sealed record SlaTargetState
{
    /// <summary>What is promised.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>1, or counting up for each next response.</summary>
    public required int Instance { get; init; }

    /// <summary>From when the time counts.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it is due; null while the clock stands still, and where there is no such promise any more.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was kept, in time or late.</summary>
    public required DateTimeOffset? MetAt { get; init; }

    /// <summary>How it stands.</summary>
    public required SlaState State { get; init; }
}

/// <summary>How a promise stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SlaState>))]
public enum SlaState
{
    /// <summary>Its time runs, or will with the next business hours.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>Its time stands still, for instance while the ticket is pending.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>It was kept before it was due.</summary>
    [JsonStringEnumMemberName("met")]
    Met,

    /// <summary>It was not kept when it was due.</summary>
    [JsonStringEnumMemberName("breached")]
    Breached,
}

/// <summary>A time in which the clock of a promise did the same.</summary>
/// <param name="From">The start.</param>
/// <param name="To">The end.</param>
/// <param name="Kind">What the clock did.</param>
public sealed record SlaSegment(DateTimeOffset From, DateTimeOffset To, SlaSegmentKind Kind);

/// <summary>What the clock of a promise does at a time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SlaSegmentKind>))]
public enum SlaSegmentKind
{
    /// <summary>It runs.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>It stands still because of the ticket's status.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>It stands still because the calendar is closed.</summary>
    [JsonStringEnumMemberName("outOfHours")]
    OutOfHours,
}
