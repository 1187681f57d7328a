using System.Diagnostics;
using System.Globalization;
using HelpDesk.Specification.Costs;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Specification.Lists;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Escalating;

/// <summary>A sweep costs what is due, however much is open. PostgreSQL says how it reads, so the plan itself is asserted.</summary>
public abstract class MillionTicketsSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : EscalatingTest(fixture)
{
    private const int Open = 1_000_000;
    private const int Due = 1_000;
    private const int Batch = 100;

    private readonly CommandLog log = new();

    [Fact]
    public async Task Among_a_million_open_tickets_a_sweep_reads_those_that_are_due_and_not_twice()
    {
        var past = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var future = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await DueTickets.AddAsync(Fixture, "FEW-", Due, past, Token);
        var among = await SweepElsewhereAsync();
        await DueTickets.AddAsync(Fixture, "OPEN-", Open, future, Token);
        await DueTickets.AddAsync(Fixture, "LATE-", Due, past, Token);
        var amongMany = await SweepElsewhereAsync();
        output.WriteLine($"1,000 due: {among.Bytes / 1024} KiB allocated; 1,000 due among 1,000,000 open: {amongMany.Bytes / 1024} KiB.");
        Assert.Equal((Due, Due), (among.Escalated, amongMany.Escalated));
        Assert.InRange(amongMany.Bytes, 0, among.Bytes * 5 / 4);

        var watch = Stopwatch.StartNew();
        await Desk.AskAsync(tickets => tickets.GetStatisticsAsync(new GetStatistics { Actor = Mia }, Token));
        output.WriteLine($"Statistics of 1,000,000 tickets: {watch.ElapsedMilliseconds} ms.");

        await DueTickets.AddAsync(Fixture, "PLAN-", Due, past, Token);
        await using var desk = await Fixture.StartAsync(new DeskSetup { Context = options => options.AddInterceptors(log) });
        var first = await SweepAsync(desk);
        var reads = log.Commands.Where(command => command.Sql.StartsWith("SELECT", StringComparison.Ordinal)).ToList();
        log.Clear();
        var second = await SweepAsync(desk);
        var readsAgain = log.Commands.Count;

        Assert.Equal((Due, 0), (first.Escalated, second.Escalated));
        Assert.Equal(2, readsAgain); // What is due, and what will be next.
        Assert.Equal((3 * (Due / Batch)) + 2, reads.Count);
        await DueTickets.AddAsync(Fixture, "AGAIN-", Due, past, Token);
        foreach (var (sql, parameters) in reads.Take(3))
        {
            var plan = await QueryPlan.ExplainAsync(desk, sql, parameters, Token);
            output.WriteLine($"{plan.Rows} rows, {plan.Buffers} buffers: {string.Join(" < ", plan.Nodes)}");
            Assert.DoesNotContain("Seq Scan", plan.Nodes);
            Assert.InRange(plan.Rows, 0, 3 * Batch); // The index still knows the versions of before.
        }
    }

    private async Task<(int Escalated, long Bytes)> SweepElsewhereAsync()
    {
        var lines = await TestWorker.RunAsync(Fixture.Name, await Fixture.DatabaseAsync<DeskContext>(), ["sweep"], Token);
        var numbers = lines[^1].Split(' ');
        return (int.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }
}
