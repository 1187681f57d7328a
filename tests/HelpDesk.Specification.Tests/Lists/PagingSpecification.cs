using System.Text;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Lists;

public abstract class PagingSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private const int Old = 25;

    public static TheoryData<TicketSort, bool, bool> Orders()
    {
        var orders = new TheoryData<TicketSort, bool, bool>();
        foreach (var sort in Enum.GetValues<TicketSort>())
        {
            foreach (var descending in new[] { false, true })
            {
                foreach (var isAgent in new[] { false, true })
                {
                    if (isAgent || sort != TicketSort.DueAt)
                        orders.Add(sort, descending, isAgent);
                }
            }
        }

        return orders;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Pages_under_concurrent_writes_show_every_old_ticket_once_and_in_order(TicketSort sort, bool descending, bool isAgent)
    {
        // A requester of the test's own: the lists of others do not disturb, and their tickets are not in it.
        var requester = Actor.User($"r-{Guid.NewGuid():N}");
        var old = new List<Guid>();
        for (var i = 0; i < Old; i++)
        {
            // Many ties in each column.
            if (i % 4 == 0)
                Desk.Clock.Advance(TimeSpan.FromSeconds(1));
            var ticket = await Desk.OpenAsync(requester, priority: i % 3 == 0 ? TicketPriority.High : TicketPriority.Low);
            if (i % 5 == 0)
                await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, DueAt = new DateTimeOffset(2026, 4, 1 + (i % 2), 0, 0, 0, TimeSpan.Zero) });
            old.Add(ticket.Id);
        }

        var query = new SearchTickets
        {
            Actor = isAgent ? Ann : requester,
            Requester = isAgent ? requester.Id : null,
            Sort = sort,
            Descending = descending,
            Limit = 4,
        };
        var moving = await Desk.OpenAsync(requester, priority: TicketPriority.High);
        var seen = new List<TicketView>();
        string? cursor = null;
        do
        {
            var page = await Desk.SearchAsync(query with { Cursor = cursor });
            seen.AddRange(page.Tickets);
            cursor = page.NextCursor;

            Desk.Clock.Advance(TimeSpan.FromSeconds(seen.Count % 2));
            await Desk.OpenAsync(requester, priority: TicketPriority.High);
            await Desk.OpenAsync(requester, priority: TicketPriority.Low);
            await Desk.ReplyAsync(requester, moving.Id);
        }
        while (cursor is not null && seen.Count < 300);

        // Ascending lists grow at the end for as long as one reads them.
        var shown = seen.Select(ticket => ticket.Id).ToList();
        Assert.Equal(old.Order(), shown.Where(old.Contains).Order());
        var unmoved = seen.Where(ticket => old.Contains(ticket.Id)).Select(KeyOf).ToList();
        Assert.Equal(descending ? unmoved.OrderDescending() : unmoved.Order(), unmoved);

        (long, long) KeyOf(TicketView ticket) => sort switch
        {
            TicketSort.UpdatedAt => (ticket.UpdatedAt.Ticks, 0),
            TicketSort.CreatedAt => (ticket.CreatedAt.Ticks, 0),
            TicketSort.DueAt => (((AgentTicket)ticket).DueAt?.Ticks ?? long.MaxValue, 0),
            _ => ((int)ticket.Priority, ticket.CreatedAt.Ticks),
        };
    }

    [Fact]
    public async Task A_page_that_is_exactly_full_has_no_next()
    {
        var requester = Actor.User($"r-{Guid.NewGuid():N}");
        for (var i = 0; i < 4; i++)
            await Desk.OpenAsync(requester);

        var first = await Desk.SearchAsync(new SearchTickets { Actor = requester, Limit = 2 });
        var second = await Desk.SearchAsync(new SearchTickets { Actor = requester, Limit = 2, Cursor = first.NextCursor });

        Assert.NotNull(first.NextCursor);
        Assert.Null(second.NextCursor);
        Assert.Equal(4, first.Tickets.Concat(second.Tickets).Select(ticket => ticket.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_reader_its_filters_and_its_order()
    {
        var requester = Actor.User($"r-{Guid.NewGuid():N}");
        for (var i = 0; i < 3; i++)
            await Desk.OpenAsync(requester);
        var query = new SearchTickets { Actor = requester, Limit = 2 };
        var cursor = (await Desk.SearchAsync(query)).NextCursor!;
        query = query with { Cursor = cursor };

        Assert.Single((await Desk.SearchAsync(query)).Tickets);
        Assert.Single((await Desk.SearchAsync(query with { Limit = 50 })).Tickets);
        await AssertRefusedAsync(query with { Actor = Alice });
        await AssertRefusedAsync(query with { Actor = Actor.User(requester.Id, HelpDeskRoles.Support) });
        await AssertRefusedAsync(query with { Descending = false });
        await AssertRefusedAsync(query with { Sort = TicketSort.CreatedAt });
        await AssertRefusedAsync(query with { Statuses = [TicketStatus.Open] });
        await AssertRefusedAsync(query with { Text = "printer" });
        await AssertRefusedAsync(query with { Category = "Printers" });
    }

    [Fact]
    public async Task A_cursor_that_was_tampered_with_is_refused()
    {
        var requester = Actor.User($"r-{Guid.NewGuid():N}");
        for (var i = 0; i < 3; i++)
            await Desk.OpenAsync(requester);
        var query = new SearchTickets { Actor = requester, Limit = 2, Sort = TicketSort.Priority };
        var cursor = (await Desk.SearchAsync(query)).NextCursor!;
        var hash = System.Buffers.Text.Base64Url.DecodeFromChars(cursor)[..8];

        var forged = new[] { "", "|", "20|x|y", "20||", "-1|0|0", "20|-1|00000000000000000000000000000000", "99999999999|1|00000000000000000000000000000000", "20|9223372036854775807|00000000000000000000000000000000", "20|1|2|3", "\0" }
            .Select(position => System.Buffers.Text.Base64Url.EncodeToString([.. hash, .. Encoding.UTF8.GetBytes(position)]));
        foreach (var wrong in forged.Concat([cursor[1..], cursor[..^20], "A" + cursor, "", " ", "äöü", "not base64!", new string('A', 10_000)]))
            await AssertRefusedAsync(query with { Cursor = wrong });
    }

    private async Task AssertRefusedAsync(SearchTickets query) => await Assert.ThrowsAsync<InvalidCursorException>(() => Desk.SearchAsync(query));
}
