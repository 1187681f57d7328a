using System.Text.Json.Serialization;

namespace HelpDesk.Sla;

/// <summary>What is promised.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TargetKind>))]
public enum TargetKind
{
    /// <summary>The first public answer of an agent.</summary>
    [JsonStringEnumMemberName("firstResponse")]
    FirstResponse,

    /// <summary>The answer to the oldest unanswered message of the requester.</summary>
    [JsonStringEnumMemberName("nextResponse")]
    NextResponse,

    /// <summary>The resolution.</summary>
    [JsonStringEnumMemberName("resolution")]
    Resolution,
}

/// <summary>A promise of one ticket: when it started, when it is due, and whether it was kept.</summary>
public class TicketTarget
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected TicketTarget()
    {
    }

    internal TicketTarget(Guid ticketId, TargetKind kind, int instance, DateTimeOffset startedAt)
    {
        TicketId = ticketId;
        Kind = kind;
        Instance = instance;
        StartedAt = startedAt;
    }

    /// <summary>The ticket.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>What is promised.</summary>
    public TargetKind Kind { get; private set; }

    /// <summary>1, or counting up for each next response.</summary>
    public int Instance { get; private set; }

    /// <summary>From when the time counts.</summary>
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>When it is due; null when it has no due time.</summary>
    public DateTimeOffset? DueAt { get; internal set; }

    /// <summary>The user who set the due time by hand; null when the policy did.</summary>
    public string? DueSetBy { get; internal set; }

    /// <summary>When it was kept.</summary>
    public DateTimeOffset? MetAt { get; internal set; }

    /// <summary>When its assignee was warned.</summary>
    public DateTimeOffset? WarnedAt { get; internal set; }

    /// <summary>When it was found broken.</summary>
    public DateTimeOffset? BreachedAt { get; internal set; }
}
