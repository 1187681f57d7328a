using System.Diagnostics;
using HelpDesk.Sla;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Reports;

/// <summary>What a report costs on a desk of 100,000 tickets. A measurement, not a promise: it runs when it is asked for (<c>-explicit only</c>).</summary>
public abstract class ReportCostSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : ReportTest(fixture)
{
    private const int Tickets = 100_000;
    private const int Batch = 5_000;

    [Fact(Explicit = true)]
    public async Task A_report_on_a_hundred_thousand_tickets()
    {
        var start = March(2).AddDays(-400);
        for (var first = 0; first < Tickets; first += Batch)
            await AddAsync(start, first);

        await MeasureAsync("nothing", new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2000, 1, 31, 0, 0, 0, TimeSpan.Zero));
        await MeasureAsync("30 days", March(2).AddDays(-30), March(2));
        await MeasureAsync("400 days", start, March(2));
    }

    private async Task MeasureAsync(string what, DateTimeOffset from, DateTimeOffset to)
    {
        await ReportAsync(from, to);
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        var report = await ReportAsync(from, to);
        output.WriteLine($"{Fixture.Name}, report on {what}: {watch.ElapsedMilliseconds} ms, {(GC.GetTotalAllocatedBytes() - allocated) / 1024 / 1024} MiB allocated; {Line(report.Total)}");

        watch.Restart();
        var rows = await OnReportsAsync(Desk, async reports =>
        {
            var count = 0;
            await foreach (var _ in reports.Export(new ReportQuery { Actor = Mia, From = from, To = to }).Tickets.WithCancellation(Token))
            {
                if (count++ == 0)
                    output.WriteLine($"{Fixture.Name}, first of {what}: {watch.ElapsedMilliseconds} ms");
            }

            return count;
        });
        output.WriteLine($"{Fixture.Name}, all {rows} of {what}: {watch.ElapsedMilliseconds} ms");
    }

    /// <summary>Every ticket is answered after 1 to 600 minutes and resolved after up to 3 days; every tenth breaks a promise.</summary>
    private Task AddAsync(DateTimeOffset start, int first) => Desk.ReadAsync(async context =>
    {
        for (var n = first; n < first + Batch; n++)
        {
            var at = start.AddMinutes(n * 5.75);
            var ticket = new Ticket($"user-{n % 10_000}", $"Ticket {n}", TicketPriority.Normal, $"Category {n % 30}", TicketChannel.Web, null, at);
            ticket.Numbered($"COST-{n}");
            context.Add(ticket);
            var entry = context.Entry(ticket);
            entry.Property(row => row.AssigneeId).CurrentValue = $"agent-{n % 50}";
            entry.Property(row => row.FirstRespondedAt).CurrentValue = at.AddMinutes(1 + (n % 600));
            entry.Property(row => row.ResolvedAt).CurrentValue = at.AddMinutes(600 + (n % 3_600));
            entry.Property(row => row.Status).CurrentValue = TicketStatus.Resolved;
            var target = new TicketTarget(ticket.Id, TargetKind.Resolution, 1, at) { DueAt = at.AddDays(4), MetAt = at.AddDays(1) };
            if (n % 10 == 0)
                target.BreachedAt = at.AddDays(2);
            context.Add(target);
        }

        return await context.SaveChangesAsync(Token);
    });
}
