using System.Globalization;
using HelpDesk.Escalation;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Reports;

/// <summary>What the facts about reports have in common: a report is of the whole desk, so each fact begins with an empty one.</summary>
public abstract class ReportTest(HelpDeskFixture fixture) : DeskTest(fixture)
{
    protected static DateTimeOffset March(int day, int hour = 0, int minute = 0, int second = 0) => new(2026, 3, day, hour, minute, second, TimeSpan.Zero);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await EmptyAsync(Desk);
    }

    protected static Task EmptyAsync(Desk desk) => desk.ReadAsync(context => context.Set<Ticket>().IgnoreQueryFilters().ExecuteDeleteAsync(Token));

    protected Task<TicketReport> ReportAsync(DateTimeOffset? from, DateTimeOffset? to, Actor? actor = null, Desk? desk = null) =>
        OnReportsAsync(desk ?? Desk, reports => reports.GetAsync(new ReportQuery { Actor = actor ?? Mia, From = from, To = to }, Token));

    protected Task<List<ReportRow>> ExportAsync(DateTimeOffset? from, DateTimeOffset? to, Actor? actor = null, Desk? desk = null) =>
        OnReportsAsync(desk ?? Desk, reports => reports.Export(new ReportQuery { Actor = actor ?? Mia, From = from, To = to }).Tickets.ToListAsync(Token).AsTask());

    protected static async Task<T> OnReportsAsync<T>(Desk desk, Func<ITicketReports, Task<T>> ask)
    {
        await using var scope = desk.NewScope();
        return await ask(scope.Services.GetRequiredService<ITicketReports>());
    }

    protected static async Task SweepAsync(Desk desk)
    {
        await using var scope = desk.NewScope();
        await scope.Services.GetRequiredService<IEscalationSweep>().RunAsync(Token);
    }

    /// <summary>Figures in one line: opened, resolved, the times as count/median/p90 in seconds, the breaches by kind.</summary>
    protected static string Line(ReportFigures figures) =>
        $"{figures.Opened} {figures.Resolved} {Line(figures.FirstResponseTime)} {Line(figures.ResolutionTime)} {Line(figures.Breaches)}";

    protected static string Line(ReportBreaches breaches) => $"{breaches.FirstResponse}+{breaches.NextResponse}+{breaches.Resolution}={breaches.Total}";

    protected static IEnumerable<string> Lines(IEnumerable<DayReport> days) => days.Select(day => $"{day.Date:yyyy-MM-dd} {day.Opened} {day.Resolved} {Line(day.Breaches)}");

    private static string Line(ReportTimes times) => $"{times.Count}/{Line(times.Median)}/{Line(times.P90)}";

    private static string Line(TimeSpan? time) => time?.TotalSeconds.ToString(CultureInfo.InvariantCulture) ?? "-";
}
