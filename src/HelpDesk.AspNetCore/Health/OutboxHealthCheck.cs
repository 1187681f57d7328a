using System.Data.Common;
using System.Globalization;
using HelpDesk.Service;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Health;

internal sealed class OutboxHealthCheck(OutboxState outbox, IOptions<HelpDeskOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var (depth, lag) = await outbox.ReadAsync(cancellationToken);
            var data = new Dictionary<string, object> { ["depth"] = depth, ["lagSeconds"] = Math.Round(lag.TotalSeconds) };
            return lag <= options.Value.Outbox.HealthyLag
                ? HealthCheckResult.Healthy(data: data)
                : new HealthCheckResult(
                    context.Registration.FailureStatus,
                    string.Create(CultureInfo.InvariantCulture, $"{depth} deliveries wait, the oldest for {lag:d\\.hh\\:mm\\:ss}. Look at the log for what fails."),
                    data: data);
        }
        catch (DbException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.", exception);
        }
    }
}
