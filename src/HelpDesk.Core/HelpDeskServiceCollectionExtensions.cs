using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Numbering;
using HelpDesk.Persistence;
using HelpDesk.Service;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk;

/// <summary>Adds the help desk to the host's services.</summary>
public static class HelpDeskServiceCollectionExtensions
{
    /// <summary>Adds the help desk. May be called again: settings add up.</summary>
    /// <param name="services">The host's services. What the host registered itself wins over the defaults.</param>
    /// <param name="configure">Settings; null for the defaults.</param>
    /// <returns>The builder, on which <c>UseDbContext&lt;T&gt;()</c> and a user directory must be named.</returns>
    public static HelpDeskBuilder AddHelpDesk(this IServiceCollection services, Action<HelpDeskOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        // Before anything looks for a charset: MimeKit remembers what it has not found.
        MailText.KnowCharsets();
        services.AddOptions<HelpDeskOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HelpDeskOptions>, HelpDeskOptionsValidator>());
        if (configure is not null)
            services.Configure(configure);

        services.TryAddScoped(CompositionCheck.NoContext);
        services.TryAddScoped(CompositionCheck.NoDirectory);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CounterRanges>();
        services.TryAddSingleton<WriterQueue>();
        services.TryAddScoped<ITicketNumberGenerator, YearlyTicketNumberGenerator>();
        services.TryAddScoped<ITicketAccess, DefaultTicketAccess>();
        services.TryAddSingleton<AssignmentsUnderWay>();
        services.TryAddSingleton<RefusedTickets>();
        services.TryAddSingleton<BackgroundWork>();
        services.TryAddSingleton<HelpDeskTelemetry>();
        services.TryAddSingleton<CommitObserver>();
        services.TryAddSingleton<TicketEventHandlers>();
        services.TryAddSingleton<DeliveryPump>();
        services.TryAddSingleton<INotificationPreferences, NoPreferences>();
        services.TryAddScoped(BuiltInAssignment);
        services.TryAddSingleton<ISlaPolicy, ConfiguredSlaPolicy>();
        services.TryAddSingleton<IAttachmentStore, FileSystemAttachmentStore>();
        services.TryAddScoped<CommandRunner>();
        services.TryAddScoped<TicketCounters>();
        services.TryAddScoped<Idempotency>();
        services.TryAddScoped<TicketService>();
        services.TryAddScoped<ITicketService>(static provider => provider.GetRequiredService<TicketService>());
        services.TryAddScoped<ICategoryList, CategoryList>();
        services.TryAddScoped<IAgentProfiles, AgentProfiles>();
        services.TryAddScoped<ISavedReplies, SavedReplies>();
        services.TryAddSingleton<FeedReader>();
        services.TryAddScoped<ITicketFeed, TicketFeed>();
        services.TryAddScoped<IPresence, PresenceService>();
        services.TryAddScoped<ITicketReports, TicketReports>();
        services.TryAddScoped<Roster>();
        services.TryAddScoped<Assigner>();
        services.TryAddScoped<SlaKeeper>();
        services.TryAddScoped<IAssignmentQueue, AssignmentQueue>();
        services.TryAddScoped<IEscalationSweep, EscalationSweep>();
        services.TryAddScoped<DeliveryStore>();
        services.TryAddScoped<NotificationPlan>();
        services.TryAddScoped<NotificationComposer>();
        services.TryAddScoped<AutomaticMailCaps>();
        services.TryAddScoped<OutboxState>();
        services.TryAddScoped<IOutboxDispatcher, OutboxDispatcher>();
        services.TryAddScoped<IDeadLetters, DeadLetters>();
        services.TryAddScoped<IRetentionSweep, RetentionSweep>();
        services.TryAddScoped<UploadLedger>();
        services.TryAddScoped<UploadRemoval>();
        services.TryAddScoped<UploadStaging>();
        services.TryAddScoped<StoredFiles>();
        services.TryAddScoped<IAttachmentUploads, AttachmentUploads>();
        services.TryAddScoped<IAttachmentSweep, AttachmentSweep>();
        services.TryAddSingleton<InboundPump>();
        services.TryAddScoped<InboundLedger>();
        services.TryAddScoped<EvidenceFinder>();
        services.TryAddScoped<InboundRouter>();
        services.TryAddScoped<InboundFiles>();
        services.TryAddScoped<InboundHandler>();
        services.TryAddScoped<DeliveryReports>();
        services.TryAddScoped<IInboundEmailProcessor, InboundEmailProcessor>();
        services.TryAddScoped<IInboundMailbox, InboundMailbox>();
        services.TryAddScoped<ISlaRecalculation, SlaRecalculation>();
        services.TryAddScoped<ISlaSimulation, TicketSimulation>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, CompositionCheck>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AssignmentService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RetentionService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, AttachmentSweepService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TelemetryService>());
        return new HelpDeskBuilder(services);
    }

    private static IAssignmentStrategy BuiltInAssignment(IServiceProvider services) =>
        services.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Assignment.Strategy switch
        {
            BuiltInStrategy.LeastLoaded => new LeastLoadedAssignment(),
            BuiltInStrategy.RoundRobin => new RoundRobinAssignment(),
            BuiltInStrategy.None => new NoAssignment(),
            var other => throw new InvalidOperationException($"There is no assignment strategy {other}."),
        };
}
