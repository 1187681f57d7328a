using System.ComponentModel;
using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Inbound.Pickup;
using HelpDesk.Notifications;
using HelpDesk.Numbering;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Service;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk;

/// <summary>Sets up the help desk, as <c>AddHelpDesk()</c> returns it. <c>Use…</c> replaces one policy, <c>Add…</c> appends; both may be called again, in any order.</summary>
public sealed class HelpDeskBuilder
{
    internal HelpDeskBuilder(IServiceCollection services) => Services = services;

    /// <summary>The host's services, for packages that extend the builder.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IServiceCollection Services { get; }

    /// <summary>Sets options of a package that extends the builder from the section that <c>AddHelpDesk(configuration)</c> was given, in whatever order the two are called.</summary>
    /// <typeparam name="TOptions">The package's options.</typeparam>
    /// <param name="section">The name of the section within it, as <c>Smtp</c>.</param>
    /// <param name="bind">Binds them: Core has no binder.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public HelpDeskBuilder Configure<TOptions>(string section, Action<IConfiguration, TOptions> bind)
        where TOptions : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(section);
        ArgumentNullException.ThrowIfNull(bind);
        Services.AddOptions<TOptions>().Configure<IServiceProvider>((options, services) =>
        {
            foreach (var configuration in services.GetServices<HelpDeskConfiguration>())
                bind(configuration.Section.GetSection(section), options);
        });
        return this;
    }

    /// <summary>Keeps the tickets in the host's own context, which calls <c>ApplyHelpDesk()</c> in <c>OnModelCreating</c>.</summary>
    /// <typeparam name="TContext">The context, registered by the host with <c>AddDbContext</c> or one of its variants.</typeparam>
    public HelpDeskBuilder UseDbContext<TContext>()
        where TContext : DbContext
    {
        Services.Replace(ServiceDescriptor.Scoped(static provider => new HelpDeskDb(provider.GetRequiredService<TContext>())));
        return this;
    }

    /// <summary>Finds people in a directory of the host's.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseUserDirectory<T>()
        where T : class, IUserDirectory => Use<IUserDirectory, T>();

    /// <summary>Numbers tickets in the host's own way.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseTicketNumberGenerator<T>()
        where T : class, ITicketNumberGenerator => Use<ITicketNumberGenerator, T>();

    /// <summary>Decides in the host's own way who sees which tickets and may do what with them.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseTicketAccess<T>()
        where T : class, ITicketAccess => Use<ITicketAccess, T>();

    /// <summary>Decides in the host's own way which agent becomes responsible.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseAssignmentStrategy<T>()
        where T : class, IAssignmentStrategy => Use<IAssignmentStrategy, T>();

    /// <summary>Promises in the host's own way.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseSlaPolicy<T>()
        where T : class, ISlaPolicy => Use<ISlaPolicy, T>();

    /// <summary>Keeps the bytes of files in a store of the host's.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseAttachmentStore<T>()
        where T : class, IAttachmentStore => Use<IAttachmentStore, T>();

    /// <summary>Lets a scanner of the host's look for malware before a file can be used; see <see cref="IAttachmentScanner"/>.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseAttachmentScanner<T>()
        where T : class, IAttachmentScanner => Use<IAttachmentScanner, T>();

    /// <summary>Lets a service of the library do what time brings: warn, escalate, and close what was resolved long ago. See <see cref="IEscalationSweep"/>.</summary>
    public HelpDeskBuilder AddEscalation()
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EscalationService>());
        return this;
    }

    /// <summary>Lets a handler of the host's know of every event; see <see cref="ITicketEventHandler"/>.</summary>
    /// <typeparam name="T">The handler; scoped. Its full name is what its deliveries are stored under.</typeparam>
    public HelpDeskBuilder AddTicketEventHandler<T>()
        where T : class, ITicketEventHandler
    {
        Services.TryAddScoped<T>();
        return AddHandler(typeof(T).FullName ?? typeof(T).Name, static services => services.GetRequiredService<T>());
    }

    /// <summary>Tells people of what concerns them by a sender of the host's; see <see cref="INotificationSender"/>.</summary>
    /// <typeparam name="T">The sender; scoped, unless the host registers it otherwise. Its full name is what its deliveries are stored under.</typeparam>
    public HelpDeskBuilder AddNotificationSender<T>()
        where T : class, INotificationSender => AddNotificationSender<T>(typeof(T).FullName ?? typeof(T).Name);

    /// <summary>Posts events, signed after Standard Webhooks, to another system of the host's. Each endpoint has deliveries of its own: one that is down holds up no other.</summary>
    /// <param name="name">The endpoint's stable name: its deliveries are stored under <c>webhook:{name}</c>. 1 to 100 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; letter case counts.</param>
    /// <param name="configure">Address, secrets and what else there is. Called again with one name, settings add up.</param>
    /// <exception cref="ArgumentException">The name has other characters, or too many.</exception>
    public HelpDeskBuilder AddWebhook(string name, Action<WebhookOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);
        if (name.Length is 0 or > 100 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
            throw new ArgumentException($"'{name}' is no name of a webhook. Use 1 to 100 letters, digits, '-', '_' and '.'.", nameof(name));

        Services.AddOptions<WebhookOptions>(name).Configure(configure).ValidateOnStart();
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        Services.TryAddSingleton<WebhookClient>();
        return AddHandler(WebhookHandler.Prefix + name, services => ActivatorUtilities.CreateInstance<WebhookHandler>(services, name));
    }

    /// <summary>Takes mail in by a source of the host's or of a package; see <see cref="IInboundSource"/>. A service of the library processes it.</summary>
    /// <typeparam name="T">The source; a singleton.</typeparam>
    public HelpDeskBuilder AddInboundSource<T>()
        where T : class, IInboundSource
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IInboundSource, T>());
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, InboundService>());
        return this;
    }

    /// <summary>Takes mail in from a folder of raw messages, as a mail server's pipe or a test writes them; see <see cref="IPickupFolder"/>.</summary>
    /// <param name="configure">Settings on top of those of <c>HelpDesk:Inbound:Pickup</c>; null for none. <see cref="PickupFolderOptions.Path"/> is required.</param>
    public HelpDeskBuilder AddPickupFolderInbound(Action<PickupFolderOptions>? configure = null)
    {
        if (configure is not null)
            Services.Configure<HelpDeskOptions>(options => configure(options.Inbound.Pickup));
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HelpDeskOptions>, PickupFolderValidator>());
        Services.TryAddScoped<IPickupFolder, PickupFolder>();
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PickupFolderService>());
        return AddInboundSource<PickupFolderSource>();
    }

    /// <summary>Gives an account to whoever writes a mail for the first time; see <see cref="ISenderAccounts"/>.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseSenderAccounts<T>()
        where T : class, ISenderAccounts => Use<ISenderAccounts, T>();

    /// <summary>Decides in the host's own way who wants to be told of what, and in which language.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    public HelpDeskBuilder UseNotificationPreferences<T>()
        where T : class, INotificationPreferences => Use<INotificationPreferences, T>();

    /// <summary>Lets a service of the library hand events over to their handlers; see <see cref="IOutboxDispatcher"/>. Every handler and sender brings it along.</summary>
    public HelpDeskBuilder AddOutboxDispatcher()
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OutboxService>());
        return this;
    }

    internal HelpDeskBuilder AddNotificationSender<T>(string name)
        where T : class, INotificationSender
    {
        Services.TryAddScoped<T>();
        return AddHandler(name, services => ActivatorUtilities.CreateInstance<NotificationHandler>(services, name, services.GetRequiredService<T>()));
    }

    internal HelpDeskBuilder AddHandler(string name, Func<IServiceProvider, ITicketEventHandler> create)
    {
        if (name.Length > TicketLimits.KeyLength)
            throw new ArgumentException($"'{name}' has more than {TicketLimits.KeyLength} characters, which is what a delivery can store.");
        if (!Services.Any(service => service.ImplementationInstance is TicketEventHandlerRegistration known && known.Name == name))
            Services.AddSingleton(new TicketEventHandlerRegistration(name, create));
        return AddOutboxDispatcher();
    }

    private HelpDeskBuilder Use<TService, TImplementation>()
        where TService : class
        where TImplementation : class, TService
    {
        Services.Replace(ServiceDescriptor.Scoped<TService, TImplementation>());
        return this;
    }
}
