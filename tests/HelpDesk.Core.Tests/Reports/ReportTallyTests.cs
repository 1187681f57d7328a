using HelpDesk.People;
using HelpDesk.Service;
using HelpDesk.Sla;

namespace HelpDesk.Reports;

/// <summary>The arithmetic of a report.</summary>
public sealed class ReportTallyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(new int[0], null, null)]
    [InlineData(new[] { 5 }, 5, 5)]
    [InlineData(new[] { 2, 1 }, 2, 2)]
    [InlineData(new[] { 0, 100 }, 50, 90)]
    [InlineData(new[] { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 6, 9)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 6, 10)]
    [InlineData(new[] { 60, 60, 60, 60, 3600 }, 60, 2184)]
    [InlineData(new[] { int.MaxValue, int.MaxValue }, int.MaxValue, int.MaxValue)]
    public void Percentiles_are_interpolated_as_SQL_does_and_rounded_to_seconds(int[] seconds, int? median, int? p90)
    {
        var tally = new ReportTally();
        foreach (var time in seconds)
            tally.Resolved(TimeSpan.FromSeconds(time));

        var times = tally.Figures().ResolutionTime;

        Assert.Equal((seconds.Length, (double?)median, (double?)p90), (times.Count, times.Median?.TotalSeconds, times.P90?.TotalSeconds));
    }

    [Fact]
    public void A_part_of_a_second_is_none_and_more_than_a_lifetime_is_one()
    {
        var tally = new ReportTally();
        tally.Responded(TimeSpan.FromSeconds(1.999));
        tally.Resolved(TimeSpan.FromDays(100_000));

        Assert.Equal(TimeSpan.FromSeconds(1), tally.Figures().FirstResponseTime.Median);
        Assert.Equal(TimeSpan.FromSeconds(int.MaxValue), tally.Figures().ResolutionTime.Median);
    }

    [Fact]
    public void Of_many_categories_the_hundred_with_the_most_to_tell_are_shown_by_name()
    {
        var book = new ReportBook(new ReportSpan(Start, Start.AddDays(1), Start));
        for (var i = 0; i < 130; i++)
        {
            book.Enter(null, $"Category {i:D3}", Start, null, null);
            if (i >= 30)
                book.EnterBreach(null, $"CATEGORY {i:D3}", TargetKind.Resolution, Start);
        }

        var report = book.Close(new HelpDesk.Service.People(new Dictionary<string, DirectoryUser>()));

        // Both spellings are one; the one with the smaller characters is shown.
        Assert.Equal(Enumerable.Range(30, 100).Select(i => $"CATEGORY {i:D3}"), report.Categories.Select(category => category.Name));
        Assert.Equal((30, 130, 100), (report.CategoriesLeftOut, report.Total.Opened, report.Total.Breaches.Total));
        Assert.All(report.Categories, category => Assert.Equal((1, 1), (category.Figures.Opened, category.Figures.Breaches.Total)));
    }

    [Fact]
    public void An_agent_whom_the_directory_does_not_know_any_more_is_there_all_the_same()
    {
        var book = new ReportBook(new ReportSpan(Start, Start.AddDays(1), Start));
        book.Enter("gone", null, Start, null, null);

        var agent = Assert.Single(book.Close(new HelpDesk.Service.People(new Dictionary<string, DirectoryUser>())).Agents);

        Assert.Equal(("gone", "Unknown user", 1), (agent.Id, agent.Name, agent.Figures.Opened));
    }
}
