using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.AspNetCore.Messages;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Tickets;

/// <summary>Tickets and their history.</summary>
internal static class TicketEndpoints
{
    private const string Tag = "Tickets";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/tickets", OpenAsync)
            .Describe("HelpDesk.OpenTicket", Tag, "Opens a ticket with its first message.")
            .Takes<OpenTicketForm>(orForm: true).TakesIdempotencyKey().Gives<IConversationResponse>(StatusCodes.Status201Created).Fails(400, 413, 415, 422);
        api.MapGet("/tickets", ListAsync)
            .Describe("HelpDesk.ListTickets", Tag, "Lists the caller's tickets; for agents all.")
            .TakesQuery<TicketStatus[]>("status").TakesQuery<TicketPriority[]>("priority").TakesQuery<string>("category")
            .TakesQuery<string>("assignee").TakesQuery<string>("requester").TakesQuery<bool>("overdue").TakesQuery<string>("q")
            .TakesQuery<TicketSortParameter>("sort").TakesQuery<int>("limit").TakesQuery<string>("cursor")
            .Gives<TicketListResponse>().Fails(400);
        api.MapGet("/tickets/{ticket}", GetAsync)
            .Describe("HelpDesk.GetTicket", Tag, "Reads a ticket with its newest messages.")
            .Gives<IConversationResponse>().Fails(404);
        api.MapPatch("/tickets/{ticket}", ChangeAsync)
            .Describe("HelpDesk.ChangeTicket", Tag, "Changes fields of a ticket; absent ones stay.")
            .Takes<ChangeTicketRequest>().TakesIfMatch().Gives<TicketResponse>().Fails(400, 404, 409, 412, 413, 415);
        api.MapPost("/tickets/bulk", ChangeManyAsync)
            .Describe("HelpDesk.ChangeTickets", Tag, "Changes fields of up to 100 tickets alike, each in a commit of its own; for agents.")
            .Takes<BulkRequest>().Gives<BulkResponse>().Fails(400, 413, 415);
        api.MapPost("/tickets/{ticket}/resolve", ResolveAsync)
            .Describe("HelpDesk.ResolveTicket", Tag, "Resolves a ticket, with a message or without.")
            .Takes<MoveTicketRequest>(isRequired: false).TakesIfMatch().Gives<TicketResponse>().Fails(400, 404, 409, 412, 413, 415);
        api.MapPost("/tickets/{ticket}/close", CloseAsync)
            .Describe("HelpDesk.CloseTicket", Tag, "Closes a ticket, with a message or without.")
            .Takes<MoveTicketRequest>(isRequired: false).TakesIfMatch().Gives<TicketResponse>().Fails(400, 404, 409, 412, 413, 415);
        api.MapPost("/tickets/{ticket}/reopen", ReopenAsync)
            .Describe("HelpDesk.ReopenTicket", Tag, "Reopens a resolved or closed ticket, with a message or without.")
            .Takes<MoveTicketRequest>(isRequired: false).TakesIfMatch().Gives<TicketResponse>().Fails(400, 404, 409, 412, 413, 415);
        api.MapGet("/tickets/{ticket}/history", HistoryAsync)
            .Describe("HelpDesk.GetHistory", Tag, "Reads who did what, when and why; for agents.")
            .TakesQuery<string>("cursor").Gives<HistoryResponse>().Fails(400, 404);
    }

    private static async Task<IResult> OpenAsync(HttpContext context, ITicketService tickets)
    {
        // Before a body that may be large.
        var idempotencyKey = RequestHeaders.IdempotencyKey(context.Request);
        await using var incoming = await RequestForm.ReadAsync<OpenTicketRequest>(context);
        var body = incoming.Body;
        var conversation = await tickets.OpenAsync(
            new OpenTicket
            {
                Actor = context.GetActor(),
                Subject = body.Subject ?? "",
                Body = body.Body ?? "",
                Priority = body.Priority ?? TicketPriority.Normal,
                Category = body.Category,
                RequesterId = body.RequesterId,
                RequesterEmail = body.RequesterEmail,
                Attachments = incoming.Files,
                IdempotencyKey = idempotencyKey,
            },
            context.RequestAborted);
        incoming.Done(MessagesOf(conversation));
        var links = Links.Of(context, segments: 1);
        var ticket = TicketOf(conversation);
        return JsonAnswer.Created(IConversationResponse.Of(conversation, links), links.Ticket(ticket.Id), ticket.Version);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ITicketService tickets)
    {
        var page = await tickets.SearchAsync(TicketListQuery.Read(context.Request.Query, context.GetActor()), context.RequestAborted);
        return JsonAnswer.Ok(new TicketListResponse([.. page.Tickets.Select(TicketResponse.Of)], page.NextCursor));
    }

    private static async Task<IResult> GetAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var conversation = await tickets.GetAsync(new GetTicket { Actor = context.GetActor(), Ticket = ticket }, context.RequestAborted);
        return conversation is null
            ? Problem.NotFound()
            : JsonAnswer.Ok(IConversationResponse.Of(conversation, Links.Of(context, segments: 2)), TicketOf(conversation).Version);
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var body = await RequestBody.ReadAsync<ChangeTicketRequest>(context);
        var changed = await tickets.ChangeAsync(body.ToCommand(context.GetActor(), ticket, RequestHeaders.IfMatch(context.Request)), context.RequestAborted);
        return JsonAnswer.Ok(TicketResponse.Of(changed), changed.Version);
    }

    private static async Task<IResult> ChangeManyAsync(HttpContext context, ITicketService tickets)
    {
        var actor = context.GetAgent();
        var body = await RequestBody.ReadAsync<BulkRequest>(context);
        var outcomes = await tickets.ChangeManyAsync(body.ToCommand(actor), context.RequestAborted);
        return JsonAnswer.Ok(new BulkResponse([.. outcomes.Select(BulkOutcome.Of)]));
    }

    private static async Task<IResult> ResolveAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var (message, version) = await ReadMoveAsync(context);
        var command = new ResolveTicket { Actor = context.GetActor(), Ticket = ticket, Message = message, IfVersion = version };
        return Moved(await tickets.ResolveAsync(command, context.RequestAborted));
    }

    private static async Task<IResult> CloseAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var (message, version) = await ReadMoveAsync(context);
        var command = new CloseTicket { Actor = context.GetActor(), Ticket = ticket, Message = message, IfVersion = version };
        return Moved(await tickets.CloseAsync(command, context.RequestAborted));
    }

    private static async Task<IResult> ReopenAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var (message, version) = await ReadMoveAsync(context);
        var command = new ReopenTicket { Actor = context.GetActor(), Ticket = ticket, Message = message, IfVersion = version };
        return Moved(await tickets.ReopenAsync(command, context.RequestAborted));
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, string ticket, ITicketService tickets)
    {
        var query = new GetHistory { Actor = context.GetActor(), Ticket = ticket, Cursor = TicketListQuery.Single(context.Request.Query, "cursor") };
        var page = await tickets.GetHistoryAsync(query, context.RequestAborted);
        return page is null ? Problem.NotFound() : JsonAnswer.Ok(new HistoryResponse([.. page.Entries.Select(Entry)], page.NextCursor));
    }

    private static HistoryEntryResponse Entry(HistoryEntry entry) => new(
        entry.Id,
        entry.At,
        new AuthorResponse(entry.Actor.Id, entry.Actor.Name, entry.Actor.Kind),
        entry.Via,
        entry.Action,
        [.. entry.Changes.Select(change => new FieldChangeResponse(change.Field, change.Old, change.New))],
        entry.Reason);

    private static async Task<(string? Message, Guid? Version)> ReadMoveAsync(HttpContext context) =>
        ((await RequestBody.ReadOptionalAsync<MoveTicketRequest>(context))?.Message, RequestHeaders.IfMatch(context.Request));

    private static JsonAnswer Moved(TicketView ticket) => JsonAnswer.Ok(TicketResponse.Of(ticket), ticket.Version);

    private static IReadOnlyList<MessageView> MessagesOf(TicketConversation conversation) => conversation switch
    {
        RequesterConversation own => own.Messages,
        AgentConversation any => any.Messages,
        _ => throw new ArgumentOutOfRangeException(nameof(conversation), conversation.GetType().Name, null),
    };

    private static TicketView TicketOf(TicketConversation conversation) => conversation switch
    {
        RequesterConversation own => own.Ticket,
        AgentConversation any => any.Ticket,
        _ => throw new ArgumentOutOfRangeException(nameof(conversation), conversation.GetType().Name, null),
    };
}
