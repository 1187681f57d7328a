using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Life;

/// <summary>"Life of a ticket": resolve, close, reopen and set, by requester and agent, within the window and after.</summary>
public abstract class MoveSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Theory]
    [InlineData(TicketStatus.Open)]
    [InlineData(TicketStatus.Pending)]
    public async Task Requester_and_agent_resolve_what_is_open_or_pending(TicketStatus from)
    {
        foreach (var actor in new[] { Alice, Ann, Mia })
        {
            var ticket = await TicketThatIs(from);
            Desk.Clock.Advance(TimeSpan.FromHours(1));

            var resolved = await Desk.ResolveAsync(actor, ticket.Id);

            Assert.Equal(TicketStatus.Resolved, resolved.Status);
            Assert.Equal(Desk.Clock.GetUtcNow(), resolved.ResolvedAt);
            Assert.Null(resolved.ClosedAt);
            Assert.Equal(resolved, await Desk.SeeAsync(actor, ticket.Id));
        }
    }

    [Theory]
    [InlineData(TicketStatus.Open)]
    [InlineData(TicketStatus.Pending)]
    [InlineData(TicketStatus.Resolved)]
    public async Task Requester_and_agent_close_whatever_is_not_closed(TicketStatus from)
    {
        foreach (var actor in new[] { Alice, Ann })
        {
            var ticket = await TicketThatIs(from);
            Desk.Clock.Advance(TimeSpan.FromHours(1));

            var closed = await Desk.CloseAsync(actor, ticket.Id);

            Assert.Equal(TicketStatus.Closed, closed.Status);
            Assert.Equal(Desk.Clock.GetUtcNow(), closed.ClosedAt);
            Assert.Equal(from == TicketStatus.Resolved, closed.ResolvedAt is not null);
            Assert.Equal(closed, await Desk.SeeAsync(actor, ticket.Id));
        }
    }

    [Theory]
    [InlineData(TicketStatus.Resolved)]
    [InlineData(TicketStatus.Closed)]
    public async Task Reopening_clears_when_it_was_resolved_and_closed(TicketStatus from)
    {
        foreach (var actor in new[] { Alice, Ann })
        {
            var ticket = await TicketThatIs(from);

            var reopened = await Desk.ReopenAsync(actor, ticket.Id);

            Assert.Equal(TicketStatus.Open, reopened.Status);
            Assert.Null(reopened.ResolvedAt);
            Assert.Null(reopened.ClosedAt);
            Assert.Equal(reopened, await Desk.SeeAsync(actor, ticket.Id));
        }
    }

    [Theory]
    [InlineData(TicketStatus.Resolved)]
    [InlineData(TicketStatus.Closed)]
    public async Task A_requester_reopens_until_the_window_ends_and_an_agent_always(TicketStatus from)
    {
        var inTime = await TicketThatIs(from);
        var late = await TicketThatIs(from);

        Desk.Clock.Advance(TimeSpan.FromDays(7));
        await Desk.ReopenAsync(Alice, inTime.Id);
        Desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var refused = await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.ReopenAsync(Alice, late.Id));
        Desk.Clock.Advance(TimeSpan.FromDays(365));
        var reopened = await Desk.ReopenAsync(Ann, late.Id);

        Assert.Equal(from, refused.Status);
        Assert.Equal(TicketStatus.Open, reopened.Status);
    }

    [Fact]
    public async Task The_window_of_a_resolved_ticket_counts_from_its_resolution_and_not_from_its_closing()
    {
        var ticket = await TicketThatIs(TicketStatus.Resolved);
        Desk.Clock.Advance(TimeSpan.FromDays(6));
        await Desk.CloseAsync(Ann, ticket.Id);
        Desk.Clock.Advance(TimeSpan.FromDays(2));

        await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.ReopenAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task A_move_to_where_the_ticket_already_is_is_refused_and_says_what_is_possible()
    {
        var open = await TicketThatIs(TicketStatus.Open);
        var resolved = await TicketThatIs(TicketStatus.Resolved);
        var closed = await TicketThatIs(TicketStatus.Closed);

        await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.ReopenAsync(Ann, open.Id));
        var again = await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.ResolveAsync(Ann, resolved.Id));
        await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.CloseAsync(Ann, closed.Id));
        await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.ResolveAsync(Ann, closed.Id));

        Assert.Equal(TicketStatus.Resolved, again.Status);
        Assert.Equal([TicketStatus.Open, TicketStatus.Closed], again.Allowed);
    }

    [Fact]
    public async Task An_assignable_agent_who_resolves_becomes_the_assignee()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var resolved = await Desk.ResolveAsync(Ann, ticket.Id);

        Assert.Equal("ann", resolved.Assignee?.Id);
    }

    [Fact]
    public async Task A_manager_or_requester_who_resolves_leaves_the_assignee()
    {
        foreach (var actor in new[] { Mia, Root, Alice })
        {
            var ticket = await Desk.OpenAsync(Alice);
            await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, AssigneeId = "ben" });

            var resolved = await Desk.ResolveAsync(actor, ticket.Id);

            Assert.Equal("ben", resolved.Assignee?.Id);
        }
    }

    [Fact]
    public async Task A_job_resolves_without_becoming_the_assignee()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var resolved = await Desk.ResolveAsync(Actors.Sweeper, ticket.Id);

        Assert.Equal(TicketStatus.Resolved, resolved.Status);
        Assert.Null(resolved.Assignee);
    }

    [Fact]
    public async Task A_message_goes_with_a_move_in_the_same_commit()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var resolved = await Desk.ResolveAsync(Ann, ticket.Id, "Try another socket.");
        var closed = await Desk.CloseAsync(Alice, ticket.Id, "It works.");
        await Desk.ReopenAsync(Alice, ticket.Id, "It does not.");

        Assert.Equal(["Since this morning.", "Try another socket.", "It works.", "It does not."], await Desk.TextsAsync(Alice, ticket.Id));
        Assert.Equal("Ann", resolved.LastMessage?.Author);
        Assert.Equal("Alice", closed.LastMessage?.Author);
        Assert.Equal(TicketRole.Requester, closed.LastMessage?.Kind);
    }

    [Fact]
    public async Task A_blank_message_is_none()
    {
        var ticket = await Desk.OpenAsync(Alice);

        await Desk.ResolveAsync(Ann, ticket.Id, "  \n ");

        Assert.Single(await Desk.TextsAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task The_host_can_narrow_the_table()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            Options = options =>
            {
                foreach (var row in options.Moves.Where(row => row.Move == TicketMove.Close && row.By == TicketRole.Requester).ToList())
                    options.Moves.Remove(row);
            },
        });
        var ticket = await desk.OpenAsync(Alice);

        var refused = await Assert.ThrowsAsync<TransitionNotAllowedException>(() => desk.CloseAsync(Alice, ticket.Id));
        var closed = await desk.CloseAsync(Ann, ticket.Id);

        Assert.Equal([TicketStatus.Resolved], refused.Allowed);
        Assert.Equal(TicketStatus.Closed, closed.Status);
    }
}
