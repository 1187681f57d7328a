using System.Globalization;
using HelpDesk.Specification.Costs;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Specification.Lists;

/// <summary>A page at depth 100,000 costs what the first costs. PostgreSQL says how it reads, so the plan itself is asserted.</summary>
public abstract class DepthSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : DeskTest(fixture)
{
    private const int Tickets = 130_000;
    private const int Depth = 100_000;

    // Of three ranges of a page, with three look-ups by key for each of its rows.
    private const long MostBuffers = 1_500;
    private const long MostRows = 500;

    private static readonly SemaphoreSlim Gate = new(1);

    private readonly CommandLog log = new();

    public static TheoryData<string, TicketSort, bool> Lists()
    {
        var lists = new TheoryData<string, TicketSort, bool>();
        foreach (var descending in new[] { true, false })
        {
            lists.Add("own", TicketSort.UpdatedAt, descending);
            lists.Add("own", TicketSort.CreatedAt, descending);
            lists.Add("all", TicketSort.UpdatedAt, descending);
            lists.Add("all", TicketSort.DueAt, descending);
            lists.Add("all", TicketSort.Priority, descending);
            lists.Add("assigned", TicketSort.DueAt, descending);
        }

        return lists;
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_page_at_depth_100000_is_read_from_the_index_like_the_first(string list, TicketSort sort, bool descending)
    {
        await FillAsync();
        await using var desk = await Fixture.StartAsync(new DeskSetup { Context = options => options.AddInterceptors(log) });
        var query = new SearchTickets
        {
            Actor = list == "own" ? Actor.User("many") : Ann,
            Assignee = list == "assigned" ? "ann" : null,
            Sort = sort,
            Descending = descending,
            Limit = 25,
        };

        var first = await desk.SearchAsync(query);
        var firstPlan = await ExplainAsync(desk);
        var deep = await desk.SearchAsync(query with { Cursor = await CursorAtDepthAsync(desk, query) });
        var deepPlan = await ExplainAsync(desk);
        output.WriteLine($"{list} by {sort} {(descending ? "desc" : "asc")}: first {firstPlan.Buffers} buffers, {firstPlan.Rows} rows; deep {deepPlan.Buffers} buffers, {deepPlan.Rows} rows");

        Assert.Equal((25, 25), (first.Tickets.Count, deep.Tickets.Count));
        Assert.Empty(first.Tickets.Select(ticket => ticket.Id).Intersect(deep.Tickets.Select(ticket => ticket.Id)));
        foreach (var plan in new[] { firstPlan, deepPlan })
        {
            Assert.DoesNotContain("Seq Scan", plan.Nodes);
            Assert.InRange(plan.Buffers, 1, MostBuffers);
            Assert.InRange(plan.Rows, 1, MostRows);
        }
    }

    /// <summary>Inserts what no test could open one by one: whole thousands share each time, and half is never due.</summary>
    private async Task FillAsync()
    {
        await Gate.WaitAsync(Token);
        try
        {
            await using var connection = new NpgsqlConnection(await Fixture.DatabaseAsync<DeskContext>());
            await connection.OpenAsync(Token);
            await using var count = new NpgsqlCommand("""SELECT count(*) FROM "HelpDeskTickets" """, connection);
            if (Convert.ToInt64(await count.ExecuteScalarAsync(Token), CultureInfo.InvariantCulture) >= Tickets)
                return;

            await using var fill = new NpgsqlCommand(
                $"""
                CREATE TEMP TABLE filling AS
                SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS person, gen_random_uuid() AS message, timestamptz '2020-01-01Z' + (n / 40000) * interval '1 day' AS at
                FROM generate_series(1, {Tickets}) AS n;
                INSERT INTO "HelpDeskTickets" ("Id", "Number", "RequesterId", "RequesterParticipantId", "AssigneeId", "Subject", "Status", "Priority", "Category", "Channel",
                    "CreatedAt", "UpdatedAt", "Version", "PublicUpdatedAt", "PublicVersion", "LastSequence", "LastMessageId", "LastPublicMessageId", "DueAt", "DueSort")
                SELECT id, 'FILL-' || n, 'many', person, 'ann', 'Ticket ' || n, 'open', 10 + 10 * (n % 2), NULL, 'web', at, at, id, at, id, 2, message, message,
                    CASE WHEN n % 2 = 0 THEN at END, CASE WHEN n % 2 = 0 THEN at ELSE timestamptz '9999-12-31Z' END
                FROM filling;
                INSERT INTO "HelpDeskParticipants" ("Id", "TicketId", "UserId", "Email", "Name", "Kind", "ReplyToken", "Undeliverable", "NoAutomaticMail", "Complained")
                SELECT person, id, 'many', 'many@example.org', 'Many', 'requester', left(replace(person::text, '-', ''), 26), false, false, false FROM filling;
                INSERT INTO "HelpDeskMessages" ("Id", "TicketId", "Sequence", "AuthorId", "AuthorParticipantId", "AuthorKind", "Body", "HasHtml", "HasQuoted", "IsPrivate", "Channel", "CreatedAt")
                SELECT message, id, 1, 'many', person, 'requester', 'Text', false, false, false, 'web', at FROM filling;
                """, connection) { CommandTimeout = 300 };
            await fill.ExecuteNonQueryAsync(Token);
            await using var analyze = new NpgsqlCommand("VACUUM ANALYZE", connection) { CommandTimeout = 300 };
            await analyze.ExecuteNonQueryAsync(Token);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>The cursor of the page that ends at the depth: made from the ticket there, since nobody turns 4,000 pages in a test.</summary>
    private static async Task<string> CursorAtDepthAsync(Desk desk, SearchTickets query)
    {
        var isAgent = query.Actor.IsAgent;
        var order = Service.TicketOrder.Of(query.Sort, query.Descending, isAgent);
        var ticket = await desk.ReadAsync(async context =>
            (await order.First(context.Set<Ticket>().AsNoTracking(), Depth).Skip(Depth - 1).ToListAsync(Token)).Single());
        return Persistence.Cursor.Create(Service.TicketService.ListName(query, isAgent), order.PositionOf(ticket));
    }

    private Task<QueryPlan> ExplainAsync(Desk desk)
    {
        var (sql, parameters) = log.Commands.Last(command => command.Sql.Contains("ORDER BY", StringComparison.Ordinal));
        log.Clear();
        return QueryPlan.ExplainAsync(desk, sql, parameters, Token);
    }
}
