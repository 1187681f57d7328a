using HelpDesk.Inbound.Pickup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Looks into the folder in an interval.</summary>
internal sealed class PickupFolderService(IServiceScopeFactory scopes, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<PickupFolderService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pickup = options.Value.Inbound.Pickup;
        using var timer = new PeriodicTimer(pickup.Interval, clock);
        while (pickup.RunsInBackground && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<IPickupFolder>().CollectAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, "pickup folder", exception);
            }
        }
    }
}
