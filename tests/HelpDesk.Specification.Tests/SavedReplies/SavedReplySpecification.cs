using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.SavedReplies;

/// <summary>The texts that agents answer with again and again: whose they are, and who sees and changes them.</summary>
public abstract class SavedReplySpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // Their list is the whole desk's.
        await Desk.ReadAsync(context => context.Set<SavedReply>().ExecuteDeleteAsync(Token));
    }

    [Fact]
    public async Task An_agent_sees_the_own_and_the_shared_ones_by_title()
    {
        await AddAsync(Ann, "thanks", shared: false);
        await AddAsync(Ben, "Sorry", shared: true);
        await AddAsync(Ben, "Private", shared: false);
        await AddAsync(Mia, "Another", shared: true);

        Assert.Equal(["Another", "Sorry", "thanks"], (await ListAsync(Ann)).Select(reply => reply.Title));
        Assert.Equal(["Another", "Private", "Sorry"], (await ListAsync(Ben)).Select(reply => reply.Title));
        Assert.Equal(["Another", "Sorry"], (await ListAsync(Root)).Select(reply => reply.Title));
        Assert.Equal([false, false, true], (await ListAsync(Ann)).Select(reply => reply.CanChange));
        Assert.Equal([true, true], (await ListAsync(Root)).Select(reply => reply.CanChange));
    }

    [Fact]
    public async Task What_is_read_is_what_was_added()
    {
        var added = await OnRepliesAsync(replies => replies.AddAsync(new AddSavedReply { Actor = Ann, Title = " Thank\r\nyou ", Body = "\n Thank you.\nBye. \n", Shared = true }, Token));

        Assert.Equal(("Thank you", "Thank you.\nBye.", true, true), (added.Title, added.Body, added.Shared, added.CanChange));
        Assert.Equal(added, await FindAsync(Ann, added.Id));
        Assert.Equal(added with { CanChange = false }, await FindAsync(Ben, added.Id));
    }

    [Fact]
    public async Task The_owner_replaces_and_deletes_it()
    {
        var added = await AddAsync(Ann, "Thanks", shared: true);

        var changed = await ChangeAsync(Ann, added.Id, "Sorry", shared: false);
        Assert.Equal(("Sorry", "Sorry.", false), (changed.Title, changed.Body, changed.Shared));
        Assert.Equal(changed, await FindAsync(Ann, added.Id));
        Assert.Null(await FindAsync(Ben, added.Id));

        await DeleteAsync(Ann, added.Id);
        Assert.Null(await FindAsync(Ann, added.Id));
        await Assert.ThrowsAsync<NotFoundException>(() => DeleteAsync(Ann, added.Id));
        await Assert.ThrowsAsync<NotFoundException>(() => ChangeAsync(Ann, added.Id, "Again", shared: false));
    }

    [Fact]
    public async Task Another_agent_changes_no_shared_one_but_a_manager_does_and_it_stays_its_owners()
    {
        var added = await AddAsync(Ann, "Thanks", shared: true);

        await Assert.ThrowsAsync<ForbiddenException>(() => ChangeAsync(Ben, added.Id, "Mine", shared: true));
        await Assert.ThrowsAsync<ForbiddenException>(() => DeleteAsync(Ben, added.Id));
        await ChangeAsync(Mia, added.Id, "Better", shared: false);

        Assert.Null(await FindAsync(Mia, added.Id));
        Assert.Equal("Better", (await FindAsync(Ann, added.Id))!.Title);
    }

    [Fact]
    public async Task One_that_is_not_shared_is_not_there_for_anybody_else()
    {
        var added = await AddAsync(Ann, "Thanks", shared: false);

        foreach (var other in new[] { Ben, Mia, Root })
        {
            Assert.Null(await FindAsync(other, added.Id));
            await Assert.ThrowsAsync<NotFoundException>(() => ChangeAsync(other, added.Id, "Mine", shared: true));
            await Assert.ThrowsAsync<NotFoundException>(() => DeleteAsync(other, added.Id));
        }

        Assert.Equal(added, await FindAsync(Ann, added.Id));
    }

    [Fact]
    public async Task They_are_for_agents_only()
    {
        var added = await AddAsync(Ann, "Thanks", shared: true);

        foreach (var other in new[] { Alice, Actors.Sweeper })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => ListAsync(other));
            await Assert.ThrowsAsync<ForbiddenException>(() => FindAsync(other, added.Id));
            await Assert.ThrowsAsync<ForbiddenException>(() => AddAsync(other, "Mine", shared: true));
            await Assert.ThrowsAsync<ForbiddenException>(() => ChangeAsync(other, added.Id, "Mine", shared: true));
            await Assert.ThrowsAsync<ForbiddenException>(() => DeleteAsync(other, added.Id));
        }
    }

    [Fact]
    public async Task Title_and_text_are_required_and_bounded_and_all_errors_are_told_at_once()
    {
        var empty = await Assert.ThrowsAsync<ValidationException>(() => OnRepliesAsync(replies => replies.AddAsync(new AddSavedReply { Actor = Ann, Title = " ", Body = "\n" }, Token)));
        var much = await Assert.ThrowsAsync<ValidationException>(() => OnRepliesAsync(replies => replies.AddAsync(new AddSavedReply { Actor = Ann, Title = new string('t', 256), Body = new string('b', 10_001) }, Token)));
        var most = await OnRepliesAsync(replies => replies.AddAsync(new AddSavedReply { Actor = Ann, Title = new string('t', 255), Body = new string('b', 10_000) }, Token));

        Assert.Equal(["A title is required."], empty.Errors["title"]);
        Assert.Equal(["A text is required."], empty.Errors["body"]);
        Assert.Equal(["body", "title"], much.Errors.Keys.Order());
        Assert.Equal((255, 10_000), (most.Title.Length, most.Body.Length));
    }

    [Fact]
    public async Task An_agent_has_at_most_a_hundred()
    {
        foreach (var number in Enumerable.Range(0, 100))
            await AddAsync(Ann, $"Reply {number}", shared: false);

        var refused = await Assert.ThrowsAsync<ValidationException>(() => AddAsync(Ann, "One more", shared: false));

        Assert.Equal(["You have 100 saved replies already. Delete one first."], refused.Errors["title"]);
        await AddAsync(Ben, "Mine", shared: false);
        await DeleteAsync(Ann, (await ListAsync(Ann))[0].Id);
        await AddAsync(Ann, "One more", shared: false);
    }

    [Fact]
    public async Task At_most_five_hundred_are_shared()
    {
        var own = await AddAsync(Ann, "Mine", shared: false);
        foreach (var agent in Enumerable.Range(0, 5).Select(number => Actor.User($"agent-{number}", HelpDeskRoles.Support)))
        {
            foreach (var number in Enumerable.Range(0, 100))
                await AddAsync(agent, $"Reply {number}", shared: true);
        }

        Assert.Equal(["shared"], (await Assert.ThrowsAsync<ValidationException>(() => AddAsync(Ann, "One more", shared: true))).Errors.Keys);
        Assert.Equal(["shared"], (await Assert.ThrowsAsync<ValidationException>(() => ChangeAsync(Ann, own.Id, "Mine", shared: true))).Errors.Keys);
        Assert.Equal(501, (await ListAsync(Ann)).Count);
        var shared = (await ListAsync(Mia))[0];
        Assert.Equal("Better", (await ChangeAsync(Mia, shared.Id, "Better", shared: true)).Title);
    }

    [Fact]
    public async Task Of_two_who_delete_and_change_it_at_once_none_brings_it_back()
    {
        var added = await AddAsync(Ann, "Thanks", shared: true);

        var both = await Task.WhenAll(Tried(() => DeleteAsync(Ann, added.Id)), Tried(() => ChangeAsync(Mia, added.Id, "Better", shared: true)), Tried(() => DeleteAsync(Mia, added.Id)));

        Assert.Equal(1, (both[0] is null ? 1 : 0) + (both[2] is null ? 1 : 0));
        Assert.All(both.OfType<Exception>(), error => Assert.IsType<NotFoundException>(error));
        Assert.Null(await FindAsync(Ann, added.Id));
    }

    /// <summary>From another thread, so that they meet.</summary>
    private static Task<Exception?> Tried(Func<Task> command) => Record.ExceptionAsync(() => Task.Run(command)).AsTask();

    private async Task<T> OnRepliesAsync<T>(Func<ISavedReplies, Task<T>> ask)
    {
        await using var scope = Desk.NewScope();
        return await ask(scope.Services.GetRequiredService<ISavedReplies>());
    }

    private Task<IReadOnlyList<SavedReplyView>> ListAsync(Actor actor) => OnRepliesAsync(replies => replies.ListAsync(actor, Token));

    private Task<SavedReplyView?> FindAsync(Actor actor, Guid id) => OnRepliesAsync(replies => replies.FindAsync(actor, id, Token));

    private Task<SavedReplyView> AddAsync(Actor actor, string title, bool shared) =>
        OnRepliesAsync(replies => replies.AddAsync(new AddSavedReply { Actor = actor, Title = title, Body = $"{title}.", Shared = shared }, Token));

    private Task<SavedReplyView> ChangeAsync(Actor actor, Guid id, string title, bool shared) =>
        OnRepliesAsync(replies => replies.ChangeAsync(new ChangeSavedReply { Actor = actor, Id = id, Title = title, Body = $"{title}.", Shared = shared }, Token));

    private Task DeleteAsync(Actor actor, Guid id) => OnRepliesAsync(async replies =>
    {
        await replies.DeleteAsync(new DeleteSavedReply { Actor = actor, Id = id }, Token);
        return 0;
    });
}
