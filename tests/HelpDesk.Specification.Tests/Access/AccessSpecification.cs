using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Access;

/// <summary>A foreign ticket is a missing one, and what is forbidden is forbidden in every call.</summary>
public abstract class AccessSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private static readonly Dictionary<string, Func<ITicketService, Actor, TicketKey, Task>> Commands = new()
    {
        ["reply"] = (tickets, actor, key) => tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = key, Body = "Text" }, Token),
        ["note"] = (tickets, actor, key) => tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = key, Body = "Text", IsPrivate = true }, Token),
        ["reply with a version"] = (tickets, actor, key) =>
            tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = key, Body = "Text", IfVersion = Guid.NewGuid() }, Token),
        ["reply with a key"] = (tickets, actor, key) =>
            tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = key, Body = "Text", IdempotencyKey = $"{Guid.NewGuid():N}" }, Token),
        ["change"] = (tickets, actor, key) => tickets.ChangeAsync(new ChangeTicket { Actor = actor, Ticket = key, Subject = "Other" }, Token),
        ["change nothing"] = (tickets, actor, key) => tickets.ChangeAsync(new ChangeTicket { Actor = actor, Ticket = key }, Token),
        ["assign"] = (tickets, actor, key) => tickets.ChangeAsync(new ChangeTicket { Actor = actor, Ticket = key, AssigneeId = "ann" }, Token),
        ["assign to nobody known"] = (tickets, actor, key) => tickets.ChangeAsync(new ChangeTicket { Actor = actor, Ticket = key, AssigneeId = "nobody" }, Token),
        ["due"] = (tickets, actor, key) => tickets.ChangeAsync(new ChangeTicket { Actor = actor, Ticket = key, DueAt = DateTimeOffset.UnixEpoch }, Token),
        ["resolve"] = (tickets, actor, key) => tickets.ResolveAsync(new ResolveTicket { Actor = actor, Ticket = key }, Token),
        ["close"] = (tickets, actor, key) => tickets.CloseAsync(new CloseTicket { Actor = actor, Ticket = key, Message = "Text" }, Token),
        ["reopen"] = (tickets, actor, key) => tickets.ReopenAsync(new ReopenTicket { Actor = actor, Ticket = key }, Token),
    };

    private static readonly Dictionary<string, Func<ITicketService, Actor, TicketKey, Task<object?>>> Queries = new()
    {
        ["get"] = async (tickets, actor, key) => await tickets.GetAsync(new GetTicket { Actor = actor, Ticket = key }, Token),
        ["messages"] = async (tickets, actor, key) => await tickets.GetMessagesAsync(new GetMessages { Actor = actor, Ticket = key }, Token),
        ["messages with a cursor"] = async (tickets, actor, key) => await tickets.GetMessagesAsync(new GetMessages { Actor = actor, Ticket = key, Cursor = "x" }, Token),
        ["history"] = async (tickets, actor, key) => await tickets.GetHistoryAsync(new GetHistory { Actor = actor, Ticket = key }, Token),
        ["history with a cursor"] = async (tickets, actor, key) => await tickets.GetHistoryAsync(new GetHistory { Actor = actor, Ticket = key, Cursor = "x" }, Token),
    };

    public static TheoryData<string> CommandNames => [.. Commands.Keys];

    public static TheoryData<string> QueryNames => [.. Queries.Keys];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public async Task A_command_on_a_foreign_ticket_fails_like_one_on_a_missing(string command)
    {
        var ticket = await Desk.OpenAsync(Alice);
        var before = await Desk.StoredAsync(ticket.Id);

        var messages = new HashSet<string>();
        foreach (var key in new TicketKey[] { ticket.Id, ticket.Number, Guid.NewGuid(), "TKT-2026-999999" })
            messages.Add((await Assert.ThrowsAsync<NotFoundException>(() => DoAsync(command, Bob, key))).Message);

        Assert.Single(messages);
        Assert.Equal(before.Version, (await Desk.StoredAsync(ticket.Id)).Version);
    }

    [Theory]
    [MemberData(nameof(QueryNames))]
    public async Task A_query_for_a_foreign_ticket_finds_nothing_like_one_for_a_missing(string query)
    {
        var ticket = await Desk.OpenAsync(Alice);

        foreach (var key in new TicketKey[] { ticket.Id, ticket.Number, Guid.NewGuid(), "TKT-2026-999999" })
            Assert.Null(await Desk.AskAsync(tickets => Queries[query](tickets, Bob, key)));
    }

    [Theory]
    [InlineData("change")]
    [InlineData("change nothing")]
    [InlineData("assign")]
    [InlineData("assign to nobody known")]
    [InlineData("due")]
    public async Task What_is_for_agents_is_forbidden_to_the_requester_even_one_who_is_an_agent(string command)
    {
        foreach (var requester in new[] { Alice, Ann, Mia, Root })
        {
            var ticket = await Desk.OpenAsync(requester);

            await Assert.ThrowsAsync<ForbiddenException>(() => DoAsync(command, requester, ticket.Id));
        }
    }

    [Fact]
    public async Task A_list_shows_a_requester_their_own_tickets_only()
    {
        var requester = Actor.User($"r-{Guid.NewGuid():N}");
        var own = await Desk.OpenAsync(requester);
        await Desk.OpenAsync(Alice);

        Assert.Equal([own.Id], (await Desk.SearchAsync(new SearchTickets { Actor = requester })).Tickets.Select(ticket => ticket.Id));
        Assert.Empty((await Desk.SearchAsync(new SearchTickets { Actor = Actor.User("newcomer-without-tickets") })).Tickets);
    }

    [Fact]
    public async Task What_is_allowed_is_visible()
    {
        var ids = new List<Guid>();
        foreach (var requester in Actors.Users)
            ids.Add((await Desk.OpenAsync(requester)).Id);
        var byMail = await Desk.AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = Ann, Subject = "Mail", Body = "Text", RequesterEmail = "stranger@example.com" }, Token));
        ids.Add(byMail.Ticket().Id);

        await using var scope = Desk.NewScope();
        var access = scope.Services.GetRequiredService<ITicketAccess>();
        var all = await scope.Context.Set<Ticket>().AsNoTracking().Where(ticket => ids.Contains(ticket.Id)).ToListAsync(Token);
        foreach (var actor in Actors.All.Append(Actor.User("stranger")).Append(Actor.System("alice")))
        {
            var visible = await access.Visible(scope.Context.Set<Ticket>(), actor).Select(ticket => ticket.Id).Where(id => ids.Contains(id)).ToListAsync(Token);
            foreach (var ticket in all)
            {
                foreach (var action in Enum.GetValues<TicketAction>())
                    Assert.True(!access.Allows(actor, ticket, action) || visible.Contains(ticket.Id), $"{actor.Id} may {action} what {actor.Id} does not see");
                Assert.Equal(visible.Contains(ticket.Id), access.Allows(actor, ticket, TicketAction.Read));
            }
        }

        Assert.Equal(7, all.Count);
    }

    [Fact]
    public async Task A_hosts_own_access_hides_by_its_filter_and_forbids_by_its_answer()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseTicketAccess<OnlyPrinters>() });
        var printer = await desk.OpenAsync(Alice, category: "Printers");
        var scanner = await desk.OpenAsync(Alice, category: "Scanners");

        Assert.Null(await desk.ConversationAsync(Ann, scanner.Id));
        await Assert.ThrowsAsync<NotFoundException>(() => desk.ReplyAsync(Ann, scanner.Id));
        await Assert.ThrowsAsync<ForbiddenException>(() => desk.CloseAsync(Ann, printer.Id));
        Assert.Equal(TicketStatus.Pending, (await desk.ReplyAsync(Ann, printer.Id)).TicketStatus);
    }

    [Fact]
    public async Task A_colleague_who_may_answer_for_the_requester_opens_the_linked_ticket_as_a_requester()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseTicketAccess<Colleagues>() });
        var ticket = await desk.OpenAsync(Alice);
        await desk.CloseAsync(Ann, ticket.Id);

        var receipt = await desk.ReplyAsync(Bob, ticket.Id, "Again");

        Assert.Equal(new Author("bob", "Bob", TicketRole.Requester), receipt.Message.Author);
        Assert.Equal("alice", (await desk.SeeAsync(Alice, receipt.TicketId)).Requester.Id);
        Assert.Equal(TicketRole.Requester, (await desk.ConversationAsync(Alice, receipt.TicketId))!.Messages()[0].Author.Kind);
    }

    private Task DoAsync(string command, Actor actor, TicketKey key) => Desk.AskAsync(async tickets =>
    {
        await Commands[command](tickets, actor, key);
        return 0;
    });

    private sealed class OnlyPrinters : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => tickets.Where(ticket => ticket.Category == "Printers");

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) => action != TicketAction.Close;
    }

    private sealed class Colleagues : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => tickets;

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) => actor.IsAgent || action is TicketAction.Read or TicketAction.Reply;
    }
}
