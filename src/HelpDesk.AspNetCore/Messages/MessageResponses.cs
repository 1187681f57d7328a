using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Messages;

/// <summary>A message on the wire; like the ticket one type for each audience, with required members.</summary>
internal abstract record MessageResponse
{
    [SetsRequiredMembers]
    private protected MessageResponse(MessageView message, Links links)
    {
        Id = message.Id;
        Author = new AuthorResponse(message.Author.Id, message.Author.Name, message.Author.Kind);
        Body = message.Body;
        HasHtml = message.HasHtml;
        Channel = message.Channel;
        CreatedAt = message.CreatedAt;
        Attachments = [.. message.Attachments.Select(file => new AttachmentResponse(file.Id, file.FileName, file.ContentType, file.Size, links.Attachment(file.Id)))];
    }

    public required Guid Id { get; init; }

    public required AuthorResponse Author { get; init; }

    public required string Body { get; init; }

    public required bool HasHtml { get; init; }

    public required TicketChannel Channel { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required IReadOnlyList<AttachmentResponse> Attachments { get; init; }
}

internal record RequesterMessageResponse : MessageResponse
{
    [SetsRequiredMembers]
    internal RequesterMessageResponse(PublicMessage message, Links links)
        : base(message, links)
    {
    }
}

internal record AgentMessageResponse : MessageResponse
{
    [SetsRequiredMembers]
    internal AgentMessageResponse(AgentMessage message, Links links)
        : base(message, links)
    {
        HasQuoted = message.HasQuoted;
        IsPrivate = message.IsPrivate;
    }

    /// <summary>Whether the mail has more text than the body: quotes or a signature.</summary>
    [JsonPropertyOrder(1)]
    public required bool HasQuoted { get; init; }

    [JsonPropertyOrder(1)]
    public required bool IsPrivate { get; init; }
}

/// <summary>A message just written, with the ticket that it stands in: a new one where the addressed ticket was over.</summary>
[JsonDerivedType(typeof(RequesterReplyResponse))]
[JsonDerivedType(typeof(AgentReplyResponse))]
internal interface IReplyResponse
{
    static IReplyResponse Of(MessageReceipt receipt, Links links)
    {
        var ticket = new TicketReferenceResponse(receipt.TicketId, receipt.TicketNumber, receipt.TicketStatus);
        return receipt.Message switch
        {
            PublicMessage message => new RequesterReplyResponse(message, links, ticket),
            AgentMessage message => new AgentReplyResponse(message, links, ticket),
            _ => throw new ArgumentOutOfRangeException(nameof(receipt), receipt.Message.GetType().Name, null),
        };
    }
}

internal sealed record RequesterReplyResponse : RequesterMessageResponse, IReplyResponse
{
    [SetsRequiredMembers]
    internal RequesterReplyResponse(PublicMessage message, Links links, TicketReferenceResponse ticket)
        : base(message, links) => Ticket = ticket;

    [JsonPropertyOrder(2)]
    public required TicketReferenceResponse Ticket { get; init; }
}

internal sealed record AgentReplyResponse : AgentMessageResponse, IReplyResponse
{
    [SetsRequiredMembers]
    internal AgentReplyResponse(AgentMessage message, Links links, TicketReferenceResponse ticket)
        : base(message, links) => Ticket = ticket;

    [JsonPropertyOrder(2)]
    public required TicketReferenceResponse Ticket { get; init; }
}

/// <summary>A page of messages, oldest first.</summary>
[JsonDerivedType(typeof(RequesterMessageListResponse))]
[JsonDerivedType(typeof(AgentMessageListResponse))]
internal interface IMessageListResponse
{
    static IMessageListResponse Of(MessagePage page, Links links) => page switch
    {
        RequesterMessagePage own => new RequesterMessageListResponse([.. own.Messages.Select(message => new RequesterMessageResponse(message, links))], own.NextCursor),
        AgentMessagePage any => new AgentMessageListResponse([.. any.Messages.Select(message => new AgentMessageResponse(message, links))], any.NextCursor),
        _ => throw new ArgumentOutOfRangeException(nameof(page), page.GetType().Name, null),
    };
}

internal sealed record RequesterMessageListResponse(IReadOnlyList<RequesterMessageResponse> Data, string? NextCursor) : IMessageListResponse;

internal sealed record AgentMessageListResponse(IReadOnlyList<AgentMessageResponse> Data, string? NextCursor) : IMessageListResponse;

internal sealed record AuthorResponse(string? Id, string Name, TicketRole Kind);

internal sealed record AttachmentResponse(Guid Id, string FileName, string ContentType, long Size, string Url);

internal sealed record TicketReferenceResponse(Guid Id, string Number, TicketStatus Status);
