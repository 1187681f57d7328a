using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.AspNetCore.Messages;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Tickets;

/// <summary>A ticket on the wire. Two audiences, two types: what is not a member of the requester's cannot reach a requester.</summary>
/// <remarks>Every member is required, and no constructor is public, so that OpenAPI knows each of them to be there in every answer.</remarks>
[JsonDerivedType(typeof(RequesterTicketResponse))]
[JsonDerivedType(typeof(AgentTicketResponse))]
internal abstract record TicketResponse
{
    [SetsRequiredMembers]
    private protected TicketResponse(TicketView ticket)
    {
        Id = ticket.Id;
        Number = ticket.Number;
        Subject = ticket.Subject;
        Status = ticket.Status;
        Priority = ticket.Priority;
        Category = ticket.Category;
        Channel = ticket.Channel;
        Assignee = ticket.Assignee is { } assignee ? new PersonResponse(assignee.Id, assignee.Name) : null;
        LastMessage = ticket.LastMessage is { } last ? new LastMessageResponse(last.Author, last.Kind, last.At) : null;
        LinkedTo = ticket.LinkedTo;
        CreatedAt = ticket.CreatedAt;
        UpdatedAt = ticket.UpdatedAt;
        ResolvedAt = ticket.ResolvedAt;
        ClosedAt = ticket.ClosedAt;
        Version = ticket.Version;
    }

    public required Guid Id { get; init; }

    public required string Number { get; init; }

    public required string Subject { get; init; }

    public required TicketStatus Status { get; init; }

    public required TicketPriority Priority { get; init; }

    public required string? Category { get; init; }

    public required TicketChannel Channel { get; init; }

    public required PersonResponse? Assignee { get; init; }

    public required LastMessageResponse? LastMessage { get; init; }

    public required Guid? LinkedTo { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required DateTimeOffset? ResolvedAt { get; init; }

    public required DateTimeOffset? ClosedAt { get; init; }

    public required Guid Version { get; init; }

    public static TicketResponse Of(TicketView ticket) => ticket switch
    {
        RequesterTicket own => new RequesterTicketResponse(own),
        AgentTicket any => new AgentTicketResponse(any),
        _ => throw new ArgumentOutOfRangeException(nameof(ticket), ticket.GetType().Name, null),
    };
}

internal record RequesterTicketResponse : TicketResponse
{
    [SetsRequiredMembers]
    internal RequesterTicketResponse(RequesterTicket ticket)
        : base(ticket) => Requester = new PersonResponse(ticket.Requester.Id, ticket.Requester.Name);

    [JsonPropertyOrder(1)]
    public required PersonResponse Requester { get; init; }
}

internal record AgentTicketResponse : TicketResponse
{
    [SetsRequiredMembers]
    internal AgentTicketResponse(AgentTicket ticket)
        : base(ticket)
    {
        Requester = new ContactResponse(ticket.Requester.Id, ticket.Requester.Name, ticket.RequesterEmail);
        FirstRespondedAt = ticket.FirstRespondedAt;
        DueAt = ticket.DueAt;
        EscalatedAt = ticket.EscalatedAt;
    }

    [JsonPropertyOrder(1)]
    public required ContactResponse Requester { get; init; }

    [JsonPropertyOrder(1)]
    public required DateTimeOffset? FirstRespondedAt { get; init; }

    [JsonPropertyOrder(1)]
    public required DateTimeOffset? DueAt { get; init; }

    [JsonPropertyOrder(1)]
    public required DateTimeOffset? EscalatedAt { get; init; }
}

/// <summary>A ticket with its newest messages, oldest first.</summary>
[JsonDerivedType(typeof(RequesterConversationResponse))]
[JsonDerivedType(typeof(AgentConversationResponse))]
internal interface IConversationResponse
{
    static IConversationResponse Of(TicketConversation conversation, Links links) => conversation switch
    {
        RequesterConversation own => new RequesterConversationResponse(own, links),
        AgentConversation any => new AgentConversationResponse(any, links),
        _ => throw new ArgumentOutOfRangeException(nameof(conversation), conversation.GetType().Name, null),
    };
}

internal sealed record RequesterConversationResponse : RequesterTicketResponse, IConversationResponse
{
    [SetsRequiredMembers]
    internal RequesterConversationResponse(RequesterConversation conversation, Links links)
        : base(conversation.Ticket)
    {
        Messages = [.. conversation.Messages.Select(message => new RequesterMessageResponse(message, links))];
        OlderMessages = conversation.OlderMessages;
    }

    [JsonPropertyOrder(2)]
    public required IReadOnlyList<RequesterMessageResponse> Messages { get; init; }

    [JsonPropertyOrder(2)]
    public required string? OlderMessages { get; init; }
}

internal sealed record AgentConversationResponse : AgentTicketResponse, IConversationResponse
{
    [SetsRequiredMembers]
    internal AgentConversationResponse(AgentConversation conversation, Links links)
        : base(conversation.Ticket)
    {
        Messages = [.. conversation.Messages.Select(message => new AgentMessageResponse(message, links))];
        OlderMessages = conversation.OlderMessages;
    }

    [JsonPropertyOrder(2)]
    public required IReadOnlyList<AgentMessageResponse> Messages { get; init; }

    [JsonPropertyOrder(2)]
    public required string? OlderMessages { get; init; }
}

internal sealed record TicketListResponse(IReadOnlyList<TicketResponse> Data, string? NextCursor);

/// <summary>A user; the id is null for somebody known by mail only.</summary>
internal sealed record PersonResponse(string? Id, string Name);

internal sealed record ContactResponse(string? Id, string Name, string? Email);

internal sealed record LastMessageResponse(string Author, TicketRole Kind, DateTimeOffset At);

internal sealed record HistoryResponse(IReadOnlyList<HistoryEntryResponse> Data, string? NextCursor);

internal sealed record HistoryEntryResponse(
    Guid Id, DateTimeOffset At, AuthorResponse Actor, string Via, string Action, IReadOnlyList<FieldChangeResponse> Changes, string? Reason);

internal sealed record FieldChangeResponse(string Field, string? Old, string? New);
