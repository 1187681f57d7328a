using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Inbound.Pickup;
using HelpDesk.People;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Composition;

public sealed class CompositionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_forgotten_context_is_named_at_the_start(bool validatesOnBuild) => Assert.Contains(
        "UseDbContext", await StartErrorAsync(services => services.AddHelpDesk().UseUserDirectory<InMemoryDirectory>(), validatesOnBuild), StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_forgotten_directory_is_named_at_the_start(bool validatesOnBuild)
    {
        var error = await StartErrorAsync(services => services.AddHelpDesk().UseDbContext<DeskContext>(), validatesOnBuild);

        Assert.Contains("UseIdentity", error, StringComparison.Ordinal);
        Assert.Contains("UseUserDirectory", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_the_host_has_not_registered_is_named_at_the_start() => Assert.Contains(
        nameof(NoTickets), await StartErrorAsync(services => services.AddHelpDesk().UseDbContext<NoTickets>().UseUserDirectory<InMemoryDirectory>()), StringComparison.Ordinal);

    [Fact]
    public async Task A_context_without_the_help_desks_model_is_named_at_the_start()
    {
        var error = await StartErrorAsync(services =>
        {
            services.AddDbContext<NoTickets>(options => options.UseSqlite("Data Source=:memory:"));
            services.AddHelpDesk().UseDbContext<NoTickets>().UseUserDirectory<InMemoryDirectory>();
        });

        Assert.Contains("ApplyHelpDesk", error, StringComparison.Ordinal);
        Assert.Contains(nameof(NoTickets), error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_complete_host_starts_without_a_database()
    {
        Assert.Equal("", await StartErrorAsync(services => services.AddHelpDesk().UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>(), validatesOnBuild: true));
    }

    [Fact]
    public async Task A_wrong_option_is_named_at_the_start()
    {
        var wrong = new (string Name, Action<HelpDeskOptions> Configure)[]
        {
            ("ReopenWindow", options => options.ReopenWindow = TimeSpan.FromTicks(-1)),
            ("Limits:SubjectLength", options => options.Limits.SubjectLength = 256),
            ("Limits:SubjectLength", options => options.Limits.SubjectLength = 0),
            ("Limits:BodyLength", options => options.Limits.BodyLength = 1_000_001),
            ("Limits:AttachmentCount", options => options.Limits.AttachmentCount = -1),
            ("Limits:AttachmentCount", options => options.Limits.AttachmentCount = 101),
            ("Limits:AttachmentSize", options => options.Limits.AttachmentSize = 0),
            ("Limits:AttachmentSize", options => options.Limits.AttachmentSize = 5_368_709_121),
            ("Attachments:Path", options => options.Attachments.Path = " "),
            ("Attachments:Path", options => options.Attachments.Path = "a\0b"),
            ("Attachments:AllowedExtensions", options => options.Attachments.AllowedExtensions.Add("pdf")),
            ("Attachments:AllowedExtensions", options => options.Attachments.AllowedExtensions.Add(".tar.gz")),
            ("Attachments:AllowedExtensions", options => options.Attachments.AllowedExtensions.Add(".")),
            ("Attachments:UploadTimeout", options => options.Attachments.UploadTimeout = TimeSpan.Zero),
            ("Attachments:UploadLifetime", options => options.Attachments.UploadLifetime = TimeSpan.Zero),
            ("Attachments:Grace", options => options.Attachments.Grace = TimeSpan.FromSeconds(59)),
            ("Attachments:UploadLifetime", options => options.Attachments.UploadLifetime = TimeSpan.FromMinutes(29)),
            ("Attachments:Grace", options => options.Attachments.UploadTimeout = TimeSpan.FromHours(2)),
            ("Attachments:SweepInterval", options => options.Attachments.SweepInterval = TimeSpan.FromDays(2)),
            ("Attachments:OrphanInterval", options => options.Attachments.OrphanInterval = TimeSpan.FromSeconds(1)),
            ("Inbound:MaximumSize", options => options.Inbound.MaximumSize = 1023),
            ("Inbound:MaximumSize", options => options.Inbound.MaximumSize = 268_435_457),
            ("Inbound:OwnAddresses", options => options.Inbound.OwnAddresses.Add("support")),
            ("Inbound:MostPerSender", options => options.Inbound.MostPerSender = 0),
            ("Inbound:Retention", options => options.Inbound.Retention = TimeSpan.FromDays(6)),
            ("Inbound:Parallelism", options => options.Inbound.Parallelism = 0),
            ("Inbound:ProcessingTimeout", options => options.Inbound.ProcessingTimeout = TimeSpan.Zero),
            ("Inbound:ProcessingTimeout", options => (options.Inbound.ProcessingTimeout, options.Attachments.UploadLifetime, options.Attachments.UploadTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(30))),
            ("Inbound:MostAttempts", options => options.Inbound.MostAttempts = 0),
            ("Inbound:PollInterval", options => options.Inbound.PollInterval = TimeSpan.Zero),
            ("Notifications:MostAutomaticMails", options => options.Notifications.MostAutomaticMails = 0),
            ("Notifications:MostAutomaticMailsOfOneSubject", options => options.Notifications.MostAutomaticMailsOfOneSubject = 0),
            ("Notifications:AutomaticMailWindow", options => options.Notifications.AutomaticMailWindow = TimeSpan.Zero),
            ("Categories", options => options.Categories.Add(" ")),
            ("Categories", options => options.Categories.Add(new string('c', 101))),
            ("Moves", options => options.Moves.Clear()),
            ("Assignment:OnReply", options => options.Assignment.OnReply = (Assignment.AssignOnReply)9),
            ("Numbering:Prefix", options => options.Numbering.Prefix = ""),
            ("Numbering:Prefix", options => options.Numbering.Prefix = "A-B"),
            ("Numbering:Prefix", options => options.Numbering.Prefix = null!),
            ("Numbering:Digits", options => options.Numbering.Digits = 0),
            ("Numbering:BlockSize", options => options.Numbering.BlockSize = 0),
            ("Numbering:Mode", options => options.Numbering.Mode = (Numbering.TicketNumberMode)9),
            ("Numbering:TimeZone", options => options.Numbering.TimeZone = "Mars/Olympus"),
            ("Numbering:TimeZone", options => options.Numbering.TimeZone = ""),
            ("Numbering:TimeZone", options => options.Numbering.TimeZone = null!),
        };
        foreach (var (name, configure) in wrong)
        {
            var error = await StartErrorAsync(services => services.AddHelpDesk(configure).UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>());
            Assert.Contains($"HelpDesk:{name} ", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_pickup_folder_without_a_folder_or_with_wrong_settings_is_named_at_the_start()
    {
        Assert.Contains("HelpDesk:Inbound:Pickup:Path is not set", await ErrorAsync(_ => { }), StringComparison.Ordinal);
        Assert.Contains("HelpDesk:Inbound:Pickup:Recipient 'me'", await ErrorAsync(pickup => (pickup.Path, pickup.Recipient) = ("a", "me")), StringComparison.Ordinal);
        Assert.Contains("HelpDesk:Inbound:Pickup:AuthenticationServer 'a b'", await ErrorAsync(pickup => (pickup.Path, pickup.AuthenticationServer) = ("a", "a b")), StringComparison.Ordinal);
        Assert.Contains("HelpDesk:Inbound:Pickup:Interval", await ErrorAsync(pickup => (pickup.Path, pickup.Interval) = ("a", TimeSpan.Zero)), StringComparison.Ordinal);

        static Task<string> ErrorAsync(Action<PickupFolderOptions> configure) =>
            StartErrorAsync(services => services.AddHelpDesk().UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>().AddPickupFolderInbound(configure));
    }

    [Fact]
    public async Task A_source_of_mail_has_a_name_of_its_own()
    {
        Assert.Contains("'A Pigeon'", await StartErrorAsync(services => services.AddHelpDesk().UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>().AddInboundSource<Pigeon>()), StringComparison.Ordinal);
        Assert.Contains("one name", await StartErrorAsync(services => services.AddHelpDesk().UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>().AddInboundSource<Raven>().AddInboundSource<OtherRaven>()), StringComparison.Ordinal);
    }

    [Fact]
    public void Calls_may_be_repeated_and_settings_add_up()
    {
        var services = new ServiceCollection();
        for (var i = 0; i < 2; i++)
        {
            services.AddHelpDesk(options => options.Categories.Add("Printers")).UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>()
                .AddTicketEventHandler<Handler>().UseTicketAccess<OtherAccess>();
        }

        Assert.Single(services, service => service.ServiceType == typeof(ITicketService));
        Assert.Single(services, service => service.ServiceType == typeof(IUserDirectory));
        Assert.Single(services, service => service.ServiceType == typeof(ITicketAccess));
        Assert.Distinct(services.Where(service => service.ServiceType == typeof(IHostedService)).Select(service => service.ImplementationType));
        Assert.Single(services, service => service.ServiceType == typeof(TicketEventHandlerRegistration));
        Assert.Single(services, service => service.ServiceType == typeof(Handler));
        using var provider = services.BuildServiceProvider();
        Assert.Equal(2, provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<HelpDeskOptions>>().Value.Categories.Count);
    }

    [Fact]
    public void What_the_host_registered_first_wins_over_the_defaults()
    {
        var services = new ServiceCollection();
        services.AddScoped<ITicketAccess, OtherAccess>();
        services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());

        services.AddHelpDesk();

        Assert.Equal(typeof(OtherAccess), Assert.Single(services, service => service.ServiceType == typeof(ITicketAccess)).ImplementationType);
        Assert.Single(services, service => service.ServiceType == typeof(TimeProvider));
    }

    [Fact]
    public void The_order_of_calls_does_not_matter()
    {
        var services = new ServiceCollection();
        services.AddHelpDesk().UseTicketAccess<OtherAccess>();
        services.AddHelpDesk();

        Assert.Equal(typeof(OtherAccess), Assert.Single(services, service => service.ServiceType == typeof(ITicketAccess)).ImplementationType);
    }

    private sealed class Pigeon : Source
    {
        public override string Name => "A Pigeon";
    }

    private sealed class Raven : Source;

    private sealed class OtherRaven : Source;

    private abstract class Source : IInboundSource
    {
        public virtual string Name => "raven";

        public SenderVerdict Judge(SenderClaim claim) => SenderVerdict.Unknown;
    }

    private static async Task<string> StartErrorAsync(Action<IServiceCollection> add, bool validatesOnBuild = false)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<DeskUsers>();
        builder.Services.AddDbContext<DeskContext>(options => options.UseSqlite("Data Source=:memory:"));
        add(builder.Services);
        // As a host in the environment Development does.
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions { ValidateOnBuild = validatesOnBuild, ValidateScopes = validatesOnBuild }));
        try
        {
            using var host = builder.Build();
            await host.StartAsync(Token);
            await host.StopAsync(Token);
            return "";
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    [Fact]
    public async Task A_provider_that_is_none_of_the_three_is_named_at_the_start()
    {
        var error = await StartErrorAsync(services =>
        {
            services.AddDbContext<OtherProvider>(options => options.UseSqlite("Data Source=:memory:").ReplaceService<IDatabaseProvider, Acme>());
            services.AddHelpDesk().UseDbContext<OtherProvider>().UseUserDirectory<InMemoryDirectory>();
        });

        Assert.Contains("'Acme.Database'", error, StringComparison.Ordinal);
        Assert.Contains("UseNpgsql", error, StringComparison.Ordinal);
    }

    private sealed class OtherProvider(DbContextOptions<OtherProvider> options) : DbContext(options);

    private sealed class Acme : IDatabaseProvider
    {
        public string Name => "Acme.Database";

        public string? Version => "1";

        public bool IsConfigured(IDbContextOptions options) => true;
    }

    private sealed class NoTickets(DbContextOptions<NoTickets> options) : DbContext(options);

    private sealed class Handler : ITicketEventHandler
    {
        public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class OtherAccess : ITicketAccess
    {
        public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor) => tickets;

        public bool Allows(Actor actor, Ticket ticket, TicketAction action) => true;
    }
}
