using System.Text.Json;
using System.Text.Json.Serialization;
using HelpDesk.Sla;
using HelpDesk.Tickets;

namespace HelpDesk.Events;

/// <summary>The facts of an event. It holds keys, never texts: a handler reads what it may show when it shows it.</summary>
public sealed record TicketEventPayload
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The ticket's number.</summary>
    public required string Number { get; init; }

    /// <summary>The host's user id of who did it, or the name of the job; null for somebody known by mail only.</summary>
    public string? ActorId { get; init; }

    /// <summary>What the actor was on the ticket.</summary>
    public required TicketRole ActorKind { get; init; }

    /// <summary>The message that was added with it.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The responsible agent after it.</summary>
    public string? AssigneeId { get; init; }

    /// <summary>The promises that an escalation or a warning is about; else empty.</summary>
    public IReadOnlyList<EventTarget> Targets { get; init; } = [];

    /// <summary>The trace in which it happened, as W3C Trace Context writes it.</summary>
    public string? TraceParent { get; init; }

    internal static TicketEventPayload Parse(string json) => JsonSerializer.Deserialize<TicketEventPayload>(json, JsonSerializerOptions.Web)
        ?? throw new InvalidOperationException("The payload of the event is empty.");

    internal string ToJson() => JsonSerializer.Serialize(this, Options);
}

/// <summary>A promise that an event is about.</summary>
public sealed record EventTarget
{
    /// <summary>What was promised.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>Which one of its kind, from 1.</summary>
    public required int Instance { get; init; }

    /// <summary>When it is due, or was.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
