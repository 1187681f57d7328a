using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.AspNetCore.Tickets;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Messages;

/// <summary>The messages of a ticket.</summary>
internal static class MessageEndpoints
{
    private const string Tag = "Messages";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/tickets/{ticket}/messages", ListAsync)
            .Describe("HelpDesk.ListMessages", Tag, "Reads older messages, page by page.")
            .TakesQuery<string>("cursor").Gives<IMessageListResponse>().Fails(400, 404);
        api.MapPost("/tickets/{ticket}/messages", ReplyAsync)
            .Describe("HelpDesk.Reply", Tag, "Writes a reply, or as an agent a note.")
            .Takes<ReplyForm>(orForm: true).TakesIfMatch().TakesIdempotencyKey()
            .Gives<IReplyResponse>(StatusCodes.Status201Created).Fails(400, 404, 409, 412, 413, 415, 422);
    }

    private static async Task<IResult> ListAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var query = new GetMessages { Actor = context.GetActor(), Ticket = ticket, Cursor = TicketListQuery.Single(context.Request.Query, "cursor") };
        var page = await tickets.GetMessagesAsync(query, context.RequestAborted);
        return page is null ? Problem.NotFound() : JsonAnswer.Ok(IMessageListResponse.Of(page, Links.Of(context, segments: 3)));
    }

    private static async Task<IResult> ReplyAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        // Before a body that may be large.
        var ifVersion = RequestHeaders.IfMatch(context.Request);
        var idempotencyKey = RequestHeaders.IdempotencyKey(context.Request);
        await using var incoming = await RequestForm.ReadAsync<ReplyRequest>(context);
        var receipt = await tickets.ReplyAsync(
            new ReplyToTicket
            {
                Actor = context.GetActor(),
                Ticket = ticket,
                Body = incoming.Body.Body ?? "",
                IsPrivate = incoming.Body.IsPrivate ?? false,
                Attachments = incoming.Files,
                IfVersion = ifVersion,
                IdempotencyKey = idempotencyKey,
            },
            context.RequestAborted);
        incoming.Done(receipt.Message);
        var links = Links.Of(context, segments: 3);
        return JsonAnswer.Created(IReplyResponse.Of(receipt, links), links.Ticket(receipt.TicketId), receipt.TicketVersion);
    }
}
