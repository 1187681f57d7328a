using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Processes mail as it is received, and looks in an interval for what other processes have received.</summary>
internal sealed class InboundService(InboundPump pump, BackgroundWork work, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<InboundService> logger) : BackgroundService
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var inbound = options.Value.Inbound;
        while (inbound.RunsInBackground)
        {
            work.Inbound.Clear();
            try
            {
                await pump.DrainAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, "inbound mail", exception);
                await Task.Delay(PauseAfterFailure, clock, stoppingToken);
                continue;
            }

            await work.Inbound.WaitAsync(TimeSpan.Zero, clock.GetUtcNow() + inbound.PollInterval, stoppingToken);
        }
    }
}
