using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class SavedReplies(HelpDeskDb db, CommandRunner runner, IOptions<HelpDeskOptions> options) : ISavedReplies
{
    // What keeps the list bounded. Two who add the last one at once may both succeed.
    private const int MostOwn = 100;
    private const int MostShared = 500;

    public async Task<IReadOnlyList<SavedReplyView>> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        RequireAgent(actor);
        var replies = await VisibleTo(actor).AsNoTracking().ToListAsync(cancellationToken);
        // Not in the database, whose collation may differ from one to the next.
        return [.. replies.OrderBy(reply => reply.Title, StringComparer.OrdinalIgnoreCase).ThenBy(reply => reply.Id).Select(reply => View(reply, actor))];
    }

    public async Task<SavedReplyView?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken = default)
    {
        RequireAgent(actor);
        return await VisibleTo(actor).AsNoTracking().FirstOrDefaultAsync(reply => reply.Id == id, cancellationToken) is { } found ? View(found, actor) : null;
    }

    public Task<SavedReplyView> AddAsync(AddSavedReply command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireAgent(command.Actor);
        var (title, body) = Check(command.Title, command.Body);
        return runner.RunAsync(
            "reply.add",
            async (attempt, token) =>
            {
                var ownerId = command.Actor.Id;
                await RequireRoomAsync(db.SavedReplies.Where(reply => reply.OwnerId == ownerId), MostOwn, $"You have {MostOwn} saved replies already. Delete one first.", token);
                if (command.Shared)
                    await RequireRoomToShareAsync(token);

                var reply = new SavedReply(ownerId);
                reply.Become(title, body, command.Shared);
                db.SavedReplies.Add(reply);
                attempt.StoreRows(mayCollide: false);
                return View(reply, command.Actor);
            },
            cancellationToken);
    }

    public Task<SavedReplyView> ChangeAsync(ChangeSavedReply command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireAgent(command.Actor);
        var (title, body) = Check(command.Title, command.Body);
        return runner.RunAsync(
            "reply.change",
            async (attempt, token) =>
            {
                var reply = await RequireAsync(command.Actor, command.Id, attempt, token);
                if (command.Shared && !reply.Shared)
                    await RequireRoomToShareAsync(token);

                reply.Become(title, body, command.Shared);
                attempt.StoreRows(mayCollide: false);
                return View(reply, command.Actor);
            },
            cancellationToken);
    }

    public Task DeleteAsync(DeleteSavedReply command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        RequireAgent(command.Actor);
        return runner.RunAsync(
            "reply.delete",
            async (attempt, token) =>
            {
                var reply = await RequireAsync(command.Actor, command.Id, attempt, token);
                db.SavedReplies.Remove(reply);
                attempt.StoreRows(mayCollide: false);
                return reply.Id;
            },
            cancellationToken);
    }

    /// <summary>Finds one that the actor may change. Of two who do so at once the second fails on the row and is run again: it finds what the first has left.</summary>
    private async Task<SavedReply> RequireAsync(Actor actor, Guid id, CommandTry attempt, CancellationToken cancellationToken)
    {
        var reply = await VisibleTo(actor).AsTracking().FirstOrDefaultAsync(reply => reply.Id == id, cancellationToken);
        if (reply is null || !await attempt.TrackAsync(reply, cancellationToken))
            throw new NotFoundException();
        return CanChange(reply, actor) ? reply : throw new ForbiddenException();
    }

    private IQueryable<SavedReply> VisibleTo(Actor actor)
    {
        var id = actor.Id;
        return db.SavedReplies.Where(reply => reply.OwnerId == id || reply.Shared);
    }

    private Task RequireRoomToShareAsync(CancellationToken cancellationToken) => RequireRoomAsync(
        db.SavedReplies.Where(reply => reply.Shared), MostShared, $"There are {MostShared} shared replies already. Delete one first, or keep this one to yourself.", cancellationToken, "shared");

    private static async Task RequireRoomAsync(IQueryable<SavedReply> replies, int most, string error, CancellationToken cancellationToken, string field = "title")
    {
        if (await replies.CountAsync(cancellationToken) >= most)
            throw new ValidationException(field, error);
    }

    private (string Title, string Body) Check(string title, string body)
    {
        var check = new InputCheck(options.Value);
        var wanted = (check.Title(title), check.Body(body));
        check.ThrowIfWrong();
        return wanted;
    }

    private static bool CanChange(SavedReply reply, Actor actor) => reply.OwnerId == actor.Id || actor.IsManager;

    private static SavedReplyView View(SavedReply reply, Actor actor) =>
        new() { Id = reply.Id, Title = reply.Title, Body = reply.Body, Shared = reply.Shared, CanChange = CanChange(reply, actor) };

    private static void RequireAgent(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.IsAgent)
            throw new ForbiddenException();
    }
}
