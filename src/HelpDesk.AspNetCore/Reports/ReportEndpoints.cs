using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HelpDesk.AspNetCore.Reports;

/// <summary>What the desk has done in a span of time: as numbers, and as a table of the tickets behind them.</summary>
internal static class ReportEndpoints
{
    private const string Tag = "Reports";

    private const string Period =
        "`from` and `to` are dates (2026-11-24: a day in UTC; as `to` it is included as a whole) or ISO 8601 times (without an offset in UTC; as `to` it is excluded). "
        + "At most 400 days. Without `to` it ends with today, without `from` it begins 30 days before its end.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/reports", GetAsync)
            .Describe("HelpDesk.GetReport", Tag, "Counts and measures what the desk has done in a span of time; for managers.")
            .WithDescription(
                Period + "\n\n"
                + "Each number goes by the time stamp of what it counts, so a ticket of before that was resolved in the span is one of the resolved. "
                + "`opened`: by `createdAt`. `resolved`: by `resolvedAt`; not what was reopened since, nor what was closed without being resolved. "
                + "`firstResponseTime`: from `createdAt` to `firstRespondedAt`, of tickets first answered in the span. `resolutionTime`: from `createdAt` to `resolvedAt`, of the resolved. "
                + "Both in whole seconds around the clock; `median` and `p90` are interpolated linearly, and null where `count` is 0. "
                + "`breaches`: targets, by the time at which the breach was found, else by the due time. "
                + "`agents` and `categories` go by what the ticket has now, and hold those of which there is something to tell; `id` and `name` are null for no agent, `name` for no category. "
                + "There are at most 100 categories, those with the most to tell; `categoriesLeftOut` says how many there are beside them. `days` are all days in UTC that the span touches. What is open now is in `/stats`.")
            .TakesQuery<string>("from").TakesQuery<string>("to")
            .Gives<ReportResponse>().Fails(400);
        api.MapGet("/reports/tickets.csv", ExportAsync)
            .Describe("HelpDesk.ExportTickets", Tag, "Downloads the tickets that the report counts as a table for spreadsheets; for managers.")
            .WithDescription(
                Period + "\n\n"
                + "The tickets that were opened, first answered, resolved or breached in the span, oldest first. UTF-8 with a byte order mark, commas, quotes as in RFC 4180, times in ISO 8601 and UTC, durations in seconds. "
                + "Before what a spreadsheet would take for a formula stands an apostrophe. What agents alone may see is empty for the caller's own tickets. Columns: `" + TicketTable.Header + "`.")
            .TakesQuery<string>("from").TakesQuery<string>("to")
            .GivesCsv().Fails(400);
    }

    private static async Task<IResult> GetAsync(HttpContext context, ITicketReports reports)
    {
        var query = ReportPeriod.Read(context.Request.Query, context.GetManager());
        return JsonAnswer.Ok(ReportResponse.Of(await reports.GetAsync(query, context.RequestAborted)));
    }

    private static async Task<IResult> ExportAsync(HttpContext context, ITicketReports reports)
    {
        var actor = context.GetManager();
        var export = reports.Export(ReportPeriod.Read(context.Request.Query, actor));
        var tickets = export.Tickets.GetAsyncEnumerator(context.RequestAborted);
        // While it can still be answered as a problem that the database is away.
        var hasAny = await tickets.MoveNextAsync();
        return new CsvAnswer(tickets, hasAny, ReportPeriod.FileName(export.From, export.To));
    }
}
