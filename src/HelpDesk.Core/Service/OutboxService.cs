using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Hands events over as they are committed.</summary>
internal sealed class OutboxService(DeliveryPump pump, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<OutboxService> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.Value.Outbox.RunsInBackground && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await pump.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.DispatchFailed(logger, exception);
                await Task.Delay(PauseAfterFailure, clock, stoppingToken);
            }
        }
    }
}
