using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Life;

/// <summary>Changes of fields: what is absent stays, null empties, what is equal changes nothing.</summary>
public abstract class ChangeSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Fact]
    public async Task All_fields_change_in_one_commit_and_the_rest_stays()
    {
        var ticket = await Desk.OpenAsync(Alice, category: "Printers");
        Desk.Clock.Advance(TimeSpan.FromHours(1));
        var due = new DateTimeOffset(2026, 3, 5, 12, 0, 0, TimeSpan.FromHours(2));

        var changed = Assert.IsType<AgentTicket>(await Desk.ChangeAsync(new ChangeTicket
        {
            Actor = Mia,
            Ticket = ticket.Id,
            Subject = "It smokes",
            Priority = TicketPriority.High,
            Status = TicketStatus.Pending,
            AssigneeId = "ben",
            DueAt = due,
        }));

        Assert.Equal(("It smokes", TicketPriority.High, TicketStatus.Pending), (changed.Subject, changed.Priority, changed.Status));
        Assert.Equal((new Person("ben", "Ben"), "Printers", due), (changed.Assignee, changed.Category, changed.DueAt));
        Assert.Equal(Desk.Clock.GetUtcNow(), changed.UpdatedAt);
        Assert.Equal(changed, await Desk.SeeAsync(Ann, ticket.Id));
    }

    [Fact]
    public async Task Null_empties_category_and_assignee()
    {
        var ticket = await Desk.OpenAsync(Alice, category: "Printers");
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, AssigneeId = "ben" });

        var changed = await Desk.ChangeAsync(new ChangeTicket
        {
            Actor = Mia,
            Ticket = ticket.Id,
            Category = new Optional<string?>(null),
            AssigneeId = new Optional<string?>(null),
        });

        Assert.Null(changed.Category);
        Assert.Null(changed.Assignee);
    }

    [Fact]
    public async Task What_is_equal_changes_nothing_at_all()
    {
        var ticket = await Desk.OpenAsync(Alice, "The printer burns", category: "Printers");
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, AssigneeId = "ben" });
        var before = await Desk.SeeAsync(Mia, ticket.Id);
        var lines = await Desk.HistoryAsync(ticket.Id);
        Desk.Clock.Advance(TimeSpan.FromHours(1));

        var nothing = await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id });
        var equal = await Desk.ChangeAsync(new ChangeTicket
        {
            Actor = Mia,
            Ticket = ticket.Id,
            Subject = " The printer burns ",
            Priority = TicketPriority.Normal,
            Category = "Printers",
            AssigneeId = "ben",
            DueAt = new Optional<DateTimeOffset?>(null),
        });

        Assert.Equal((before, before), (nothing, equal));
        Assert.Equal(before, await Desk.SeeAsync(Mia, ticket.Id));
        Assert.Equal(lines.Count, (await Desk.HistoryAsync(ticket.Id)).Count);
    }

    [Fact]
    public async Task A_change_of_letter_case_alone_is_a_change()
    {
        var ticket = await Desk.OpenAsync(Alice, "the printer");

        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Subject = "The Printer" });

        Assert.Equal("The Printer", (await Desk.SeeAsync(Alice, ticket.Id)).Subject);
    }

    [Fact]
    public async Task A_status_is_set_by_the_move_that_leads_there()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var path = new[] { TicketStatus.Pending, TicketStatus.Open, TicketStatus.Resolved, TicketStatus.Open, TicketStatus.Closed, TicketStatus.Open };

        foreach (var status in path)
            Assert.Equal(status, (await Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket.Id, Status = status })).Status);

        Assert.Equal(
            ["changed", "changed", "resolved", "reopened", "closed", "reopened"],
            (await Desk.HistoryAsync(ticket.Id)).Select(entry => entry.Action).Where(action => action is not ("opened" or "assigned")));
    }

    [Theory]
    [InlineData(TicketStatus.Resolved, TicketStatus.Pending)]
    [InlineData(TicketStatus.Closed, TicketStatus.Pending)]
    [InlineData(TicketStatus.Closed, TicketStatus.Resolved)]
    [InlineData(TicketStatus.Open, TicketStatus.Open)]
    public async Task A_status_without_a_move_is_refused_with_all_that_came_with_it(TicketStatus from, TicketStatus to)
    {
        var ticket = await TicketThatIs(from);

        await Assert.ThrowsAsync<TransitionNotAllowedException>(
            () => Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Subject = "Other", Status = to }));

        Assert.Equal("The printer burns", (await Desk.SeeAsync(Mia, ticket.Id)).Subject);
    }

    [Theory]
    [InlineData("alice")]
    [InlineData("mia")]
    [InlineData("root")]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("an\0n")]
    public async Task Only_agents_of_support_can_be_made_responsible(string assignee)
    {
        var ticket = await Desk.OpenAsync(Alice);

        var refused = await Assert.ThrowsAsync<ValidationException>(
            () => Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, AssigneeId = assignee }));

        Assert.Equal(["assigneeId"], refused.Errors.Keys);
    }

    [Fact]
    public async Task A_due_time_set_by_hand_goes_back_by_null_and_is_hidden_from_the_requester()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var seen = await Desk.SeeAsync(Alice, ticket.Id);
        Desk.Clock.Advance(TimeSpan.FromHours(1));
        var due = Desk.Clock.GetUtcNow().AddDays(1).AddTicks(7);

        var set = Assert.IsType<AgentTicket>(await Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket.Id, DueAt = due }));
        var stored = await Desk.StoredAsync(ticket.Id);
        var back = Assert.IsType<AgentTicket>(
            await Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket.Id, DueAt = new Optional<DateTimeOffset?>(null) }));

        Assert.Equal(due.AddTicks(-7), set.DueAt);
        Assert.Equal((set.DueAt, set.DueAt), (stored.DueAt, stored.DueSort));
        Assert.Equal(ticket.CreatedAt.AddHours(24), back.DueAt);
        Assert.Equal(back.DueAt, (await Desk.StoredAsync(ticket.Id)).DueSort);
        Assert.Equal(seen, await Desk.SeeAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task A_due_time_before_the_opening_or_at_the_end_of_time_is_refused()
    {
        var ticket = await Desk.OpenAsync(Alice);

        foreach (var due in new[] { ticket.CreatedAt.AddSeconds(-1), DateTimeOffset.MaxValue, DateTimeOffset.MinValue })
        {
            await Assert.ThrowsAsync<ValidationException>(
                () => Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket.Id, DueAt = due }));
        }
    }
}
