using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Processes mail as it is received.</summary>
internal sealed class InboundService(InboundPump pump, IOptions<HelpDeskOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Inbound.RunsInBackground)
            await pump.RunAsync(stoppingToken);
    }
}
