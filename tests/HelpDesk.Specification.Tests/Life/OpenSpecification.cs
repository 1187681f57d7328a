using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Life;

public abstract class OpenSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Fact]
    public async Task A_new_ticket_is_open_and_has_its_first_message()
    {
        var answer = await Desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = Alice, Subject = "  It\r\nburns ", Body = " Help!\n", Priority = TicketPriority.Urgent, Category = " Printers " }, Token));

        var conversation = Assert.IsType<RequesterConversation>(answer);
        var ticket = conversation.Ticket;
        Assert.Equal(("It burns", TicketStatus.Open, TicketPriority.Urgent, "Printers"), (ticket.Subject, ticket.Status, ticket.Priority, ticket.Category));
        Assert.Equal((TicketChannel.Web, new Person("alice", "Alice")), (ticket.Channel, ticket.Requester));
        Assert.Matches("^TKT-2026-[0-9]{6}$", ticket.Number);
        Assert.Equal((Desk.Clock.GetUtcNow(), Desk.Clock.GetUtcNow()), (ticket.CreatedAt, ticket.UpdatedAt));
        Assert.Equal(("Help!", new Author("alice", "Alice", TicketRole.Requester)), (conversation.Messages[0].Body, conversation.Messages[0].Author));
        Assert.Equivalent(answer, await Desk.ConversationAsync(Alice, ticket.Id), strict: true);
    }

    [Fact]
    public async Task A_ticket_is_found_by_its_number_too()
    {
        var ticket = await Desk.OpenAsync(Alice);

        Assert.Equal(ticket.Id, (await Desk.SeeAsync(Alice, ticket.Number)).Id);
        Assert.Null(await Desk.ConversationAsync(Alice, "TKT-1999-000001"));
        Assert.Null(await Desk.ConversationAsync(Alice, default(TicketKey)));
        Assert.Null(await Desk.ConversationAsync(Alice, "\0"));
    }

    [Fact]
    public async Task An_agent_opens_on_behalf_of_a_user()
    {
        var answer = Assert.IsType<AgentConversation>(await OnBehalfAsync(Ann, id: "alice"));

        Assert.Equal(("alice", "alice@example.org"), (answer.Ticket.Requester.Id, answer.Ticket.RequesterEmail));
        Assert.Null(answer.Ticket.Assignee);
        Assert.Null(answer.Ticket.FirstRespondedAt);
        Assert.Equal(new Author("ann", "Ann", TicketRole.Agent), answer.Messages[0].Author);
        Assert.Equal(TicketStatus.Open, (await Desk.SeeAsync(Alice, answer.Ticket.Id)).Status);
        Assert.Equal(Desk.Clock.GetUtcNow(), (await Desk.StoredAsync(answer.Ticket.Id)).AwaitingReplySince);
    }

    [Fact]
    public async Task A_known_address_is_its_user_and_an_unknown_one_somebody_known_by_mail_only()
    {
        var known = Assert.IsType<AgentConversation>(await OnBehalfAsync(Ann, email: " Alice@Example.org "));
        var unknown = Assert.IsType<AgentConversation>(await OnBehalfAsync(Ann, email: "Stranger@Example.com"));

        Assert.Equal("alice", known.Ticket.Requester.Id);
        Assert.Equal((null, "stranger", "stranger@example.com"), (unknown.Ticket.Requester.Id, unknown.Ticket.Requester.Name, unknown.Ticket.RequesterEmail));
        Assert.Equivalent(unknown, await Desk.ConversationAsync(Ann, unknown.Ticket.Id), strict: true);
    }

    [Theory]
    [InlineData("nobody", null, "requesterId")]
    [InlineData("with\0nul", null, "requesterId")]
    [InlineData("alice", "alice@example.org", "requesterId")]
    [InlineData(null, "no address", "requesterEmail")]
    [InlineData(null, "", "requesterEmail")]
    public async Task Nobody_in_particular_is_no_requester(string? id, string? email, string field)
    {
        var refused = await Assert.ThrowsAsync<ValidationException>(() => OnBehalfAsync(Ann, id, email));

        Assert.Equal([field], refused.Errors.Keys);
    }

    [Fact]
    public async Task A_requester_cannot_open_on_behalf_of_another()
    {
        var answer = await OnBehalfAsync(Bob, id: "alice");

        Assert.Equal("bob", answer.Ticket().Requester.Id);
    }

    [Fact]
    public async Task An_agent_who_opens_on_their_own_behalf_is_the_requester()
    {
        var answer = Assert.IsType<RequesterConversation>(await OnBehalfAsync(Ann, id: "ann"));

        Assert.Equal(TicketRole.Requester, answer.Messages[0].Author.Kind);
    }

    [Fact]
    public async Task A_job_opens_on_behalf_of_somebody_only()
    {
        await Assert.ThrowsAsync<ValidationException>(() => OnBehalfAsync(Actors.Sweeper));
        var answer = Assert.IsType<AgentConversation>(await OnBehalfAsync(Actors.Sweeper, id: "alice"));

        Assert.Equal(new Author("sweeper", "sweeper", TicketRole.System), answer.Messages[0].Author);
        Assert.Equal(TicketChannel.Api, answer.Ticket.Channel);
        Assert.Equivalent(answer, await Desk.ConversationAsync(Actors.Sweeper, answer.Ticket.Id), strict: true);
    }

    [Fact]
    public async Task A_user_whom_the_directory_does_not_know_yet_can_open_a_ticket()
    {
        var ticket = await Desk.OpenAsync(Actor.User("newcomer"));

        Assert.Equal(("newcomer", "Unknown user"), (ticket.Requester.Id, ticket.Requester.Name));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_nothing_is_stored()
    {
        var before = await CountAsync();
        var refused = await Assert.ThrowsAsync<ValidationException>(() => Desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket
            {
                Actor = Alice,
                Subject = new string('s', 256),
                Body = " ",
                Priority = (TicketPriority)15,
                Category = new string('c', 101),
                IdempotencyKey = "with space",
            },
            Token)));

        Assert.Equal(["body", "category", "idempotencyKey", "priority", "subject"], refused.Errors.Keys.Order());
        Assert.Equal(before, await CountAsync());
    }

    [Fact]
    public async Task Where_categories_are_configured_no_other_is_taken()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { Options = options => options.Categories.Add("Printers") });

        var ticket = await desk.OpenAsync(Alice, category: "printers");
        var refused = await Assert.ThrowsAsync<ValidationException>(() => desk.OpenAsync(Alice, category: "Scanners"));

        Assert.Equal("Printers", ticket.Category);
        Assert.Contains("Printers", refused.Errors["category"][0], StringComparison.Ordinal);
    }

    private Task<TicketConversation> OnBehalfAsync(Actor actor, string? id = null, string? email = null) => Desk.AskAsync(tickets => tickets.OpenAsync(
        new OpenTicket { Actor = actor, Subject = "By telephone", Body = "Called at nine.", RequesterId = id, RequesterEmail = email }, Token));

    private Task<int> CountAsync() => Desk.ReadAsync(context => Task.FromResult(context.Set<Ticket>().Count()));
}
