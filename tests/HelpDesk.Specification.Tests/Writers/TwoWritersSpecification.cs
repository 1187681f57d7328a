using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Writers;

public abstract class TwoWritersSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Fact]
    public async Task Twenty_replies_at_once_are_twenty_messages()
    {
        var ticket = await Desk.OpenAsync(Alice);

        await AtOnce.RunAsync(20, number => Desk.ReplyAsync(number % 2 == 0 ? Alice : Ann, ticket.Id, $"{number}"));

        var texts = await Desk.TextsAsync(Alice, ticket.Id);
        Assert.Equal(21, texts.Count);
        Assert.Equal(21, texts.Distinct().Count());
        Assert.Equal(20, (await Desk.HistoryAsync(ticket.Id)).Count(entry => entry.Action == "replied"));
        var participants = await Desk.ReadAsync(context => Task.FromResult(context.Set<Participant>().Count(p => p.TicketId == ticket.Id)));
        Assert.Equal(2, participants);
    }

    [Fact]
    public async Task Changes_of_different_fields_at_once_are_all_made()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var commands = new ChangeTicket[]
        {
            new() { Actor = Mia, Ticket = ticket.Id, Subject = "Other" },
            new() { Actor = Mia, Ticket = ticket.Id, Priority = TicketPriority.Urgent },
            new() { Actor = Mia, Ticket = ticket.Id, Category = "Printers" },
            new() { Actor = Mia, Ticket = ticket.Id, AssigneeId = "ben" },
            new() { Actor = Mia, Ticket = ticket.Id, Status = TicketStatus.Pending },
        };

        await AtOnce.RunAsync(commands.Length, number => Desk.ChangeAsync(commands[number]));

        var seen = await Desk.SeeAsync(Ann, ticket.Id);
        Assert.Equal(
            ("Other", TicketPriority.Urgent, "Printers", "ben", TicketStatus.Pending),
            (seen.Subject, seen.Priority, seen.Category, seen.Assignee?.Id, seen.Status));
    }

    [Fact]
    public async Task Of_two_changes_with_one_version_one_succeeds()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var version = (await Desk.SeeAsync(Ann, ticket.Id)).Version;

        var results = await AtOnce.RecordAsync(
            2, number => Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Subject = $"Subject {number}", IfVersion = version }));

        Assert.Single(results, result => result is null);
        var refused = Assert.IsType<VersionMismatchException>(Assert.Single(results, result => result is not null));
        Assert.Equal((await Desk.SeeAsync(Ann, ticket.Id)).Version, refused.Current);
    }

    /// <summary>The first due time by hand inserts a row of its own. That insert met the primary key before the ticket's version was compared: 500 instead of 412.</summary>
    [Fact]
    public async Task Of_two_first_due_times_with_one_version_one_succeeds()
    {
        for (var round = 0; round < 10; round++)
        {
            var ticket = await Desk.OpenAsync(Alice);
            var version = (await Desk.SeeAsync(Ann, ticket.Id)).Version;

            var results = await AtOnce.RecordAsync(
                2,
                number => Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, DueAt = Desk.Clock.GetUtcNow().AddDays(1 + number), IfVersion = version }));

            Assert.Single(results, result => result is null);
            Assert.IsType<VersionMismatchException>(Assert.Single(results, result => result is not null));
        }
    }

    /// <summary>Commands that also write a due time or an idempotency key locked rows in another order than repeated tries did: deadlocks on PostgreSQL.</summary>
    [Fact]
    public async Task Due_times_keys_and_replies_at_once_never_wait_for_each_other_in_a_circle()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var results = await AtOnce.RecordAsync(24, number => (number % 3) switch
        {
            0 => Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, DueAt = Desk.Clock.GetUtcNow().AddDays(1 + number) }),
            1 => Desk.AskAsync(tickets => tickets.ReplyAsync(
                new ReplyToTicket { Actor = Alice, Ticket = ticket.Id, Body = "The same", IdempotencyKey = $"key-{number % 2}" }, Token)),
            _ => (Task)Desk.ReplyAsync(Ann, ticket.Id, $"{number}"),
        });

        Assert.All(results, Assert.Null);
        Assert.Equal(1 + 2 + 8, (await Desk.TextsAsync(Alice, ticket.Id)).Count);
    }

    /// <summary>The time was taken before the wait for another writer: what came later in the history was earlier on the clock.</summary>
    [Fact]
    public async Task A_clock_that_is_behind_never_makes_history_run_backwards()
    {
        Desk.Clock.Advance(TimeSpan.FromHours(1));
        var ticket = await Desk.OpenAsync(Alice);
        await using var behind = await Fixture.StartAsync();

        await behind.ReplyAsync(Ann, ticket.Id);

        Assert.True(behind.Clock.GetUtcNow() < ticket.UpdatedAt);
        Assert.All(await Desk.HistoryAsync(ticket.Id), entry => Assert.Equal(ticket.CreatedAt, entry.At));
        Assert.Equal(ticket.UpdatedAt, (await Desk.SeeAsync(Alice, ticket.Id)).UpdatedAt);
    }

    [Fact]
    public async Task A_requesters_version_survives_a_note_and_an_agents_does_not()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var agents = (await Desk.SeeAsync(Ann, ticket.Id)).Version;
        await Desk.NoteAsync(Ben, ticket.Id);

        await Assert.ThrowsAsync<VersionMismatchException>(
            () => Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket.Id, Subject = "Other", IfVersion = agents }));
        await Assert.ThrowsAsync<VersionMismatchException>(
            () => Desk.AskAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = ticket.Id, Body = "Text", IfVersion = agents }, Token)));
        var receipt = await Desk.AskAsync(tickets => tickets.ReplyAsync(
            new ReplyToTicket { Actor = Alice, Ticket = ticket.Id, Body = "Text", IfVersion = ticket.Version }, Token));
        await Assert.ThrowsAsync<VersionMismatchException>(
            () => Desk.AskAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = Alice, Ticket = ticket.Id, IfVersion = ticket.Version }, Token)));
        await Desk.AskAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = Alice, Ticket = ticket.Id, IfVersion = receipt.TicketVersion }, Token));
    }

    [Fact]
    public async Task A_note_at_the_same_time_does_not_refuse_a_requester_who_names_a_version()
    {
        for (var round = 0; round < 5; round++)
        {
            var ticket = await Desk.OpenAsync(Alice);

            var results = await AtOnce.RecordAsync(4, number => number == 0
                ? Desk.AskAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = Alice, Ticket = ticket.Id, Body = "Text", IfVersion = ticket.Version }, Token))
                : Desk.NoteAsync(Ann, ticket.Id));

            Assert.All(results, Assert.Null);
        }
    }

    [Fact]
    public async Task Two_who_resolve_at_once_resolve_once()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var results = await AtOnce.RecordAsync(6, number => Desk.ResolveAsync(number % 2 == 0 ? Ann : Ben, ticket.Id));

        Assert.Single(results, result => result is null);
        Assert.Equal(5, results.Count(result => result is TransitionNotAllowedException));
        Assert.Single(await Desk.HistoryAsync(ticket.Id), entry => entry.Action == "resolved");
    }

    [Fact]
    public async Task Two_who_set_the_first_due_time_at_once_both_succeed()
    {
        for (var round = 0; round < 5; round++)
        {
            var ticket = await Desk.OpenAsync(Alice);

            var results = await AtOnce.RecordAsync(
                4, number => Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, DueAt = Desk.Clock.GetUtcNow().AddDays(1 + number) }));

            Assert.All(results, Assert.Null);
        }
    }
}
