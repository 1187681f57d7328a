using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Service;

/// <summary>Looks from time to time at what meters show of the database; not once where nobody listens.</summary>
internal sealed class TelemetryService(IServiceScopeFactory scopes, HelpDeskTelemetry telemetry, TimeProvider clock, ILogger<TelemetryService> logger) : BackgroundService
{
    private const int LooksBetweenCounts = 4; // Counting tickets reads an index from end to end.

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private Dictionary<TicketStatus, long> tickets = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        for (var look = 0; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            try
            {
                if (telemetry.IsSampled)
                    await SampleAsync(isCounting: look++ % LooksBetweenCounts == 0, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                telemetry.NotSampled();
                Log.SweepFailed(logger, "telemetry", exception);
            }
        }
    }

    private async Task SampleAsync(bool isCounting, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (depth, lag) = await scope.ServiceProvider.GetRequiredService<OutboxState>().ReadAsync(cancellationToken);
        if (isCounting)
            tickets = await CountAsync(scope.ServiceProvider.GetRequiredService<HelpDeskDb>(), cancellationToken);
        telemetry.Sampled(depth, lag, tickets);
    }

    // The closed ones are most of all, and no queue.
    private static async Task<Dictionary<TicketStatus, long>> CountAsync(HelpDeskDb db, CancellationToken cancellationToken)
    {
        var counted = await db.Tickets.Where(ticket => ticket.Status != TicketStatus.Closed)
            .GroupBy(ticket => ticket.Status).Select(group => new { Status = group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(row => row.Status, row => row.Count, cancellationToken);
        foreach (var status in new[] { TicketStatus.Open, TicketStatus.Pending, TicketStatus.Resolved })
            counted.TryAdd(status, 0);
        return counted;
    }
}
