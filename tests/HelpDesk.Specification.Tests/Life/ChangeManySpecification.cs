using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Life;

/// <summary>Several tickets changed alike: each by itself, and what fails keeps none of the others from it.</summary>
public abstract class ChangeManySpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Fact]
    public async Task Each_ticket_is_changed_or_says_why_not_in_the_order_of_the_command()
    {
        var (first, second) = (await Desk.OpenAsync(Alice), await Desk.OpenAsync(Bob));
        var closed = await TicketThatIs(TicketStatus.Closed);
        var own = await Desk.OpenAsync(Ann);
        var stale = await Desk.OpenAsync(Alice);
        await Desk.ReplyAsync(Alice, stale.Id, "More.");

        var outcomes = await ChangeAsync(new ChangeTickets
        {
            Actor = Ann,
            Tickets = [One(first.Id), One("TKT-2026-999999"), One(closed.Id), One(own.Id), One(stale.Id, stale.Version), One(second.Number, (await Desk.SeeAsync(Ann, second.Id)).Version)],
            Status = TicketStatus.Resolved,
            AssigneeId = "ben",
        });

        Assert.Equal(
            [null, typeof(NotFoundException), typeof(TransitionNotAllowedException), typeof(ForbiddenException), typeof(VersionMismatchException), null],
            outcomes.Select(outcome => outcome.Error?.GetType()));
        Assert.Equal([first.Id.ToString(), "TKT-2026-999999", closed.Id.ToString(), own.Id.ToString(), stale.Id.ToString(), second.Number], outcomes.Select(outcome => outcome.Ticket.ToString()));
        Assert.Equal((TicketStatus.Resolved, "ben"), await StateAsync(first.Id));
        Assert.Equal((TicketStatus.Resolved, "ben"), await StateAsync(second.Id));
        Assert.Equal((TicketStatus.Closed, null), await StateAsync(closed.Id));
        Assert.Equal((TicketStatus.Open, null), await StateAsync(stale.Id));
        Assert.Equal((await Desk.SeeAsync(Ann, stale.Id)).Version, Assert.IsType<VersionMismatchException>(outcomes[4].Error).Current);
    }

    [Fact]
    public async Task What_is_absent_stays_and_null_empties()
    {
        var ticket = await Desk.OpenAsync(Alice, category: "Printers");
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, AssigneeId = "ben", Priority = TicketPriority.High });

        await ChangeAsync(new ChangeTickets { Actor = Mia, Tickets = [One(ticket.Id)], Category = new Optional<string?>(null), AssigneeId = new Optional<string?>(null) });

        var changed = await Desk.SeeAsync(Ann, ticket.Id);
        Assert.Equal((null, null, TicketPriority.High, TicketStatus.Open), (changed.Category, changed.Assignee, changed.Priority, changed.Status));
    }

    [Fact]
    public async Task A_change_that_is_wrong_changes_none()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var before = await Desk.SeeAsync(Ann, ticket.Id);

        Assert.Equal(["assigneeId"], await RefusedAsync(new ChangeTickets { Actor = Ann, Tickets = [One(ticket.Id)], Priority = TicketPriority.High, AssigneeId = "mia" }));
        Assert.Equal(["category"], await RefusedAsync(new ChangeTickets { Actor = Ann, Tickets = [One(ticket.Id)], Priority = TicketPriority.High, Category = new string('c', 101) }));
        Assert.Equal(["priority"], await RefusedAsync(new ChangeTickets { Actor = Ann, Tickets = [One(ticket.Id)], Category = "Printers", Priority = (TicketPriority)9 }));
        Assert.Equal(["status"], await RefusedAsync(new ChangeTickets { Actor = Ann, Tickets = [One(ticket.Id)], Category = "Printers", Status = (TicketStatus)9 }));
        Assert.Equal(["change", "tickets"], await RefusedAsync(new ChangeTickets { Actor = Ann, Tickets = [] }));
        Assert.Equal(["tickets"], await RefusedAsync(new ChangeTickets { Actor = Ann, Tickets = [.. Enumerable.Repeat(One(ticket.Id), 101)], Priority = TicketPriority.High }));

        Assert.Equal(before, await Desk.SeeAsync(Ann, ticket.Id));
    }

    [Fact]
    public async Task It_is_for_agents_and_jobs()
    {
        var ticket = await Desk.OpenAsync(Alice);

        await Assert.ThrowsAsync<ForbiddenException>(() => ChangeAsync(new ChangeTickets { Actor = Alice, Tickets = [One(ticket.Id)], Priority = TicketPriority.High }));
        var outcome = Assert.Single(await ChangeAsync(new ChangeTickets { Actor = Actors.Sweeper, Tickets = [One(ticket.Id)], Priority = TicketPriority.High }));

        Assert.Null(outcome.Error);
        Assert.Equal(TicketPriority.High, (await Desk.SeeAsync(Ann, ticket.Id)).Priority);
    }

    [Fact]
    public async Task Two_who_change_the_same_tickets_at_once_are_both_through()
    {
        var tickets = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 20))
            tickets.Add((await Desk.OpenAsync(Alice)).Id);

        var outcomes = await Task.WhenAll(
            Task.Run(() => ChangeAsync(new ChangeTickets { Actor = Ann, Tickets = [.. tickets.Select(id => One(id))], Priority = TicketPriority.Urgent })),
            Task.Run(() => ChangeAsync(new ChangeTickets { Actor = Ben, Tickets = [.. tickets.Select(id => One(id)).Reverse()], Category = "Printers" })));

        Assert.All(outcomes.SelectMany(all => all), outcome => Assert.Null(outcome.Error));
        foreach (var id in tickets)
        {
            var ticket = await Desk.SeeAsync(Ann, id);
            Assert.Equal((TicketPriority.Urgent, "Printers"), (ticket.Priority, ticket.Category));
        }
    }

    private static TicketSelection One(TicketKey ticket, Guid? version = null) => new() { Ticket = ticket, IfVersion = version };

    private Task<IReadOnlyList<TicketOutcome>> ChangeAsync(ChangeTickets command) => Desk.AskAsync(tickets => tickets.ChangeManyAsync(command, Token));

    private async Task<IEnumerable<string>> RefusedAsync(ChangeTickets command) => (await Assert.ThrowsAsync<ValidationException>(() => ChangeAsync(command))).Errors.Keys.Order();

    private async Task<(TicketStatus Status, string? Assignee)> StateAsync(Guid ticket)
    {
        var stored = await Desk.StoredAsync(ticket);
        return (stored.Status, stored.AssigneeId);
    }
}
