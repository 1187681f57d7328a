using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Lists;

/// <summary>Filters and words of a list. Each test marks its tickets by a category of its own.</summary>
public abstract class SearchSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private readonly string mark = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task Filters_narrow_and_all_must_hold()
    {
        var low = await OpenAsync(Alice, "Low", priority: TicketPriority.Low);
        var high = await OpenAsync(Alice, "High", priority: TicketPriority.High);
        var bobs = await OpenAsync(Bob, "Bob's", priority: TicketPriority.High);
        await Desk.ReplyAsync(Ann, high);
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = bobs, AssigneeId = "ben", DueAt = Desk.Clock.GetUtcNow().AddHours(1) });

        Assert.Equal(Set(low, high), await FindAsync(Query(Alice)));
        Assert.Equal(Set(low, high, bobs), await FindAsync(Query(Ann)));
        Assert.Equal(Set(high), await FindAsync(Query(Ann) with { Statuses = [TicketStatus.Pending] }));
        Assert.Equal(Set(low, high, bobs), await FindAsync(Query(Ann) with { Statuses = [TicketStatus.Pending, TicketStatus.Open] }));
        Assert.Equal(Set(low), await FindAsync(Query(Ann) with { Priorities = [TicketPriority.Low, TicketPriority.Urgent] }));
        Assert.Equal(Set(high), await FindAsync(Query(Ann) with { Assignee = SearchTickets.AssigneeMe }));
        Assert.Equal(Set(low), await FindAsync(Query(Ann) with { Assignee = SearchTickets.AssigneeNone }));
        Assert.Equal(Set(bobs), await FindAsync(Query(Ann) with { Assignee = "ben" }));
        Assert.Equal(Set(bobs), await FindAsync(Query(Ann) with { Requester = "bob" }));
        Assert.Equal(Set(bobs), await FindAsync(Query(Ann) with { Requester = "BOB@example.org" }));
        Assert.Equal(Set(bobs), await FindAsync(Query(Ann) with { Requester = "bob", Priorities = [TicketPriority.High], Statuses = [TicketStatus.Open] }));
        Assert.Empty(await FindAsync(Query(Ann) with { Requester = "bob", Priorities = [TicketPriority.Low] }));
        Assert.Empty(await FindAsync(Query(Bob) with { Category = "another" }));
    }

    [Fact]
    public async Task Overdue_is_what_is_open_or_pending_past_its_due_time()
    {
        var due = await OpenAsync(Alice, "Due");
        var resolved = await OpenAsync(Alice, "Resolved");
        var never = await OpenAsync(Alice, "Never due");
        foreach (var id in new[] { due, resolved })
            await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = id, DueAt = Desk.Clock.GetUtcNow().AddHours(1) });
        await Desk.ResolveAsync(Mia, resolved);
        Assert.Empty(await FindAsync(Query(Ann) with { Overdue = true }));

        Desk.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal(Set(due), await FindAsync(Query(Ann) with { Overdue = true }));
        Assert.Equal(Set(resolved, never), await FindAsync(Query(Ann) with { Overdue = false }));
    }

    [Fact]
    public async Task Somebody_known_by_mail_only_is_found_by_the_address()
    {
        var opened = await Desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = Ann, Subject = "Mail", Body = "Text", Category = mark, RequesterEmail = "stranger@example.com" }, Token));

        Assert.Equal(Set(opened.Ticket().Id), await FindAsync(Query(Ann) with { Requester = "Stranger@Example.com" }));
    }

    [Theory]
    [InlineData("burning printer", true)]
    [InlineData("PRINTER", true)]
    [InlineData("prin", true)]
    [InlineData("größe ÄÖÜ", true)]
    [InlineData("GRÖßE äöü", true)]
    [InlineData("αθηνα", true)]
    [InlineData("ΑΘΗΝΑ", true)]
    [InlineData("σίσυφος", true)]
    [InlineData("ΣΊΣΥΦΟΣ", true)]
    [InlineData("ПРИНТЕР", true)]
    [InlineData("100%", true)]
    [InlineData("10_%", false)]
    [InlineData("a_b", true)]
    [InlineData("a%b", false)]
    [InlineData("axb", false)]
    [InlineData("it's \"quoted\"", true)]
    [InlineData("c:\\temp", true)]
    [InlineData("c:\\\\temp", false)]
    [InlineData("[a-z]", true)]
    [InlineData("one two three four five", true)]
    [InlineData("one two three four absent", false)]
    [InlineData("burning absent", false)]
    public async Task Words_are_found_whatever_their_case_and_nothing_in_them_is_a_pattern(string text, bool isFound)
    {
        var id = await OpenAsync(
            Alice, "Burning Printer 100% a_b", "Größe äöÜ Αθηνα ΣίσυφοΣ принтер it's \"quoted\" C:\\Temp [a-z] One TWO three Four five");
        await OpenAsync(Alice, "Something else", "entirely");

        var expected = isFound ? Set(id) : [];
        Assert.Equal(expected, await FindAsync(Query(Alice) with { Text = text }));
        Assert.Equal(expected, await FindAsync(Query(Ann) with { Text = text }));
    }

    [Fact]
    public async Task A_ticket_is_found_by_its_number_and_by_words_in_different_messages()
    {
        var ticket = await Desk.OpenAsync(Alice, category: mark);
        await Desk.ReplyAsync(Ann, ticket.Id, "Second message");

        Assert.Equal(Set(ticket.Id), await FindAsync(Query(Alice) with { Text = ticket.Number.ToLowerInvariant() }));
        Assert.Equal(Set(ticket.Id), await FindAsync(Query(Alice) with { Text = "printer morning second" }));
    }

    [Fact]
    public async Task Notes_are_found_by_agents_but_not_by_the_requester_nor_on_an_agents_own_ticket()
    {
        var alices = await OpenAsync(Alice, "Alice's");
        var anns = await OpenAsync(Ann, "Ann's");
        foreach (var id in new[] { alices, anns })
            await Desk.NoteAsync(Ben, id, "Canary");

        var query = new SearchTickets { Actor = Alice, Category = mark, Text = "canary" };
        Assert.Empty(await FindAsync(query));
        Assert.Equal(Set(alices), await FindAsync(query with { Actor = Ann }));
        Assert.Equal(Set(alices, anns), await FindAsync(query with { Actor = Ben }));
        Assert.Equal(Set(alices, anns), await FindAsync(query with { Actor = Actors.Sweeper }));
    }

    [Fact]
    public async Task The_last_message_is_the_one_that_the_reader_may_know_of()
    {
        var alices = await OpenAsync(Alice, "Alice's");
        var anns = await OpenAsync(Ann, "Ann's");
        Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await Desk.NoteAsync(Ben, alices);
        await Desk.NoteAsync(Ben, anns);

        var requester = Assert.Single((await Desk.SearchAsync(Query(Alice))).Tickets);
        var agent = (await Desk.SearchAsync(Query(Ann))).Tickets.ToDictionary(ticket => ticket.Id);

        Assert.Equal(("Alice", TicketRole.Requester, requester.CreatedAt), (requester.LastMessage!.Author, requester.LastMessage.Kind, requester.LastMessage.At));
        Assert.IsType<RequesterTicket>(requester);
        Assert.Equal(("Ben", Desk.Clock.GetUtcNow()), (agent[alices].LastMessage!.Author, agent[alices].LastMessage!.At));
        Assert.IsType<RequesterTicket>(agent[anns]);
        Assert.Equal("Ann", agent[anns].LastMessage!.Author);
        Assert.Equal(agent[alices], await Desk.SeeAsync(Ann, alices));
    }

    [Fact]
    public async Task The_list_of_an_agents_own_tickets_does_not_betray_notes_by_its_order()
    {
        var first = await OpenAsync(Ann, "First");
        Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await OpenAsync(Ann, "Second");
        Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await Desk.NoteAsync(Ben, first);
        var query = Query(Ann) with { Requester = "ann" };

        Assert.Equal([second, first], (await Desk.SearchAsync(query)).Tickets.Select(ticket => ticket.Id));
        await AssertWrongAsync(query with { Sort = TicketSort.DueAt }, "sort");
        await AssertWrongAsync(query with { Overdue = true }, "overdue");
    }

    [Fact]
    public async Task What_is_wrong_with_a_query_is_told_by_field()
    {
        await AssertWrongAsync(Query(Ann) with { Limit = 0 }, "limit");
        await AssertWrongAsync(Query(Ann) with { Limit = 101 }, "limit");
        await AssertWrongAsync(Query(Ann) with { Sort = (TicketSort)9 }, "sort");
        await AssertWrongAsync(Query(Ann) with { Statuses = [(TicketStatus)9] }, "status");
        await AssertWrongAsync(Query(Ann) with { Priorities = [(TicketPriority)9] }, "priority");
        await AssertWrongAsync(Query(Ann) with { Text = "a" }, "q");
        await AssertWrongAsync(Query(Ann) with { Text = new string('a', 201) }, "q");
        await AssertWrongAsync(Query(Ann) with { Text = "one two three four five six" }, "q");
        await AssertWrongAsync(Query(Ann) with { Text = "nul\0" }, "q");
        await AssertWrongAsync(Query(Ann) with { Category = "nul\0" }, "category");
        await AssertWrongAsync(Query(Ann) with { Assignee = "nobody" }, "assignee");
        await AssertWrongAsync(Query(Ann) with { Assignee = "nul\0" }, "assignee");
        await AssertWrongAsync(Query(Alice) with { Assignee = "me" }, "assignee");
        await AssertWrongAsync(Query(Alice) with { Requester = "alice" }, "requester");
        await AssertWrongAsync(Query(Alice) with { Overdue = false }, "overdue");
        await AssertWrongAsync(Query(Alice) with { Sort = TicketSort.DueAt }, "sort");
    }

    private async Task AssertWrongAsync(SearchTickets query, string field) =>
        Assert.Equal([field], (await Assert.ThrowsAsync<ValidationException>(() => Desk.SearchAsync(query))).Errors.Keys);

    private SearchTickets Query(Actor actor) => new() { Actor = actor, Category = mark };

    private async Task<Guid> OpenAsync(Actor actor, string subject, string body = "Text", TicketPriority priority = TicketPriority.Normal) =>
        (await Desk.OpenAsync(actor, subject, body, priority, mark)).Id;

    private async Task<HashSet<Guid>> FindAsync(SearchTickets query) => [.. (await Desk.SearchAsync(query)).Tickets.Select(ticket => ticket.Id)];

    private static HashSet<Guid> Set(params Guid[] ids) => [.. ids];
}
