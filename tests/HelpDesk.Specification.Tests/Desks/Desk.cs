using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.Specification.Desks;

/// <summary>A host with the help desk in it, and the few sentences that tests say to it.</summary>
/// <remarks>Every sentence runs in a scope of its own, as every request does.</remarks>
public sealed class Desk : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly Type contextType;
    private readonly Action<DbContext>? eachContext;

    private Desk(ServiceProvider services, Type contextType, Action<DbContext>? eachContext, string files)
    {
        Files = files;
        this.services = services;
        this.contextType = contextType;
        this.eachContext = eachContext;
    }

    public IServiceProvider Services => services;

    /// <summary>The folder for files; gone with the desk.</summary>
    public string Files { get; }

    public FakeTimeProvider Clock => services.GetRequiredService<FakeTimeProvider>();

    public DeskUsers Users => services.GetRequiredService<DeskUsers>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Desk Create<TContext>(Action<DbContextOptionsBuilder> provider, DeskSetup setup)
        where TContext : DbContext
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var files = setup.Files ?? Path.Combine(Path.GetTempPath(), $"helpdesk-files-{Guid.NewGuid():N}");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton<DeskUsers>();
        var addContext = setup.AddContext ?? ((target, configure) => target.AddDbContext<TContext>(configure));
        addContext(services, options =>
        {
            (setup.Provider ?? provider)(options);
            setup.Context?.Invoke(options);
        });
        services.Configure<HelpDeskOptions>(options =>
        {
            options.Assignment.Strategy = setup.Strategy;
            options.Attachments.Path = files;
        });
        var builder = services.AddHelpDesk(setup.Options).UseDbContext<TContext>().UseUserDirectory<InMemoryDirectory>();
        if (setup.HasHandlers)
            builder.AddTicketEventHandler<FirstHandler>().AddTicketEventHandler<SecondHandler>();
        setup.HelpDesk?.Invoke(builder);
        return new Desk(services.BuildServiceProvider(validateScopes: true), typeof(TContext), setup.EachContext, files);
    }

    public DeskScope NewScope()
    {
        var scope = services.CreateAsyncScope();
        var context = (DbContext)scope.ServiceProvider.GetRequiredService(contextType);
        eachContext?.Invoke(context);
        return new DeskScope(scope, context);
    }

    public async Task<T> AskAsync<T>(Func<ITicketService, Task<T>> ask)
    {
        await using var scope = NewScope();
        return await ask(scope.Tickets);
    }

    /// <summary>Looks into the database behind the help desk's back.</summary>
    public async Task<T> ReadAsync<T>(Func<DbContext, Task<T>> read)
    {
        await using var scope = NewScope();
        return await read(scope.Context);
    }

    public async Task<TicketView> OpenAsync(
        Actor actor, string subject = "The printer burns", string body = "Since this morning.", TicketPriority priority = TicketPriority.Normal, string? category = null) =>
        (await AskAsync(tickets => tickets.OpenAsync(
            new OpenTicket { Actor = actor, Subject = subject, Body = body, Priority = priority, Category = category }, Token))).Ticket();

    public Task<MessageReceipt> ReplyAsync(Actor actor, TicketKey ticket, string body = "An answer.") =>
        AskAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = ticket, Body = body }, Token));

    public Task<MessageReceipt> NoteAsync(Actor actor, TicketKey ticket, string body = "Among us.") =>
        AskAsync(tickets => tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = ticket, Body = body, IsPrivate = true }, Token));

    public Task<TicketView> ChangeAsync(ChangeTicket command) => AskAsync(tickets => tickets.ChangeAsync(command, Token));

    public Task<TicketView> ResolveAsync(Actor actor, TicketKey ticket, string? message = null) =>
        AskAsync(tickets => tickets.ResolveAsync(new ResolveTicket { Actor = actor, Ticket = ticket, Message = message }, Token));

    public Task<TicketView> CloseAsync(Actor actor, TicketKey ticket, string? message = null) =>
        AskAsync(tickets => tickets.CloseAsync(new CloseTicket { Actor = actor, Ticket = ticket, Message = message }, Token));

    public Task<TicketView> ReopenAsync(Actor actor, TicketKey ticket, string? message = null) =>
        AskAsync(tickets => tickets.ReopenAsync(new ReopenTicket { Actor = actor, Ticket = ticket, Message = message }, Token));

    public Task<TicketConversation?> ConversationAsync(Actor actor, TicketKey ticket) =>
        AskAsync(tickets => tickets.GetAsync(new GetTicket { Actor = actor, Ticket = ticket }, Token));

    /// <summary>The ticket as somebody sees it, who must see it.</summary>
    public async Task<TicketView> SeeAsync(Actor actor, TicketKey ticket) => (await ConversationAsync(actor, ticket))!.Ticket();

    /// <summary>The texts that somebody sees, oldest first.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(Actor actor, TicketKey ticket) => (await ConversationAsync(actor, ticket))!.Texts();

    public async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(TicketKey ticket) =>
        (await AskAsync(tickets => tickets.GetHistoryAsync(new GetHistory { Actor = Actors.Root, Ticket = ticket }, Token)))!.Entries;

    public Task<TicketPage> SearchAsync(SearchTickets query) => AskAsync(tickets => tickets.SearchAsync(query, Token));

    public Task<List<TicketEvent>> EventsAsync(Guid ticket) => ReadAsync(context =>
        context.Set<TicketEvent>().AsNoTracking().Where(e => e.TicketId == ticket).OrderBy(e => e.TicketSequence).ToListAsync(Token));

    public Task<Ticket> StoredAsync(Guid ticket) => ReadAsync(context => context.Set<Ticket>().AsNoTracking().SingleAsync(t => t.Id == ticket, Token));

    /// <summary>Stores a file ahead of a command.</summary>
    public async Task<StagedUpload> StageAsync(Actor actor, Stream content, string fileName = "printer.png", string? contentType = "image/png", CancellationToken? cancellationToken = null)
    {
        await using var scope = NewScope();
        var upload = new StageUpload { Actor = actor, FileName = fileName, ContentType = contentType, Content = content };
        return await scope.Services.GetRequiredService<IAttachmentUploads>().StageAsync(upload, cancellationToken ?? Token);
    }

    public Task<StagedUpload> StageAsync(Actor actor, string text = "What burns.", string fileName = "printer.png") =>
        StageAsync(actor, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), fileName);

    public async Task<int> DiscardAsync(Actor actor, params IReadOnlyCollection<Guid> uploads)
    {
        await using var scope = NewScope();
        return await scope.Services.GetRequiredService<IAttachmentUploads>().DiscardAsync(new DiscardUploads { Actor = actor, Uploads = uploads }, Token);
    }

    /// <summary>Lets the sweeps of files run, both or one.</summary>
    public async Task<int> SweepFilesAsync(bool uploads = true, bool orphans = true)
    {
        await using var scope = NewScope();
        var sweep = scope.Services.GetRequiredService<IAttachmentSweep>();
        return (uploads ? await sweep.DeleteExpiredUploadsAsync(Token) : 0) + (orphans ? await sweep.DeleteOrphansAsync(Token) : 0);
    }

    /// <summary>Delivers what is due, as the outbox's service does.</summary>
    public async Task<DispatchResult> DispatchAsync()
    {
        await using var scope = NewScope();
        return await scope.Services.GetRequiredService<IOutboxDispatcher>().DispatchAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (Directory.Exists(Files))
            Directory.Delete(Files, recursive: true);
    }

    private sealed class FirstHandler : ITicketEventHandler
    {
        public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class SecondHandler : ITicketEventHandler
    {
        public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
