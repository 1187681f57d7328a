using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Feed;

/// <summary>Which agents have which ticket before them.</summary>
public abstract class PresenceSpecification(HelpDeskFixture fixture) : FeedTest(fixture)
{
    [Fact]
    public async Task Another_node_is_told_within_two_seconds_and_after_thirty_it_is_forgotten()
    {
        await using var other = await Fixture.StartAsync(SetupOf());
        await using var ben = await ListenAsync(other, Ben);
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Viewing);

        await WithinAsync(TimeSpan.FromSeconds(2), () => ben.At(ticket) == "Ann Viewing", other);
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Replying);
        await UntilAsync(() => ben.At(ticket) == "Ann Replying", other);
        Assert.Equal("ann", ben.Presence[^1].Agents[0].Id);
        Assert.Equal((await Desk.SeeAsync(Ann, ticket)).Number, ben.Presence[^1].TicketNumber);

        // Ben's node counts from when Ann's said it.
        var end = Desk.Clock.GetUtcNow().AddSeconds(30);
        await UntilAsync(() => other.Clock.GetUtcNow() > end.AddSeconds(-1), other);
        Assert.Equal("Ann Replying", ben.At(ticket));
        await WithinAsync(TimeSpan.FromSeconds(3), () => ben.At(ticket).Length == 0, other);
        Assert.True(other.Clock.GetUtcNow() >= end);
        Assert.Empty(ben.Presence[^1].Agents);
        Assert.Equal(3, ben.Presence.Count(presence => presence.TicketId == ticket));
    }

    [Fact]
    public async Task Whoever_begins_to_listen_is_told_of_all_and_whoever_leaves_is_gone_at_once()
    {
        var (first, second) = ((await Desk.OpenAsync(Alice)).Id, (await Desk.OpenAsync(Bob)).Id);
        await SetPresenceAsync(Desk, Ann, first, PresenceMode.Viewing);
        await SetPresenceAsync(Desk, Ben, first, PresenceMode.Replying);
        await SetPresenceAsync(Desk, Mia, second, PresenceMode.Viewing);
        await using var ann = await ListenAsync(Ann);
        // Not so long that it would be forgotten.
        await WithinAsync(TimeSpan.FromSeconds(5), () => ann.At(first) == "Ann Viewing, Ben Replying" && ann.At(second) == "Mia Viewing", Desk);
        await using var root = await ListenAsync(Root);
        await WithinAsync(TimeSpan.FromSeconds(5), () => root.At(first) == "Ann Viewing, Ben Replying" && root.At(second) == "Mia Viewing", Desk);
        var before = ann.Presence.Count;

        // Saying it again is no news.
        await SetPresenceAsync(Desk, Mia, second, PresenceMode.Viewing);
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(before, ann.Presence.Count);
        await SetPresenceAsync(Desk, Ann, first, null);
        await AtOnceAsync(() => ann.At(first) == "Ben Replying" && root.At(first) == "Ben Replying");
    }

    [Fact]
    public async Task It_is_for_agents_who_see_the_ticket_as_agents_do()
    {
        var (alices, anns) = ((await Desk.OpenAsync(Alice)).Id, (await Desk.OpenAsync(Ann)).Id);

        await Assert.ThrowsAsync<ForbiddenException>(() => SetPresenceAsync(Desk, Alice, alices, PresenceMode.Viewing));
        await Assert.ThrowsAsync<NotFoundException>(() => SetPresenceAsync(Desk, Bob, alices, PresenceMode.Viewing));
        await Assert.ThrowsAsync<NotFoundException>(() => SetPresenceAsync(Desk, Ann, Guid.NewGuid(), PresenceMode.Viewing));
        await Assert.ThrowsAsync<ForbiddenException>(() => SetPresenceAsync(Desk, Ann, anns, PresenceMode.Viewing));
        await Assert.ThrowsAsync<ForbiddenException>(() => SetPresenceAsync(Desk, Actors.Sweeper, alices, PresenceMode.Viewing));
        await Assert.ThrowsAsync<ValidationException>(() => SetPresenceAsync(Desk, Ann, alices, (PresenceMode)7));
        Assert.Empty(await RowsAsync(alices));
        Assert.Empty(await RowsAsync(anns));
    }

    [Fact]
    public async Task Many_say_it_at_once_and_each_has_one_row()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SetPresenceAsync(Desk, i % 2 == 0 ? Ann : Ben, ticket, i < 20 ? PresenceMode.Viewing : PresenceMode.Replying)));
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Replying);

        var rows = await RowsAsync(ticket);
        Assert.Equal(["ann", "ben"], rows.Select(row => row.AgentId).Order());
        Assert.All(rows, row => Assert.Equal(Desk.Clock.GetUtcNow().AddSeconds(30), row.Until));
        Assert.Equal(PresenceMode.Replying, rows.Single(row => row.AgentId == "ann").Mode);
    }

    [Fact]
    public async Task Names_come_in_one_query_and_not_with_each_look()
    {
        var asked = 0;
        Desk.Users.BeforeAnswer = () =>
        {
            Interlocked.Increment(ref asked);
            return Task.CompletedTask;
        };
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Viewing);
        await SetPresenceAsync(Desk, Ben, ticket, PresenceMode.Viewing);
        asked = 0;
        await using var ben = await ListenAsync(Ben);
        await UntilAsync(() => ben.At(ticket) == "Ann Viewing, Ben Viewing", Desk);
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Replying);
        await UntilAsync(() => ben.At(ticket) == "Ann Replying, Ben Viewing", Desk);

        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task The_reader_begins_as_nobody()
    {
        var tenant = new AsyncLocal<string?>();
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        Desk.Users.BeforeAnswer = () =>
        {
            seen.Enqueue(tenant.Value);
            return Task.CompletedTask;
        };
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Viewing);
        seen.Clear();
        tenant.Value = "the first listener's";
        await using var ben = await ListenAsync(Ben);
        await UntilAsync(() => ben.At(ticket) == "Ann Viewing", Desk);

        Assert.Equal([null], seen);
    }

    [Fact]
    public async Task A_directory_that_fails_holds_up_no_events()
    {
        await using var ben = await ListenAsync(Ben);
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Viewing);
        Desk.Users.BeforeAnswer = () => throw new TimeoutException("Away.");
        await PassAsync(TimeSpan.FromSeconds(1));
        Desk.Users.BeforeAnswer = () => Task.CompletedTask;
        await Desk.ReplyAsync(Alice, ticket);
        await WithinAsync(TimeSpan.FromSeconds(1.5), () => ben.Of(ticket).Count >= 2, Desk);

        await UntilAsync(() => ben.At(ticket) == "Ann Viewing", Desk);
    }

    [Fact]
    public async Task What_is_forgotten_is_swept()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Viewing);
        await SweepAsync();
        Assert.Single(await RowsAsync(ticket));

        Desk.Clock.Advance(TimeSpan.FromSeconds(31));

        Assert.True((await SweepAsync()).Presence >= 1);
        Assert.Empty(await RowsAsync(ticket));
    }

    private Task<List<Presence>> RowsAsync(Guid ticket) => Desk.ReadAsync(context => context.Set<Presence>().AsNoTracking().Where(row => row.TicketId == ticket).ToListAsync(Token));

    private async Task<RetentionResult> SweepAsync()
    {
        await using var scope = Desk.NewScope();
        return await scope.Services.GetRequiredService<IRetentionSweep>().RunAsync(Token);
    }
}
