using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.AspNetCore.Messages;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Tickets;

/// <summary>A ticket on the wire. Two audiences, two types: what is not a member of the requester's cannot reach a requester.</summary>
[JsonDerivedType(typeof(RequesterTicketResponse))]
[JsonDerivedType(typeof(AgentTicketResponse))]
internal abstract record TicketResponse
{
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

    public Guid Id { get; }

    public string Number { get; }

    public string Subject { get; }

    public TicketStatus Status { get; }

    public TicketPriority Priority { get; }

    public string? Category { get; }

    public TicketChannel Channel { get; }

    public PersonResponse? Assignee { get; }

    public LastMessageResponse? LastMessage { get; }

    public Guid? LinkedTo { get; }

    public DateTimeOffset CreatedAt { get; }

    public DateTimeOffset UpdatedAt { get; }

    public DateTimeOffset? ResolvedAt { get; }

    public DateTimeOffset? ClosedAt { get; }

    public Guid Version { get; }

    public static TicketResponse Of(TicketView ticket) => ticket switch
    {
        RequesterTicket own => new RequesterTicketResponse(own),
        AgentTicket any => new AgentTicketResponse(any),
        _ => throw new ArgumentOutOfRangeException(nameof(ticket), ticket.GetType().Name, null),
    };
}

internal record RequesterTicketResponse : TicketResponse
{
    public RequesterTicketResponse(RequesterTicket ticket)
        : base(ticket) => Requester = new PersonResponse(ticket.Requester.Id, ticket.Requester.Name);

    [JsonPropertyOrder(1)]
    public PersonResponse Requester { get; }
}

internal record AgentTicketResponse : TicketResponse
{
    public AgentTicketResponse(AgentTicket ticket)
        : base(ticket)
    {
        Requester = new ContactResponse(ticket.Requester.Id, ticket.Requester.Name, ticket.RequesterEmail);
        FirstRespondedAt = ticket.FirstRespondedAt;
        DueAt = ticket.DueAt;
        EscalatedAt = ticket.EscalatedAt;
    }

    [JsonPropertyOrder(1)]
    public ContactResponse Requester { get; }

    [JsonPropertyOrder(1)]
    public DateTimeOffset? FirstRespondedAt { get; }

    [JsonPropertyOrder(1)]
    public DateTimeOffset? DueAt { get; }

    [JsonPropertyOrder(1)]
    public DateTimeOffset? EscalatedAt { get; }
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
    public RequesterConversationResponse(RequesterConversation conversation, Links links)
        : base(conversation.Ticket)
    {
        Messages = [.. conversation.Messages.Select(message => new RequesterMessageResponse(message, links))];
        OlderMessages = conversation.OlderMessages;
    }

    [JsonPropertyOrder(2)]
    public IReadOnlyList<RequesterMessageResponse> Messages { get; }

    [JsonPropertyOrder(2)]
    public string? OlderMessages { get; }
}

internal sealed record AgentConversationResponse : AgentTicketResponse, IConversationResponse
{
    public AgentConversationResponse(AgentConversation conversation, Links links)
        : base(conversation.Ticket)
    {
        Messages = [.. conversation.Messages.Select(message => new AgentMessageResponse(message, links))];
        OlderMessages = conversation.OlderMessages;
    }

    [JsonPropertyOrder(2)]
    public IReadOnlyList<AgentMessageResponse> Messages { get; }

    [JsonPropertyOrder(2)]
    public string? OlderMessages { get; }
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
