using HelpDesk.Tickets;

namespace HelpDesk.AspNetCore.Reports;

internal sealed record ReportResponse(
    DateTimeOffset From,
    DateTimeOffset To,
    int Opened,
    int Resolved,
    TimesResponse FirstResponseTime,
    TimesResponse ResolutionTime,
    BreachesResponse Breaches,
    IReadOnlyList<AgentReportResponse> Agents,
    IReadOnlyList<CategoryReportResponse> Categories,
    int CategoriesLeftOut,
    IReadOnlyList<DayReportResponse> Days)
{
    public static ReportResponse Of(TicketReport report) => new(
        report.From,
        report.To,
        report.Total.Opened,
        report.Total.Resolved,
        TimesResponse.Of(report.Total.FirstResponseTime),
        TimesResponse.Of(report.Total.ResolutionTime),
        BreachesResponse.Of(report.Total.Breaches),
        [.. report.Agents.Select(AgentReportResponse.Of)],
        [.. report.Categories.Select(CategoryReportResponse.Of)],
        report.CategoriesLeftOut,
        [.. report.Days.Select(DayReportResponse.Of)]);
}

/// <summary>Of an agent's tickets; id and name are null where nobody is responsible.</summary>
internal sealed record AgentReportResponse(
    string? Id, string? Name, int Opened, int Resolved, TimesResponse FirstResponseTime, TimesResponse ResolutionTime, BreachesResponse Breaches)
{
    public static AgentReportResponse Of(AgentReport agent) => new(
        agent.Id, agent.Name, agent.Figures.Opened, agent.Figures.Resolved, TimesResponse.Of(agent.Figures.FirstResponseTime), TimesResponse.Of(agent.Figures.ResolutionTime), BreachesResponse.Of(agent.Figures.Breaches));
}

/// <summary>Of a category's tickets; the name is null where there is none.</summary>
internal sealed record CategoryReportResponse(
    string? Name, int Opened, int Resolved, TimesResponse FirstResponseTime, TimesResponse ResolutionTime, BreachesResponse Breaches)
{
    public static CategoryReportResponse Of(CategoryReport category) => new(
        category.Name, category.Figures.Opened, category.Figures.Resolved, TimesResponse.Of(category.Figures.FirstResponseTime), TimesResponse.Of(category.Figures.ResolutionTime), BreachesResponse.Of(category.Figures.Breaches));
}

internal sealed record DayReportResponse(DateOnly Date, int Opened, int Resolved, BreachesResponse Breaches)
{
    public static DayReportResponse Of(DayReport day) => new(day.Date, day.Opened, day.Resolved, BreachesResponse.Of(day.Breaches));
}

/// <summary>Whole seconds; null where nothing was measured.</summary>
internal sealed record TimesResponse(int Count, long? Median, long? P90)
{
    public static TimesResponse Of(ReportTimes times) => new(times.Count, (long?)times.Median?.TotalSeconds, (long?)times.P90?.TotalSeconds);
}

internal sealed record BreachesResponse(int Total, int FirstResponse, int NextResponse, int Resolution)
{
    public static BreachesResponse Of(ReportBreaches breaches) => new(breaches.Total, breaches.FirstResponse, breaches.NextResponse, breaches.Resolution);
}
