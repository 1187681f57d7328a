using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Messages;
using HelpDesk.Inbound;

namespace HelpDesk.AspNetCore.Inbound;

internal sealed record InboundListResponse(IReadOnlyList<InboundResponse> Data, string? NextCursor);

/// <summary>A received mail that waits, or has been decided on.</summary>
internal sealed record InboundResponse(
    Guid Id, InboundMailState State, string Reason, string From, string To, string Subject, string Text, DateTimeOffset ReceivedAt, TicketReferenceResponse? Ticket)
{
    public static InboundResponse Of(InboundMailView mail) => new(
        mail.Id,
        mail.State,
        mail.Reason,
        mail.From,
        mail.To,
        mail.Subject,
        mail.Text,
        mail.ReceivedAt,
        mail.Ticket is { } ticket ? new TicketReferenceResponse(ticket.Id, ticket.Number, ticket.Status) : null);
}

/// <summary>The optional body of a release.</summary>
internal sealed record ReleaseRequest
{
    /// <summary>The id or number of the ticket to which the mail belongs; absent for the one that it hints at, or a new one.</summary>
    public string? Ticket { get; init; }

    /// <summary>Whether it becomes a new ticket, whatever it hints at.</summary>
    public bool? AsNew { get; init; }
}

/// <summary>The values of <c>state</c>, so that OpenAPI can list them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InboundStateParameter>))]
internal enum InboundStateParameter
{
    [JsonStringEnumMemberName("held")]
    Held,

    [JsonStringEnumMemberName("failed")]
    Failed,
}
