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
            ? Task.WhenAll(EveryAsync(attachments.SweepInterval, "upload", SweepUploadsAsync, stoppingToken), EveryAsync(attachments.SweepInterval, "orphan", SweepOrphansAsync, stoppingToken))
            : Task.CompletedTask;
    }

    private static Task SweepUploadsAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<IAttachmentSweep>().DeleteExpiredUploadsAsync(cancellationToken);

    // The time of the last one is in the database: no process lives for as long as an interval, and one of them is enough.
    private async Task SweepOrphansAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<UploadLedger>().ClaimOrphanSweepAsync(options.Value.Attachments.OrphanInterval, cancellationToken))
            await services.GetRequiredService<IAttachmentSweep>().DeleteOrphansAsync(cancellationToken);
    }

    private async Task EveryAsync(TimeSpan interval, string name, Func<IServiceProvider, CancellationToken, Task> run, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await run(scope.ServiceProvider, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.SweepFailed(logger, name, exception);
            }
        }
    }
}
