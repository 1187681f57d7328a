using HelpDesk.Specification.Costs;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Reports;

/// <summary>Which tickets an export has, what it says of them, who may have it, and what it costs.</summary>
public abstract class ExportSpecification(HelpDeskFixture fixture) : ReportTest(fixture)
{
    private readonly CommandLog log = new();

    [Fact]
    public async Task A_row_is_what_an_agent_sees_of_the_ticket()
    {
        var ticket = await Desk.OpenAsync(Alice, "The printer burns", priority: TicketPriority.High, category: "Printers");
        Desk.Clock.Advance(TimeSpan.FromMinutes(10));
        await Desk.ReplyAsync(Ann, ticket.Id);
        Desk.Clock.SetUtcNow(March(2, 17));
        await SweepAsync(Desk);
        await Desk.AskAsync(tickets => tickets.OpenAsync(new OpenTicket { Actor = Ann, Subject = "By phone", Body = "Text", RequesterEmail = "stranger@example.com" }, Token));

        var rows = await ExportAsync(March(2), March(3));

        Assert.Equal(
            new ReportRow
            {
                Number = ticket.Number, Subject = "The printer burns", Status = TicketStatus.Pending, Priority = TicketPriority.High, Category = "Printers", Channel = TicketChannel.Web,
                Requester = "Alice", Assignee = "Ann", CreatedAt = March(2, 9), FirstRespondedAt = March(2, 9, 10), ResolvedAt = null, ClosedAt = null,
                DueAt = March(2, 17), EscalatedAt = March(2, 17), Breached = true,
            },
            rows[0]);
        Assert.Equal(("stranger", null, null, false), (rows[1].Requester, rows[1].Assignee, rows[1].FirstRespondedAt, rows[1].Breached));
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task It_has_what_was_opened_answered_resolved_or_breached_in_the_span_oldest_first()
    {
        var breached = await OpenAtAsync(March(2, 10));
        var answered = await OpenAtAsync(March(2, 11));
        var resolved = await OpenAtAsync(March(2, 12));
        var untouched = await OpenAtAsync(March(2, 13));
        await Desk.ReplyAsync(Ann, untouched);
        await Desk.ReplyAsync(Ann, resolved);
        Desk.Clock.SetUtcNow(March(3));
        await Desk.ReplyAsync(Ann, answered);
        await Desk.ResolveAsync(Ann, resolved);
        var opened = await OpenAtAsync(March(3, 0, 30));
        Desk.Clock.SetUtcNow(March(5));

        Assert.Equal([breached, answered, resolved, opened], await NumbersAsync(March(3), March(3, 10, 30)));
        Assert.Equal([breached, answered, resolved, untouched], await NumbersAsync(March(2), March(3)));

        async Task<string> OpenAtAsync(DateTimeOffset time)
        {
            Desk.Clock.SetUtcNow(time);
            return (await Desk.OpenAsync(Alice)).Number;
        }

        async Task<IEnumerable<string>> NumbersAsync(DateTimeOffset from, DateTimeOffset to) => (await ExportAsync(from, to)).Select(row => row.Number);
    }

    [Fact]
    public async Task Reports_are_for_managers_and_jobs()
    {
        foreach (var actor in new[] { Alice, Ann })
        {
            await Assert.ThrowsAsync<ForbiddenException>(() => ReportAsync(null, null, actor));
            // Before anything is enumerated.
            await Assert.ThrowsAsync<ForbiddenException>(() => OnReportsAsync(Desk, reports => Task.FromResult(reports.Export(new ReportQuery { Actor = actor }))));
            // Who may not ask learns nothing of what would be wrong.
            await Assert.ThrowsAsync<ForbiddenException>(() => ReportAsync(March(3), March(2), actor));
        }

        await Desk.OpenAsync(Alice);
        foreach (var actor in new[] { Mia, Root, Actors.Sweeper, Actor.User("both", HelpDeskRoles.Support | HelpDeskRoles.Manager) })
        {
            Assert.Equal(1, (await ReportAsync(null, null, actor)).Total.Opened);
            Assert.Single(await ExportAsync(null, null, actor));
        }
    }

    [Fact]
    public async Task Of_a_ticket_of_the_managers_own_it_says_what_requesters_see()
    {
        var own = await Desk.OpenAsync(Mia);
        await Desk.ReplyAsync(Ann, own.Id);
        Desk.Clock.Advance(TimeSpan.FromDays(2));
        await SweepAsync(Desk);
        await Desk.ResolveAsync(Ann, own.Id);

        var row = Assert.Single(await ExportAsync(null, null));
        Assert.Equal((null, null, null, null), (row.FirstRespondedAt, row.DueAt, row.EscalatedAt, row.Breached));
        Assert.Equal(("Mia", March(4, 9)), (row.Requester, row.ResolvedAt));
        Assert.Equal((true, March(2, 9)), Assert.Single((await ExportAsync(null, null, Root)).Select(other => (other.Breached, other.FirstRespondedAt))));
    }

    [Fact]
    public async Task A_hosts_own_access_decides_what_is_counted_and_listed()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { HelpDesk = helpDesk => helpDesk.UseTicketAccess<OnlyPrinters>() });
        var shown = await desk.OpenAsync(Alice, category: "Printers");
        await desk.OpenAsync(Alice, category: "Scanners");
        var hidden = await desk.OpenAsync(Alice, "Secret", category: "Printers");
        desk.Clock.Advance(TimeSpan.FromDays(2));

