using HelpDesk.Assignment;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Assigns waiting tickets: at once when this process makes room, within a second when another one does. Recounts the loads once in the interval.</summary>
internal sealed class AssignmentService(
    IServiceScopeFactory scopes, BackgroundWork work, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<AssignmentService> logger) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100); // However much changes, it looks ten times a second at most.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var nextRecount = clock.GetUtcNow();
        while (options.Value.Assignment.RunsInBackground)
        {
            work.Assignment.Clear();
            var now = clock.GetUtcNow();
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var queue = scope.ServiceProvider.GetRequiredService<IAssignmentQueue>();
                await queue.AssignWaitingAsync(stoppingToken);
                if (nextRecount <= now)
                {
                    nextRecount = now + options.Value.Escalation.Interval;
                    var corrected = await queue.RecountAsync(stoppingToken);
                    if (corrected > 0)
                        Log.LoadsCorrected(logger, corrected);
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, "assignment", exception);
                await Task.Delay(PauseAfterFailure, clock, stoppingToken);
                continue;
            }

            await work.Assignment.WaitAsync(Pause, now + Poll, stoppingToken);
        }
    }
}
