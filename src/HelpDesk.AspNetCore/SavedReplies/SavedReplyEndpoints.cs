using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.SavedReplies;

/// <summary>The texts that agents answer with again and again.</summary>
internal static class SavedReplyEndpoints
{
    private const string Tag = "Saved replies";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/saved-replies", ListAsync)
            .Describe("HelpDesk.ListSavedReplies", Tag, "Lists the caller's own saved replies and the shared ones, by title; for agents.")
            .Gives<SavedReplyListResponse>().Fails();
        api.MapGet("/saved-replies/{id}", GetAsync)
            .Describe("HelpDesk.GetSavedReply", Tag, "Reads one saved reply; for agents.")
            .Gives<SavedReplyResponse>().Fails(404);
        api.MapPost("/saved-replies", AddAsync)
            .Describe("HelpDesk.AddSavedReply", Tag, "Adds a saved reply to the caller's own; for agents.")
            .Takes<SavedReplyRequest>().Gives<SavedReplyResponse>(StatusCodes.Status201Created).Fails(400, 413, 415);
        api.MapPut("/saved-replies/{id}", ChangeAsync)
            .Describe("HelpDesk.ChangeSavedReply", Tag, "Replaces a saved reply: the caller's own; a shared one also for managers.")
            .Takes<SavedReplyRequest>().Gives<SavedReplyResponse>().Fails(400, 404, 409, 413, 415);
        api.MapDelete("/saved-replies/{id}", DeleteAsync)
            .Describe("HelpDesk.DeleteSavedReply", Tag, "Deletes a saved reply: the caller's own; a shared one also for managers.")
            .GivesNothing().Fails(404, 409);
    }

    private static async Task<IResult> ListAsync(HttpContext context, ISavedReplies replies)
    {
        var all = await replies.ListAsync(context.GetActor(), context.RequestAborted);
        return JsonAnswer.Ok(new SavedReplyListResponse([.. all.Select(SavedReplyResponse.Of)]));
    }

    private static async Task<IResult> GetAsync(HttpContext context, string id, ISavedReplies replies)
    {
        var actor = context.GetAgent();
        return await replies.FindAsync(actor, Key(id), context.RequestAborted) is { } reply ? JsonAnswer.Ok(SavedReplyResponse.Of(reply)) : Problem.NotFound();
    }

    private static async Task<IResult> AddAsync(HttpContext context, ISavedReplies replies)
    {
        var actor = context.GetAgent();
        var body = await RequestBody.ReadAsync<SavedReplyRequest>(context);
        var command = new AddSavedReply { Actor = actor, Title = body.Title ?? "", Body = body.Body ?? "", Shared = body.Shared ?? false };
        var added = await replies.AddAsync(command, context.RequestAborted);
        return JsonAnswer.Created(SavedReplyResponse.Of(added), Links.Of(context, segments: 1).SavedReply(added.Id));
    }

    private static async Task<IResult> ChangeAsync(HttpContext context, string id, ISavedReplies replies)
    {
        var actor = context.GetAgent();
        var body = await RequestBody.ReadAsync<SavedReplyRequest>(context);
        var command = new ChangeSavedReply { Actor = actor, Id = Key(id), Title = body.Title ?? "", Body = body.Body ?? "", Shared = body.Shared ?? false };
        return JsonAnswer.Ok(SavedReplyResponse.Of(await replies.ChangeAsync(command, context.RequestAborted)));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, string id, ISavedReplies replies)
    {
        await replies.DeleteAsync(new DeleteSavedReply { Actor = context.GetAgent(), Id = Key(id) }, context.RequestAborted);
        return NoContentAnswer.Instance;
    }

    private static Guid Key(string id) => Guid.TryParseExact(id, "D", out var key) ? key : throw new NotFoundException();

    /// <summary>The whole saved reply.</summary>
    internal sealed record SavedReplyRequest
    {
        public string? Title { get; init; }

        public string? Body { get; init; }

        /// <summary>Whether the other agents see it too. Absent or null: no.</summary>
        public bool? Shared { get; init; }
    }

    internal sealed record SavedReplyListResponse(IReadOnlyList<SavedReplyResponse> Data);

    internal sealed record SavedReplyResponse(Guid Id, string Title, string Body, bool Shared, bool CanChange)
    {
        public static SavedReplyResponse Of(SavedReplyView reply) => new(reply.Id, reply.Title, reply.Body, reply.Shared, reply.CanChange);
    }
}
