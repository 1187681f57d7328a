using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Messages;

/// <summary>A message on the wire; like the ticket one type for each audience.</summary>
internal abstract record MessageResponse
{
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

    public Guid Id { get; }

    public AuthorResponse Author { get; }

    public string Body { get; }

    public bool HasHtml { get; }

    public TicketChannel Channel { get; }

    public DateTimeOffset CreatedAt { get; }

    public IReadOnlyList<AttachmentResponse> Attachments { get; }
}

internal record RequesterMessageResponse : MessageResponse
{
    public RequesterMessageResponse(PublicMessage message, Links links)
        : base(message, links)
    {
    }
}

internal record AgentMessageResponse : MessageResponse
{
    public AgentMessageResponse(AgentMessage message, Links links)
        : base(message, links) => IsPrivate = message.IsPrivate;

    [JsonPropertyOrder(1)]
    public bool IsPrivate { get; }
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
    public RequesterReplyResponse(PublicMessage message, Links links, TicketReferenceResponse ticket)
        : base(message, links) => Ticket = ticket;

    [JsonPropertyOrder(2)]
    public TicketReferenceResponse Ticket { get; }
}

internal sealed record AgentReplyResponse : AgentMessageResponse, IReplyResponse
{
    public AgentReplyResponse(AgentMessage message, Links links, TicketReferenceResponse ticket)
        : base(message, links) => Ticket = ticket;

    [JsonPropertyOrder(2)]
    public TicketReferenceResponse Ticket { get; }
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
