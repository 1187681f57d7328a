using HelpDesk.AspNetCore.Http;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.AspNetCore.Reports;

/// <summary>Tickets as a table, written as they are read: no more of them is in memory than the client has not taken yet.</summary>
/// <param name="tickets">The tickets, at the first one.</param>
/// <param name="hasAny">Whether there is a first one.</param>
/// <param name="fileName">The name to store it by, in ASCII.</param>
internal sealed class CsvAnswer(IAsyncEnumerator<ReportRow> tickets, bool hasAny, string fileName) : IResult
{
    public const string MediaType = "text/csv";

    private const int PieceSize = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        InertHeaders.Set(response, $"attachment; filename=\"{fileName}\"");
        response.ContentType = $"{MediaType}; charset=utf-8; header=present";
        var written = 0;
        try
        {
            await using (tickets)
            {
                var csv = new CsvWriter();
                TicketTable.WriteHeader(csv);
                for (var isThere = hasAny; isThere; isThere = await tickets.MoveNextAsync())
                {
                    TicketTable.Write(csv, tickets.Current);
                    written++;
                    if (csv.Written.Length >= PieceSize)
                        await SendAsync(csv, httpContext);
                }

                await SendAsync(csv, httpContext);
            }
        }
        catch (Exception exception) when (response.HasStarted && !httpContext.RequestAborted.IsCancellationRequested)
        {
            Log.ExportBrokeOff(httpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("HelpDesk.AspNetCore"), written, exception);
            // Half a table must not end as if it were a whole one.
            httpContext.Abort();
        }
    }

    private static async Task SendAsync(CsvWriter csv, HttpContext httpContext)
    {
        await httpContext.Response.Body.WriteAsync(csv.Written, httpContext.RequestAborted);
        csv.Taken();
    }
}
