using HelpDesk.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Hands events over as they are committed, and once an hour forgets those that are old.</summary>
internal sealed class OutboxService(
    IServiceScopeFactory scopes, DeliveryPump pump, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<OutboxService> logger) : BackgroundService
{
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromHours(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Value.Outbox.RunsInBackground ? Task.WhenAll(pump.RunAsync(stoppingToken), ForgetAsync(stoppingToken)) : Task.CompletedTask;

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RetentionInterval, clock);
        do
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IRetentionSweep>().RunAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, "retention", exception);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }
}
