using System.Text.Json;
using HelpDesk.Tickets;

namespace HelpDesk.Events;

/// <summary>The facts of an event. It holds keys, never texts: a handler reads what it may show when it shows it.</summary>
public sealed record TicketEventPayload
{
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

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}