        var report = await ReportAsync(null, null, desk: desk);

        Assert.Equal("2 0 0/-/- 0/-/- 0+0+2=2", Line(report.Total));
        Assert.Equal("Printers", Assert.Single(report.Categories).Name);
        // What its filter shows and its answer forbids is not told of one by one.
        Assert.Equal([shown.Number], (await ExportAsync(null, null, desk: desk)).Select(row => row.Number));
        Assert.NotEqual(shown.Number, hidden.Number);
    }

    [Fact]
    public async Task A_hosts_filter_on_tickets_decides_too()
    {
        await using var desk = await Fixture.StartAsync<FilteredContext>();
        await EmptyAsync(desk);
        await desk.OpenAsync(Alice, category: "Printers");
        await desk.OpenAsync(Bob, category: "Scanners");
        desk.Clock.Advance(TimeSpan.FromDays(2));
        FilteredContext.Hidden.Value = "alice";

        var report = await ReportAsync(null, null, desk: desk);

        Assert.Equal("1 0 0/-/- 0/-/- 0+0+1=1", Line(report.Total));
        Assert.Equal("Scanners", Assert.Single(report.Categories).Name);
        Assert.Equal("Bob", Assert.Single(await ExportAsync(null, null, desk: desk)).Requester);
    }

    [Fact]
    public async Task It_costs_two_commands_to_count_and_one_for_every_five_hundred_tickets_to_list()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { Context = context => context.AddInterceptors(log) });
        await AddAsync(desk, 1_001);
        var asked = 0;
        desk.Users.BeforeAnswer = () =>
        {
            asked++;
            return Task.CompletedTask;
        };

        log.Clear();
        Assert.Equal(1_001, (await ReportAsync(null, null, desk: desk)).Total.Opened);
        Assert.Equal((2, 1), (log.Commands.Count, asked));

        log.Clear();
        asked = 0;
        await using (var scope = desk.NewScope())
        {
            var reports = scope.Services.GetRequiredService<ITicketReports>();
            await using var tickets = reports.Export(new ReportQuery { Actor = Mia }).Tickets.GetAsyncEnumerator(Token);
            Assert.Empty(log.Commands);
            await tickets.MoveNextAsync();
            Assert.Equal((2, 1), (log.Commands.Count, asked));
            var rows = 1;
            while (await tickets.MoveNextAsync())
                rows++;
            Assert.Equal((1_001, 4, 3), (rows, log.Commands.Count, asked));
        }

        Assert.All(log.Commands, command => Assert.DoesNotContain("Messages", command.Sql, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ticket_that_is_gone_meanwhile_is_left_out()
    {
        await AddAsync(Desk, 501);
        await using var scope = Desk.NewScope();
        var rows = new List<string>();
        await foreach (var row in scope.Services.GetRequiredService<ITicketReports>().Export(new ReportQuery { Actor = Mia }).Tickets.WithCancellation(Token))
        {
            rows.Add(row.Number);
            if (rows.Count == 1)
                await Desk.ReadAsync(context => context.Set<Ticket>().Where(ticket => ticket.Number != row.Number).ExecuteDeleteAsync(Token));
        }

        // The piece that was read already, and nothing of the next.
        Assert.Equal((500, 500), (rows.Count, rows.Distinct().Count()));
    }

    private static Task AddAsync(Desk desk, int count) => desk.ReadAsync(async context =>
    {
        for (var i = 0; i < count; i++)
        {
            var ticket = new Ticket("alice", $"Ticket {i}", TicketPriority.Normal, null, TicketChannel.Web, null, desk.Clock.GetUtcNow());
            ticket.Numbered($"MANY-{i}");
            context.Add(ticket);
        }

        await context.SaveChangesAsync(Token);
        return await context.Set<Ticket>().ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.AssigneeId, "ann"), Token);
    });

    private sealed class OnlyPrinters : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => tickets.Where(ticket => ticket.Category == "Printers");

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) => ticket.Subject != "Secret";
    }
}
