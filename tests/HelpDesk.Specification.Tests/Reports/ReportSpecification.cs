using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;

namespace HelpDesk.Specification.Reports;

/// <summary>What a report counts and measures, by examples that were computed by hand.</summary>
public abstract class ReportSpecification(HelpDeskFixture fixture) : ReportTest(fixture)
{
    protected override DeskSetup Setup => new()
    {
        Options = options =>
        {
            options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1);
            options.Sla.NextResponse.Normal = TimeSpan.FromHours(2);
        },
    };

    [Fact]
    public async Task Every_number_is_what_happened_in_the_span()
    {
        var before = await AtAsync(March(2, 22), () => Desk.OpenAsync(Alice, category: "Printers"));
        var late = await AtAsync(March(2, 23), () => Desk.OpenAsync(Alice));
        await AtAsync(March(2, 23, 30), () => Desk.ReplyAsync(Ann, late.Id));
        await AtAsync(March(3), () => Desk.ReplyAsync(Ann, before.Id));
        var second = await AtAsync(March(3, 10), () => Desk.OpenAsync(Bob, category: "printers"));
        await AtAsync(March(3, 10, 10), () => Desk.ReplyAsync(Ben, second.Id));
        var third = await AtAsync(March(3, 11), () => Desk.OpenAsync(Alice, category: "Printers"));
        await AtAsync(March(3, 11, 30), () => Desk.ReplyAsync(Ann, third.Id));
        await AtAsync(March(3, 12), () => Desk.ResolveAsync(Ben, second.Id));
        await AtAsync(March(3, 15), () => Desk.ResolveAsync(Ann, third.Id));
        await AtAsync(March(4, 22), () => Desk.ResolveAsync(Ann, before.Id));
        await AtAsync(March(5, 23, 59, 59), () => Desk.OpenAsync(Bob));
        await AtAsync(March(6), () => Desk.OpenAsync(Bob, category: "Scanners"));
        await Desk.ResolveAsync(Ann, late.Id);
        Desk.Clock.SetUtcNow(March(6, 12));

        var report = await ReportAsync(March(3), March(6));

        Assert.Equal((March(3), March(6)), (report.From, report.To));
        // 600, 1800 and 7200 seconds to the first answer; 7200, 14400 and 172800 to the resolution; two resolutions later than a day.
        Assert.Equal("3 3 3/1800/6120 3/14400/141120 0+0+2=2", Line(report.Total));
        Assert.Equal(
            [
                "ann Ann 1 2 2/4500/6660 2/93600/156960 0+0+2=2",
                "ben Ben 1 1 1/600/600 1/7200/7200 0+0+0=0",
                "  1 0 0/-/- 0/-/- 0+0+0=0",
            ],
            report.Agents.Select(agent => $"{agent.Id} {agent.Name} {Line(agent.Figures)}"));
        Assert.Equal(
            ["Printers 2 3 3/1800/6120 3/14400/141120 0+0+1=1", " 1 0 0/-/- 0/-/- 0+0+1=1"],
            report.Categories.Select(category => $"{category.Name} {Line(category.Figures)}"));
        Assert.Equal(0, report.CategoriesLeftOut);
        Assert.Equal(["2026-03-03 2 2 0+0+2=2", "2026-03-04 0 1 0+0+0=0", "2026-03-05 1 0 0+0+0=0"], Lines(report.Days));
    }

    [Fact]
    public async Task A_breach_counts_once_by_its_kind_when_it_was_found()
    {
        var ticket = await AtAsync(March(2, 9), () => Desk.OpenAsync(Alice));
        await AtAsync(March(2, 10, 30), SweepAsync);
        await AtAsync(March(2, 11), () => Desk.ReplyAsync(Ann, ticket.Id));
        await AtAsync(March(2, 11, 10), () => Desk.ReplyAsync(Alice, ticket.Id));
        await AtAsync(March(2, 13, 15), SweepAsync);
        await AtAsync(March(3, 9), SweepAsync);
        await AtAsync(March(3, 10), SweepAsync);

        Assert.Equal("1+1+1=3", await BreachesAsync(March(2), March(4)));
        Assert.Equal("1+0+0=1", await BreachesAsync(March(2, 10, 30), March(2, 10, 31)));
        Assert.Equal("0+0+0=0", await BreachesAsync(March(2), March(2, 10, 30)));
        Assert.Equal("0+1+0=1", await BreachesAsync(March(2, 10, 31), March(2, 13, 16)));
        Assert.Equal(["2026-03-02 1 0 1+1+0=2", "2026-03-03 0 0 0+0+1=1"], Lines((await ReportAsync(March(2), March(4))).Days));
    }

    [Fact]
    public async Task A_breach_that_no_sweep_has_found_counts_by_its_due_time_once_that_has_come()
    {
        var unanswered = await AtAsync(March(2, 9), () => Desk.OpenAsync(Alice));
        var answered = await Desk.OpenAsync(Alice);
        var intime = await Desk.OpenAsync(Alice);
        await AtAsync(March(2, 9, 59, 59), () => Desk.ReplyAsync(Ann, intime.Id));
        Assert.Equal("0+0+0=0", await BreachesAsync(March(2), March(3)));

        // As everywhere, what is done at the due time is late.
        await AtAsync(March(2, 10), () => Desk.ReplyAsync(Ann, answered.Id));

        Assert.Equal("2+0+0=2", await BreachesAsync(March(2), March(3)));
        Assert.Equal("2+0+0=2", await BreachesAsync(March(2, 10), March(2, 10, 1)));
        Assert.Equal("0+0+0=0", await BreachesAsync(March(2), March(2, 10)));
        Assert.Equal(
            [(unanswered.Number, (bool?)true), (answered.Number, true), (intime.Number, false)],
            (await ExportAsync(March(2), March(3))).Select(row => (row.Number, row.Breached)).OrderBy(row => row.Number));
    }

    [Fact]
    public async Task What_was_reopened_or_never_resolved_is_not_resolved_and_what_was_closed_since_is()
    {
        var reopened = await AtAsync(March(2, 9), () => Desk.OpenAsync(Alice));
        var closed = await Desk.OpenAsync(Alice);
        var resolvedAndClosed = await Desk.OpenAsync(Alice);
        await AtAsync(March(2, 10), () => Desk.ResolveAsync(Ann, reopened.Id));
        await Desk.ResolveAsync(Ann, resolvedAndClosed.Id);
        Assert.Equal(2, (await ReportAsync(March(2), March(3))).Total.Resolved);

        await AtAsync(March(2, 11), () => Desk.ReopenAsync(Ann, reopened.Id));
        await Desk.CloseAsync(Ann, closed.Id);
        await Desk.CloseAsync(Ann, resolvedAndClosed.Id);

        var total = (await ReportAsync(March(2), March(3))).Total;
        Assert.Equal((1, 1, TimeSpan.FromHours(1)), (total.Resolved, total.ResolutionTime.Count, total.ResolutionTime.Median));
    }

    [Fact]
    public async Task Where_nothing_happened_there_is_every_day_and_nothing_to_measure()
    {
        await Desk.OpenAsync(Alice);

        var report = await ReportAsync(new DateTimeOffset(2020, 2, 28, 12, 0, 0, TimeSpan.Zero), new DateTimeOffset(2020, 3, 1, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal("0 0 0/-/- 0/-/- 0+0+0=0", Line(report.Total));
        Assert.Empty(report.Agents);
        Assert.Empty(report.Categories);
        Assert.Equal(["2020-02-28 0 0 0+0+0=0", "2020-02-29 0 0 0+0+0=0", "2020-03-01 0 0 0+0+0=0"], Lines(report.Days));
        Assert.Empty(await ExportAsync(report.From, report.To));
    }

    [Fact]
    public async Task Days_are_those_of_UTC_whatever_the_offset_and_the_last_one_ends_before_the_end()
    {
        await AtAsync(March(2, 23, 59, 59), () => Desk.OpenAsync(Alice));
        await AtAsync(March(3), () => Desk.OpenAsync(Alice));

        var report = await ReportAsync(new DateTimeOffset(2026, 3, 2, 2, 0, 0, TimeSpan.FromHours(2)), new DateTimeOffset(2026, 3, 3, 23, 0, 0, TimeSpan.FromHours(-1)));

        Assert.Equal((March(2), March(4), TimeSpan.Zero), (report.From, report.To, report.From.Offset));
        Assert.Equal(["2026-03-02 1 0 0+0+0=0", "2026-03-03 1 0 0+0+0=0"], Lines(report.Days));
    }

    [Fact]
    public async Task The_default_is_the_last_thirty_days_with_today()
    {
        var report = await ReportAsync(null, null);

        Assert.Equal((new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), March(3)), (report.From, report.To));
        Assert.Equal(30, report.Days.Count);
        Assert.Equal(March(1).AddDays(-30), (await ReportAsync(null, March(1))).From);
        Assert.Equal(March(3), (await ReportAsync(March(1), null)).To);
    }

    [Fact]
    public async Task A_span_ends_after_it_begins_and_has_at_most_400_days()
    {
        var longest = await ReportAsync(March(2).AddDays(-400), March(2));
        Assert.Equal(400, longest.Days.Count);
        Assert.Equal(401, (await ReportAsync(March(2, 12).AddDays(-400), March(2, 12))).Days.Count);

        Assert.Equal("to", await RefusedAsync(March(2).AddDays(-400), March(2).AddTicks(10)));
        Assert.Equal("to", await RefusedAsync(March(2), March(2)));
        Assert.Equal("to", await RefusedAsync(March(2), March(1)));
        Assert.Equal("to", await RefusedAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
        Assert.Equal("to", await RefusedAsync(null, DateTimeOffset.MinValue));
        Assert.Equal("from", await RefusedAsync(March(3), null));
        Assert.Equal("from", await RefusedAsync(March(3).AddDays(-401), null));
    }

    private async Task<string> RefusedAsync(DateTimeOffset? from, DateTimeOffset? to)
    {
        var refused = await Assert.ThrowsAsync<ValidationException>(() => ReportAsync(from, to));
        var export = await Assert.ThrowsAsync<ValidationException>(() => ExportAsync(from, to));
        Assert.Equal(refused.Message, export.Message);
        return Assert.Single(refused.Errors).Key;
    }

    private async Task<string> BreachesAsync(DateTimeOffset from, DateTimeOffset to) => Line((await ReportAsync(from, to)).Total.Breaches);

    private async Task<T> AtAsync<T>(DateTimeOffset time, Func<Task<T>> act)
    {
        Desk.Clock.SetUtcNow(time);
        return await act();
    }

    private async Task AtAsync(DateTimeOffset time, Func<Desk, Task> act)
    {
        Desk.Clock.SetUtcNow(time);
        await act(Desk);
    }
}
