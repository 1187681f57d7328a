using System.Text.Json.Serialization;
using HelpDesk.Events;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Events;

/// <summary>The data of one server-sent event.</summary>
[JsonDerivedType(typeof(TicketStreamEvent))]
[JsonDerivedType(typeof(PresenceStreamEvent))]
internal interface IStreamEvent;

/// <summary>Something has happened to a ticket.</summary>
internal sealed record TicketStreamEvent(Guid Id, StreamTicket Ticket, string Kind, DateTimeOffset At, Guid Version) : IStreamEvent
{
    public static TicketStreamEvent Of(FeedEvent item) => new(item.Id, new StreamTicket(item.TicketId, item.TicketNumber), item.Kind, item.At, item.Version);
}

/// <summary>Which agents have a ticket before them now.</summary>
internal sealed record PresenceStreamEvent(string Kind, StreamTicket Ticket, IReadOnlyList<StreamAgent> Agents) : IStreamEvent
{
    public static PresenceStreamEvent Of(FeedPresence item) =>
        new("presence", new StreamTicket(item.TicketId, item.TicketNumber), [.. item.Agents.Select(agent => new StreamAgent(agent.Id, agent.Name, agent.Mode))]);
}

internal sealed record StreamTicket(Guid Id, string Number);

internal sealed record StreamAgent(string Id, string Name, PresenceMode Mode);
