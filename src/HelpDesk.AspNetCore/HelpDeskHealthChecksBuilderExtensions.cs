using HelpDesk.AspNetCore.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HelpDesk;

/// <summary>Adds what the help desk needs to the host's health checks.</summary>
public static class HelpDeskHealthChecksBuilderExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds two checks, both with the tag <c>helpdesk</c>: <c>helpdesk-database</c> is unhealthy where the database does not answer within 5 seconds, and
    /// <c>helpdesk-outbox</c> is degraded where an event waits for a handler for longer than <c>HelpDesk:Outbox:HealthyLag</c>. May be called again.
    /// </summary>
    /// <param name="builder">What <c>services.AddHealthChecks()</c> returns.</param>
    public static IHealthChecksBuilder AddHelpDesk(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Configure<HealthCheckServiceOptions>(static options =>
        {
            if (options.Registrations.Any(registration => registration.Name == "helpdesk-database"))
                return;

            options.Registrations.Add(Check<DatabaseHealthCheck>("helpdesk-database", HealthStatus.Unhealthy));
            // A mail server that is away is no reason to take requests from the nodes that cannot reach it.
            options.Registrations.Add(Check<OutboxHealthCheck>("helpdesk-outbox", HealthStatus.Degraded));
        });
        return builder;
    }

    private static HealthCheckRegistration Check<T>(string name, HealthStatus failureStatus)
        where T : IHealthCheck => new(name, services => ActivatorUtilities.CreateInstance<T>(services), failureStatus, ["helpdesk"], Patience);
}
