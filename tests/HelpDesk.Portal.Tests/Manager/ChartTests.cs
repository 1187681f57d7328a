using System.Globalization;
using System.Text.Json.Nodes;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.SampleHost.Data;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Manager;

/// <summary>A chart, its table and the answer of the API say the same.</summary>
public sealed class ChartTests(PortalHost host) : PortalTest(host)
{
    private const string Reports = "**/helpdesk/reports?**";

    // As the picture is drawn: the lines lie between the axes.
    private const double Width = 600;
    private const double Height = 200;
    private const double Left = 36;
    private const double Right = 8;
    private const double Top = 8;
    private const double Bottom = 24;

    [Fact]
    public async Task Charts_and_tables_show_what_the_desk_has_done()
    {
        // So many were opened on each day, the oldest first, and the last one of each day was resolved on it.
        int[] opened = [0, 2, 1, 0, 3, 1, 2];
        for (var day = 0; day < opened.Length; day++)
            await OpenedAsync(opened[day], daysAgo: opened.Length - 1 - day);
        var mia = await VisitAsync("mia");
        var report = await OpenAsync(mia);
        Assert.Equal(opened, report.Opened);
        Assert.Equal(opened.Select(count => count > 0 ? 1 : 0), report.Resolved);
        await AssertShownAsync(mia, report);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 5)]
    [InlineData(7, 10)]
    [InlineData(12, 20)]
    [InlineData(51, 100)]
    [InlineData(1_234, 2_000)]
    public async Task Every_point_is_as_high_as_its_value(int most, int ceiling)
    {
        var mia = await VisitAsync("mia");
        await mia.Context.RouteAsync(Reports, async route =>
        {
            var answer = await route.FetchAsync();
            var report = JsonNode.Parse(await answer.TextAsync())!;
            var days = report["days"]!.AsArray();
            for (var day = 0; day < days.Count; day++)
            {
                days[day]!["opened"] = most * day / (days.Count - 1);
                days[day]!["resolved"] = most * (days.Count - 1 - day) / (days.Count - 1) / 2;
                days[day]!["breaches"]!["total"] = day == 3 ? most : most / 4;
            }

            await route.FulfillAsync(new() { Response = answer, Body = report.ToJsonString() });
        });
        var report = await OpenAsync(mia);
        Assert.Equal(most, report.Opened.Max());
        await AssertShownAsync(mia, report, ceiling);
    }

    [Theory]
    [InlineData("2026-01-05", "2026-01-05", 1)]
    [InlineData("2025-01-01", "2025-12-31", 365)]
    public async Task The_table_has_each_day_of_the_span(string from, string to, int days)
    {
        var mia = await VisitAsync("mia");
        await mia.OpenAsync($"/manager?from={from}&to={to}");
        var chart = Chart(mia, "Opened and resolved by day");
        await chart.GetByText("Show as a table").ClickAsync();
        await Expect(chart.Locator("tbody tr")).ToHaveCountAsync(days);
        await Expect(chart.Locator(days == 1 ? ".hd-plot circle" : ".hd-plot polyline")).ToHaveCountAsync(2);
    }

    private static async Task<Report> OpenAsync(Visitor mia)
    {
        var answer = await mia.Page.RunAndWaitForResponseAsync(() => mia.OpenAsync("/manager?days=7"), Reports);
        var days = JsonNode.Parse(await answer.TextAsync())!["days"]!.AsArray();
        return new Report(
            [.. days.Select(day => day!["opened"]!.GetValue<int>())],
            [.. days.Select(day => day!["resolved"]!.GetValue<int>())],
            [.. days.Select(day => day!["breaches"]!["total"]!.GetValue<int>())]);
    }

    private static async Task AssertShownAsync(Visitor mia, Report report, int? ceiling = null)
    {
        await AssertChartAsync(Chart(mia, "Opened and resolved by day"), [report.Opened, report.Resolved], ceiling);
        await AssertChartAsync(Chart(mia, "Breaches"), [report.Breaches], ceiling);
    }

    private static async Task AssertChartAsync(ILocator chart, int[][] series, int? ceiling)
    {
        await chart.GetByText("Show as a table").ClickAsync();
        var rows = await chart.Locator("tbody tr").EvaluateAllAsync<string[][]>("rows => rows.map(row => [...row.cells].slice(1).map(cell => cell.textContent))");
        var table = rows.Select(row => row.Select(cell => int.Parse(cell, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)));
        Assert.Equal(Enumerable.Range(0, series[0].Length).Select(day => series.Select(values => values[day])), table);

        var ticks = await chart.Locator(".hd-plot g text").AllTextContentsAsync();
        var top = int.Parse(ticks[^1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.Equal(("0", ceiling ?? top), (ticks[0], top));
        Assert.True(top >= series.Max(values => values.Max()));
        var lines = await chart.Locator(".hd-plot polyline").EvaluateAllAsync<string[]>("lines => lines.map(line => line.getAttribute('points'))");
        Assert.Equal(series.Length, lines.Length);
        foreach (var (line, values) in lines.Zip(series))
        {
            var points = line.Split(' ').Select(point => point.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray()).ToArray();
            Assert.Equal(values.Length, points.Length);
            for (var day = 0; day < values.Length; day++)
            {
                Assert.Equal(Left + (day * (Width - Left - Right) / (values.Length - 1)), points[day][0], 3);
                Assert.Equal(Height - Bottom - (values[day] * (Height - Bottom - Top) / top), points[day][1], 3);
            }
        }
    }

    private static ILocator Chart(Visitor mia, string title) => mia.Page.GetByRole(AriaRole.Region, new() { Name = title, Exact = true });

    private async Task OpenedAsync(int count, int daysAgo)
    {
        var ann = Actor.User(await Host.IdOfAsync("ann"), HelpDeskRoles.Support);
        var day = TimeProvider.System.GetUtcNow().AddDays(-daysAgo);
        for (var i = 0; i < count; i++)
        {
            var number = await OpenTicketAsync("alice", "By day");
            if (i == count - 1)
                await Host.DoAsync(tickets => tickets.ResolveAsync(new ResolveTicket { Actor = ann, Ticket = TicketKey.Parse(number) }, CancellationToken));
            await using var scope = Host.Services.CreateAsyncScope();
            var rows = scope.ServiceProvider.GetRequiredService<AppDbContext>().Set<Ticket>().Where(ticket => ticket.Number == number);
            await rows.ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.CreatedAt, day), CancellationToken);
            await rows.Where(ticket => ticket.ResolvedAt != null).ExecuteUpdateAsync(set => set.SetProperty(ticket => ticket.ResolvedAt, day), CancellationToken);
        }
    }

    private sealed record Report(int[] Opened, int[] Resolved, int[] Breaches);
}
