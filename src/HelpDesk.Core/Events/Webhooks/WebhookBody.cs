using System.Text.Json;
using System.Text.Json.Serialization;
using HelpDesk.Sla;
using HelpDesk.Tickets;

namespace HelpDesk.Events;

/// <summary>What is posted: keys only, never texts, names or addresses. The receiver asks the API for what it may see. The same event has the same bytes on every try.</summary>
internal sealed record WebhookBody(string Type, DateTime Timestamp, WebhookBody.Facts Data)
{
    public static byte[] Of(TicketEvent ticketEvent)
    {
        var payload = ticketEvent.ReadPayload();
        var targets = payload.Targets.Select(target => new TargetKey(target.Kind, target.Instance, target.DueAt.UtcDateTime)).ToList();
        var facts = new Facts(
            new TicketKeys(ticketEvent.TicketId, payload.Number),
            new ActorKeys(payload.ActorId, payload.ActorKind),
            payload.MessageId,
            payload.AssigneeId,
            ticketEvent.Version,
            ticketEvent.IsPublic,
            targets.Count == 0 ? null : targets);
        return JsonSerializer.SerializeToUtf8Bytes(new WebhookBody(ticketEvent.Kind, ticketEvent.At.UtcDateTime, facts), JsonSerializerOptions.Web);
    }

    internal sealed record Facts(
        TicketKeys Ticket,
        ActorKeys Actor,
        Guid? MessageId,
        string? AssigneeId,
        Guid Version,
        bool IsPublic,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TargetKey>? Targets);

    internal sealed record TicketKeys(Guid Id, string Number);

    internal sealed record ActorKeys(string? Id, TicketRole Kind);

    internal sealed record TargetKey(TargetKind Kind, int Instance, DateTime DueAt);
}
