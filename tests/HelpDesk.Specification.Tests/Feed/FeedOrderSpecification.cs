using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Feed;

/// <summary>When events are told, in which order, and that none is told twice or not at all.</summary>
public abstract class FeedOrderSpecification(HelpDeskFixture fixture) : FeedTest(fixture)
{
    [Fact]
    public async Task What_happens_is_told_in_order()
    {
        await using var ann = await ListenAsync(Ann);
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.ReplyAsync(Ann, ticket);
        await Desk.NoteAsync(Ann, ticket);
        await Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket, AssigneeId = "ben" });
        await Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket, Priority = TicketPriority.High });
        await Desk.ResolveAsync(Ann, ticket);
        await Desk.ReopenAsync(Alice, ticket);
        await Desk.CloseAsync(Ann, ticket);
        var stored = await Desk.EventsAsync(ticket);

        await UntilAsync(() => ann.Of(ticket).Count >= stored.Count, Desk);

        var told = ann.Events.Where(e => e.TicketId == ticket).ToList();
        Assert.Equal(stored.Select(e => (e.Id, e.Kind, e.At, e.Version)), told.Select(e => (e.Id, e.Kind, e.At, e.Version)));
        Assert.Equal((await Desk.SeeAsync(Ann, ticket)).Number, Assert.Single(told.Select(e => e.TicketNumber).Distinct()));
        Assert.DoesNotContain(told, e => e.IsLate);
        Assert.Superset(new HashSet<string> { "ticket.opened", "message.added", "note.added", "ticket.assigned", "ticket.changed", "ticket.resolved", "ticket.reopened", "ticket.closed" }, told.Select(e => e.Kind).ToHashSet());
    }

    [Fact]
    public async Task A_commit_of_the_same_process_is_told_at_once()
    {
        await using var ann = await ListenAsync(Ann);
        await PassAsync(TimeSpan.FromSeconds(1));

        var ticket = (await Desk.OpenAsync(Alice)).Id;

        await AtOnceAsync(() => ann.Of(ticket).Count > 0);
    }

    [Fact]
    public async Task In_the_hosts_transaction_nothing_is_told_before_its_commit()
    {
        await using var ann = await ListenAsync(Ann);
        await using var scope = Desk.NewScope();
        await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
        var ticket = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "With an order", Body = "Both or none." }, Token)).Ticket().Id;
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(ann.Of(ticket));

        await transaction.CommitAsync(Token);

        await AtOnceAsync(() => ann.Of(ticket).Count > 0);
    }

    [Fact]
    public async Task What_comes_behind_a_missing_number_waits_for_it()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var last = await LastSeqAsync();
        await using var alice = await ListenAsync(Alice);
        var second = await WriteAsync(ticket, 1, last + 2);
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(alice.Events);

        var first = await WriteAsync(ticket, 1, last + 1);

        await UntilAsync(() => alice.Events.Count >= 2, Desk);
        Assert.Equal([first[0].Id, second[0].Id], alice.Events.Select(e => e.Id));
        Assert.DoesNotContain(alice.Events, e => e.IsLate);
    }

    [Fact]
    public async Task It_waits_for_three_seconds_and_what_is_committed_then_is_late()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var last = await LastSeqAsync();
        await using var alice = await ListenAsync(Alice);
        var second = await WriteAsync(ticket, 2, last + 3);
        await PassAsync(TimeSpan.FromSeconds(0.5));
        await PassAsync(TimeSpan.FromSeconds(2));
        Assert.Empty(alice.Events);
        await PassAsync(TimeSpan.FromSeconds(1));
        await StillUntilAsync(() => alice.Events.Count >= 2);
        Assert.Equal(second.Select(e => e.Id), alice.Events.Select(e => e.Id));

        await PassAsync(TimeSpan.FromSeconds(50));
        var first = await WriteAsync(ticket, 1, last + 1);
        await UntilAsync(() => alice.Events.Count >= 3, Desk);
        Assert.Equal((first[0].Id, true), (alice.Events[2].Id, alice.Events[2].IsLate));

        // Whoever comes back goes on from the last one that was not late, and has missed nothing.
        var next = await WriteAsync(ticket, 1);
        await using var again = await ListenAsync(Alice, second[1].Id);
        await UntilAsync(() => again.Events.Count >= 1, Desk);
        await PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal([next[0].Id], again.Events.Select(e => e.Id));

        // It is not looked for for ever.
        await PassAsync(TimeSpan.FromSeconds(60));
        await WriteAsync(ticket, 1, last + 2);
        await PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(4, alice.Events.Count);
    }

    [Fact]
    public async Task What_was_under_way_when_somebody_began_to_listen_is_told_too()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var last = await LastSeqAsync();
        await WriteAsync(ticket, 1, last + 2);
        await using var alice = await ListenAsync(Alice);

        var under = await WriteAsync(ticket, 1, last + 1);

        await UntilAsync(() => alice.Events.Count >= 1, Desk);
        Assert.Equal([under[0].Id], alice.Events.Select(e => e.Id));
    }

    [Fact]
    public async Task A_listener_goes_on_from_the_last_event_and_misses_nothing()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var other = (await Desk.OpenAsync(Bob)).Id;
        var events = await WriteAsync(ticket, 1200);
        await WriteAsync(other, 30);

        await using var alice = await ListenAsync(Alice, events[9].Id);
        var next = await WriteAsync(ticket, 20);

        await UntilAsync(() => alice.Events.Count >= 1210, Desk);
        await PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal([.. events.Skip(10).Select(e => e.Id), .. next.Select(e => e.Id)], alice.Events.Select(e => e.Id));
    }

    [Fact]
    public async Task What_was_missing_when_a_listener_came_back_is_told_once()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var last = await LastSeqAsync();
        await using var waiting = await ListenAsync(Alice);
        var known = await WriteAsync(ticket, 1, last + 1);
        var behind = await WriteAsync(ticket, 1, last + 3);
        await PassAsync(TimeSpan.FromSeconds(1));
        await PassAsync(TimeSpan.FromSeconds(3.5));
        await StillUntilAsync(() => waiting.Events.Count >= 2);

        // The reader has not seen it when the listener finds it among what it has missed.
        var missing = await WriteAsync(ticket, 1, last + 2);
        await using var again = await ListenAsync(Alice, known[0].Id);
        await UntilAsync(() => waiting.Events.Count >= 3 && again.Events.Count >= 2, Desk);
        await PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal([missing[0].Id, behind[0].Id], again.Events.Select(e => e.Id));
        Assert.Equal([known[0].Id, behind[0].Id, missing[0].Id], waiting.Events.Select(e => e.Id));
    }

    [Fact]
    public async Task An_event_that_is_not_there_any_more_is_a_reset()
    {
        await using var alice = new Heard(Desk, Alice, Guid.NewGuid());
        var begun = alice.BeginAsync();
        await UntilAsync(() => begun.IsCompleted, Desk);
        Assert.True((await begun).IsReset);

        alice.Read();
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await UntilAsync(() => alice.Of(ticket).Count > 0, Desk);
    }

    [Fact]
    public async Task Two_nodes_tell_the_same_and_a_listener_may_change_between_them()
    {
        await using var other = await Fixture.StartAsync(SetupOf());
        await using var here = await ListenAsync(Desk, Ann);
        await using var there = await ListenAsync(other, Ben);
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        for (var i = 0; i < 10; i++)
            await (i % 2 == 0 ? Desk : other).ReplyAsync(Alice, ticket);

        var stored = (await Desk.EventsAsync(ticket)).ConvertAll(e => e.Id);
        await UntilAsync(() => here.Of(ticket).Count >= stored.Count && there.Of(ticket).Count >= stored.Count, Desk, other);
        Assert.Equal(stored, here.Events.Select(e => e.Id));
        Assert.Equal(stored, there.Events.Select(e => e.Id));

        // The other node has read nothing of this yet: its time stands still, so that it waits for its next look.
        await StillUntilAsync(() => Looks.AreOver);
        var news = await WriteAsync(ticket, 3);
        await UntilAsync(() => here.Events.Count >= stored.Count + 3, Desk);
        Assert.Equal(stored.Count, there.Events.Count);
        await using var changed = new Heard(other, Ann, news[1].Id);
        Assert.False((await changed.BeginAsync()).IsReset);
        changed.Read();
        await UntilAsync(() => changed.Events.Count >= 1 && there.Events.Count >= stored.Count + 3, Desk, other);
        await UntilAsync(() => other.Clock.GetUtcNow() > Desk.Clock.GetUtcNow().AddSeconds(3), other);
        Assert.Equal([news[2].Id], changed.Events.Select(e => e.Id));
    }

    [Fact]
    public async Task Keys_of_events_do_not_count()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.ReplyAsync(Ann, ticket);

        Assert.All(await Desk.EventsAsync(ticket), e => Assert.Equal(7, e.Id.Version));
    }
}
