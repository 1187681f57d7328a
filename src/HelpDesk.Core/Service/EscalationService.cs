using HelpDesk.Escalation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Lets the escalation sweep run when the next ticket is due, and once in the interval for what other processes did.</summary>
internal sealed class EscalationService(
    IServiceScopeFactory scopes, BackgroundWork work, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<EscalationService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var escalation = options.Value.Escalation;
        while (escalation.RunsInBackground)
        {
            work.Escalation.Clear();
            var latest = clock.GetUtcNow() + escalation.Interval;
            try
            {
                if (await SweepAsync(stoppingToken) is { } next && next < latest)
                    latest = next;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, "escalation", exception);
                await Task.Delay(PauseAfterFailure, clock, stoppingToken);
                continue;
            }

            await work.Escalation.WaitAsync(Pause, latest, stoppingToken);
        }
    }

    private async Task<DateTimeOffset?> SweepAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<IEscalationSweep>().RunAsync(cancellationToken);
        if (result.Escalated + result.Warned + result.Closed > 0)
            Log.Escalated(logger, result.Escalated, result.Warned, result.Closed);
        return result.NextCheckAt;
    }
}
