using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Life;

public abstract class NoteSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Theory]
    [InlineData(TicketStatus.Open)]
    [InlineData(TicketStatus.Pending)]
    [InlineData(TicketStatus.Resolved)]
    [InlineData(TicketStatus.Closed)]
    public async Task A_note_changes_nothing_but_what_agents_see(TicketStatus status)
    {
        var ticket = await TicketThatIs(status);
        var publicBefore = await Desk.SeeAsync(Alice, ticket.Id);
        var before = await Desk.StoredAsync(ticket.Id);
        Desk.Clock.Advance(TimeSpan.FromHours(1));

        await Desk.NoteAsync(Ann, ticket.Id, "He is angry.");

        var after = await Desk.StoredAsync(ticket.Id);
        Assert.Equal(publicBefore, await Desk.SeeAsync(Alice, ticket.Id));
        Assert.Equal(["Since this morning."], await Desk.TextsAsync(Alice, ticket.Id));
        Assert.Equal(["Since this morning.", "He is angry."], await Desk.TextsAsync(Ben, ticket.Id));
        Assert.Equal(Desk.Clock.GetUtcNow(), after.UpdatedAt);
        Assert.NotEqual(before.Version, after.Version);
        Assert.Equal(
            (before.Status, before.AssigneeId, before.FirstRespondedAt, before.AwaitingReplySince, before.ResolvedAt, before.ClosedAt),
            (after.Status, after.AssigneeId, after.FirstRespondedAt, after.AwaitingReplySince, after.ResolvedAt, after.ClosedAt));
        Assert.Equal((before.PublicVersion, before.PublicUpdatedAt, before.LastPublicMessageId), (after.PublicVersion, after.PublicUpdatedAt, after.LastPublicMessageId));
    }

    [Fact]
    public async Task Agents_see_the_note_as_the_last_message_and_the_requester_does_not()
    {
        var ticket = await Desk.OpenAsync(Alice);
        Desk.Clock.Advance(TimeSpan.FromHours(1));

        await Desk.NoteAsync(Ann, ticket.Id);

        Assert.Equal("Ann", (await Desk.SeeAsync(Ben, ticket.Id)).LastMessage?.Author);
        Assert.Equal("Alice", (await Desk.SeeAsync(Alice, ticket.Id)).LastMessage?.Author);
    }

    [Fact]
    public async Task What_a_requester_marks_as_private_is_public()
    {
        var ticket = await Desk.OpenAsync(Alice);

        var receipt = await Desk.NoteAsync(Alice, ticket.Id, "Secret?");

        Assert.IsType<PublicMessage>(receipt.Message);
        Assert.Contains("Secret?", await Desk.TextsAsync(Alice, ticket.Id));
    }

    [Fact]
    public async Task An_agent_on_an_own_ticket_acts_as_a_requester_and_sees_no_notes()
    {
        var ticket = await Desk.OpenAsync(Ann);
        await Desk.NoteAsync(Ben, ticket.Id, "Ann again.");
        await Desk.ReplyAsync(Ben, ticket.Id, "We look into it.");

        var receipt = await Desk.NoteAsync(Ann, ticket.Id, "Thanks.");

        var seen = Assert.IsType<RequesterConversation>(await Desk.ConversationAsync(Ann, ticket.Id));
        Assert.Equal(["Since this morning.", "We look into it.", "Thanks."], seen.Texts());
        Assert.Equal((TicketStatus.Open, "ben"), (receipt.TicketStatus, seen.Ticket.Assignee?.Id));
        Assert.Equal(TicketRole.Requester, seen.Messages[2].Author.Kind);
        await Assert.ThrowsAsync<ForbiddenException>(() => Desk.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = ticket.Id, Priority = TicketPriority.Urgent }));
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            Desk.AskAsync(tickets => tickets.GetHistoryAsync(new GetHistory { Actor = Ann, Ticket = ticket.Id }, Token)));
    }

    /// <summary>Those that EF Core makes for SQLite and SQL Server count: from two messages of a quiet day a requester could tell that a note lies between.</summary>
    [Fact]
    public async Task Keys_of_messages_do_not_count()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await Desk.ReplyAsync(Ann, ticket.Id);

        Assert.All((await Desk.ConversationAsync(Alice, ticket.Id))!.Messages(), message => Assert.Equal(7, message.Id.Version));
    }

    [Fact]
    public async Task Pages_of_messages_go_back_to_the_first_and_never_show_a_requester_a_note()
    {
        var ticket = await Desk.OpenAsync(Alice, body: "1");
        for (var i = 2; i <= 205; i++)
        {
            await Desk.ReplyAsync(Alice, ticket.Id, $"{i}");
            if (i % 50 == 0)
                await Desk.NoteAsync(Ann, ticket.Id, $"note {i}");
        }

        var newest = Assert.IsType<RequesterConversation>(await Desk.ConversationAsync(Alice, ticket.Id));
        var older = Assert.IsType<RequesterMessagePage>(
            await Desk.AskAsync(tickets => tickets.GetMessagesAsync(new GetMessages { Actor = Alice, Ticket = ticket.Id, Cursor = newest.OlderMessages }, Token)));
        var agents = Assert.IsType<AgentConversation>(await Desk.ConversationAsync(Ann, ticket.Id));
        var agentsOlder = Assert.IsType<AgentMessagePage>(
            await Desk.AskAsync(tickets => tickets.GetMessagesAsync(new GetMessages { Actor = Ann, Ticket = ticket.Id, Cursor = agents.OlderMessages }, Token)));

        Assert.Equal(Enumerable.Range(1, 205).Select(i => $"{i}"), older.Messages.Concat(newest.Messages).Select(message => message.Body));
        Assert.Null(older.NextCursor);
        Assert.Equal(209, agentsOlder.Messages.Concat(agents.Messages).Select(message => message.Id).Distinct().Count());
        await Assert.ThrowsAsync<InvalidCursorException>(() =>
            Desk.AskAsync(tickets => tickets.GetMessagesAsync(new GetMessages { Actor = Alice, Ticket = ticket.Id, Cursor = agents.OlderMessages }, Token)));
    }
}
