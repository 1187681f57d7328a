using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Feed;

/// <summary>What listening costs, and when it ends.</summary>
public abstract class FeedBoundsSpecification(HelpDeskFixture fixture) : FeedTest(fixture)
{
    [Fact]
    public async Task Whoever_does_not_take_a_thousand_events_is_ended_and_goes_on_from_the_last()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await using var quick = await ListenAsync(Alice);
        await using var slow = new Heard(Desk, Alice, null);
        await slow.BeginAsync();
        var events = await WriteAsync(ticket, 1001);
        await UntilAsync(() => quick.Events.Count >= 1001, Desk);

        slow.Read();
        await StillUntilAsync(() => slow.IsOver);
        Assert.Equal(events.Take(1000).Select(e => e.Id), slow.Events.Select(e => e.Id));

        await using var again = await ListenAsync(Alice, slow.Events[^1].Id);
        await UntilAsync(() => again.Events.Count >= 1, Desk);
        Assert.Equal([events[1000].Id], again.Events.Select(e => e.Id));
        Assert.False(quick.IsOver);
    }

    [Fact]
    public async Task It_ends_after_five_minutes()
    {
        await using var ann = await ListenAsync(Ann);
        var start = Desk.Clock.GetUtcNow();
        await PassAsync(TimeSpan.FromMinutes(4));
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await UntilAsync(() => ann.Of(ticket).Count > 0, Desk);
        Assert.True(Desk.Clock.GetUtcNow() < start + TimeSpan.FromMinutes(5));
        Assert.False(ann.IsOver);

        Desk.Clock.Advance(start + TimeSpan.FromMinutes(5) - Desk.Clock.GetUtcNow());

        await StillUntilAsync(() => ann.IsOver);
    }

    [Fact]
    public async Task Nobody_listens_more_than_twenty_times()
    {
        var listeners = new List<Heard>();
        for (var i = 0; i < 20; i++)
            listeners.Add(await ListenAsync(Alice));

        await using var another = new Heard(Desk, Alice, null);
        Assert.Equal("too_many_streams", (await Assert.ThrowsAsync<TooManyListenersException>(another.BeginAsync)).Code);
        await using var bob = await ListenAsync(Bob);

        await listeners[0].DisposeAsync();
        listeners[0] = await ListenAsync(Alice);
        foreach (var listener in listeners)
            await listener.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_asked_where_nobody_listens_and_one_question_a_second_where_somebody_does()
    {
        await Desk.OpenAsync(Alice);
        var before = Looks.Count;
        await SecondsAsync(5);
        Assert.Equal(before, Looks.Count);

        await using (await ListenAsync(Alice))
        await using (await ListenAsync(Bob))
        {
            await AssertLooksAsync(10);
        }

        // A look may be under way when the last of them goes.
        await SecondsAsync(2);
        before = Looks.Count;
        await SecondsAsync(5);
        Assert.Equal(before, Looks.Count);

        // Two, where there is an agent to be told who is at which ticket.
        await using var ann = await ListenAsync(Ann);
        await SecondsAsync(2);
        await AssertLooksAsync(20);
    }

    [Fact]
    public async Task Without_its_database_nobody_begins_to_listen_and_whoever_did_hears_the_rest_when_it_is_back()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        Looks.IsAway = true;
        await using (var early = new Heard(Desk, Alice, null))
            Assert.NotNull(await Record.ExceptionAsync(early.BeginAsync));
        Looks.IsAway = false;
        await using var alice = await ListenAsync(Alice);

        Looks.IsAway = true;
        var before = Looks.Count;
        await UntilAsync(() => Looks.Count >= before + 2, Desk);
        Looks.IsAway = false;
        await Desk.ReplyAsync(Ann, ticket);

        await UntilAsync(() => alice.Of(ticket).Contains(TicketEventKinds.MessageAdded), Desk);
    }

    [Fact]
    public async Task A_host_that_ends_ends_those_who_listen()
    {
        var desk = await Fixture.StartAsync(SetupOf());
        await using var heard = await ListenAsync(desk, Ann);

        desk.Services.GetRequiredService<Service.FeedReader>().Dispose();

        await StillUntilAsync(() => heard.IsOver);
        await heard.DisposeAsync();
        await desk.DisposeAsync();
    }

    /// <summary>Lets about ten seconds pass, in which so many looks come to be.</summary>
    private async Task AssertLooksAsync(int count)
    {
        var (before, start) = (Looks.Count, Desk.Clock.GetUtcNow());
        await UntilAsync(() => Looks.Count >= before + count, Desk);
        // Later looks are the machine's doing, on which time passes in steps.
        Assert.True(Desk.Clock.GetUtcNow() - start >= TimeSpan.FromSeconds(9));
    }

    private async Task SecondsAsync(int seconds)
    {
        for (var step = 0; step < 10 * seconds; step++)
        {
            Desk.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(5, Token);
        }
    }
}
