using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Feed;

/// <summary>Who is told of what.</summary>
public abstract class FeedAccessSpecification(HelpDeskFixture fixture) : FeedTest(fixture)
{
    [Fact]
    public async Task Requesters_are_told_of_their_own_tickets_and_of_nothing_that_agents_do_among_themselves()
    {
        await using var alice = await ListenAsync(Alice);
        await using var bob = await ListenAsync(Bob);
        await using var ann = await ListenAsync(Ann);
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.NoteAsync(Ann, ticket);
        await Desk.ReplyAsync(Ann, ticket);
        var shown = (await Desk.SeeAsync(Alice, ticket)).Version;
        await Desk.NoteAsync(Ann, ticket);
        await Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket, DueAt = Desk.Clock.GetUtcNow().AddDays(3) });
        await SetPresenceAsync(Desk, Ann, ticket, PresenceMode.Replying);

        await UntilAsync(() => ann.Of(ticket).Contains(TicketEventKinds.TicketChanged) && ann.At(ticket).Length > 0, Desk);
        await PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal([TicketEventKinds.TicketOpened, TicketEventKinds.MessageAdded, TicketEventKinds.TicketAssigned], alice.Of(ticket));
        Assert.Equal(shown, alice.Events[^1].Version);
        Assert.Equal(3, alice.Events.Count);
        Assert.Empty(alice.Presence);
        Assert.Empty(bob.Events);
        Assert.Equal(2, ann.Of(ticket).Count(kind => kind == TicketEventKinds.NoteAdded));
    }

    [Fact]
    public async Task What_is_read_again_tells_a_requester_no_more()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        var opened = (await Desk.EventsAsync(ticket))[0].Id;
        await Desk.NoteAsync(Ann, ticket);
        await Desk.OpenAsync(Bob);
        await Desk.ReplyAsync(Ann, ticket);

        await using var alice = await ListenAsync(Alice, opened);
        await UntilAsync(() => alice.Events.Count >= 1, Desk);
        await PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal([TicketEventKinds.MessageAdded, TicketEventKinds.TicketAssigned], alice.Events.Select(e => e.Kind));
    }

    [Fact]
    public async Task Agents_are_told_of_their_own_tickets_what_requesters_are_told()
    {
        await using var ann = await ListenAsync(Ann);
        await using var ben = await ListenAsync(Ben);
        var ticket = (await Desk.OpenAsync(Ann)).Id;
        var opened = (await Desk.EventsAsync(ticket))[0].Id;
        await Desk.NoteAsync(Ben, ticket);
        await SetPresenceAsync(Desk, Ben, ticket, PresenceMode.Viewing);
        await Desk.ReplyAsync(Ben, ticket);
        await using var again = await ListenAsync(Ann, opened);

        await UntilAsync(() => ben.Of(ticket).Count >= 3 && ben.At(ticket).Length > 0 && again.Of(ticket).Count >= 2, Desk);
        await PassAsync(TimeSpan.FromSeconds(5));

        Assert.Equal([TicketEventKinds.TicketOpened, TicketEventKinds.MessageAdded, TicketEventKinds.TicketAssigned], ann.Of(ticket));
        Assert.Equal([TicketEventKinds.MessageAdded, TicketEventKinds.TicketAssigned], again.Of(ticket));
        Assert.Empty(ann.Presence.Concat(again.Presence).Where(presence => presence.TicketId == ticket));
        Assert.Equal([TicketEventKinds.TicketOpened, TicketEventKinds.NoteAdded, TicketEventKinds.MessageAdded, TicketEventKinds.TicketAssigned], ben.Of(ticket));
    }

    [Fact]
    public async Task A_hosts_own_access_decides()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(helpDesk => helpDesk.UseTicketAccess<Departments>()));
        await using var ann = await ListenAsync(desk, Ann);
        await using var alice = await ListenAsync(desk, Alice);
        var scanner = (await desk.OpenAsync(Alice, category: "Scanners")).Id;
        var paper = (await desk.OpenAsync(Alice, category: "Paper")).Id;
        var printer = (await desk.OpenAsync(Alice, category: "Printers")).Id;
        foreach (var ticket in new[] { scanner, paper, printer })
            await desk.NoteAsync(Root, ticket);
        foreach (var ticket in new[] { scanner, paper, printer })
            await SetPresenceAsync(desk, Root, ticket, PresenceMode.Viewing);

        await UntilAsync(() => ann.Of(printer).Count >= 2 && alice.Events.Count >= 3 && ann.At(printer).Length > 0, desk);
        await PassAsync(TimeSpan.FromSeconds(1), desk);

        Assert.Empty(ann.Of(scanner));
        Assert.Equal([TicketEventKinds.TicketOpened], ann.Of(paper));
        Assert.Equal([TicketEventKinds.TicketOpened, TicketEventKinds.NoteAdded], ann.Of(printer));
        Assert.Equal([printer], ann.Presence.Where(presence => presence.Agents.Any(agent => agent.Id == "root")).Select(presence => presence.TicketId).Where(id => id == scanner || id == paper || id == printer));
        Assert.Equal([scanner, paper, printer], alice.Events.Select(e => e.TicketId));

        var first = (await desk.EventsAsync(scanner))[0].Id;
        await using var again = await ListenAsync(desk, Ann, first);
        await UntilAsync(() => again.Of(printer).Count >= 2, desk);
        Assert.Empty(again.Of(scanner));
        Assert.Equal([TicketEventKinds.TicketOpened], again.Of(paper));
    }

    [Fact]
    public async Task A_hosts_filter_of_tickets_decides_for_the_listener_whose_it_is()
    {
        await using var desk = await Fixture.StartAsync<FilteredContext>(new DeskSetup { HasHandlers = false });
        FilteredContext.Hidden.Value = "alice";
        await using var narrow = await ListenAsync(desk, Ann);
        FilteredContext.Hidden.Value = null;
        await using var wide = await ListenAsync(desk, Ann);
        var (hidden, shown) = ((await desk.OpenAsync(Alice)).Id, (await desk.OpenAsync(Bob)).Id);
        await SetPresenceAsync(desk, Ben, hidden, PresenceMode.Viewing);
        await SetPresenceAsync(desk, Ben, shown, PresenceMode.Viewing);

        await UntilAsync(() => narrow.Of(shown).Count >= 1 && wide.Events.Count >= 2 && narrow.At(shown).Length > 0 && wide.At(hidden).Length > 0, desk);

        Assert.Empty(narrow.Of(hidden));
        Assert.Equal("", narrow.At(hidden));
        Assert.Equal([hidden, shown], wide.Events.Select(e => e.TicketId));
    }

    /// <summary>Agents see printers, and paper as requesters do; administrators and requesters all.</summary>
    private sealed class Departments : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) =>
            actor.Roles == HelpDeskRoles.Support ? tickets.Where(ticket => ticket.Category == "Printers" || ticket.Category == "Paper") : tickets;

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) =>
            actor.IsAdministrator || action is TicketAction.Read or TicketAction.Reply || (actor.IsAgent && ticket.Category == "Printers");
    }
}
