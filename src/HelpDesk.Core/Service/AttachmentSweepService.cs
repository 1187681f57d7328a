using HelpDesk.Attachments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Lets both sweeps of files run in their intervals.</summary>
internal sealed class AttachmentSweepService(IServiceScopeFactory scopes, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<AttachmentSweepService> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var attachments = options.Value.Attachments;
        return attachments.RunsInBackground
            ? Task.WhenAll(
                EveryAsync(attachments.SweepInterval, "upload", (sweep, token) => sweep.DeleteExpiredUploadsAsync(token), stoppingToken),
                EveryAsync(attachments.OrphanInterval, "orphan", (sweep, token) => sweep.DeleteOrphansAsync(token), stoppingToken))
            : Task.CompletedTask;
    }

    private async Task EveryAsync(TimeSpan interval, string name, Func<IAttachmentSweep, CancellationToken, Task> run, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await run(scope.ServiceProvider.GetRequiredService<IAttachmentSweep>(), stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, name, exception);
            }
        }
    }
}
