using HelpDesk.Assignment;
using HelpDesk.Persistence;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Hosts;

/// <summary>The ways in which hosts set up their contexts. None of them changes what the help desk does.</summary>
public abstract class HostSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Theory]
    [InlineData(QueryTrackingBehavior.NoTracking)]
    [InlineData(QueryTrackingBehavior.NoTrackingWithIdentityResolution)]
    public Task A_host_that_tracks_nothing_by_default(QueryTrackingBehavior behavior) =>
        TellAsync(new DeskSetup { Context = options => options.UseQueryTrackingBehavior(behavior) });

    [Fact]
    public Task A_host_with_lazy_loading_proxies() => TellAsync(new DeskSetup { Context = options => options.UseLazyLoadingProxies() });

    [Fact]
    public Task A_host_that_detects_no_changes_by_itself() => TellAsync(new DeskSetup { EachContext = context => context.ChangeTracker.AutoDetectChangesEnabled = false });

    [Fact]
    public Task A_host_whose_saves_make_no_transaction() =>
        TellAsync(new DeskSetup { EachContext = context => context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never });

    [Fact]
    public Task A_host_without_automatic_savepoints() => TellAsync(new DeskSetup { EachContext = context => context.Database.AutoSavepointsEnabled = false });

    [Fact]
    public Task A_host_that_splits_its_queries() => TellAsync(new DeskSetup
    {
        Context = options => Relational(options, relational => relational.WithUseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)),
    });

    [Fact]
    public Task A_host_that_sends_each_statement_alone() => TellAsync(new DeskSetup { Context = options => Relational(options, relational => relational.WithMaxBatchSize(1)) });

    [Fact]
    public Task A_host_that_takes_warnings_for_errors() => TellAsync(new DeskSetup
    {
        // The provider's own warning of a host that mixes SQLite and schemas, and the one of this test's many service providers, apart.
        Context = options => options.ConfigureWarnings(warnings => warnings.Default(WarningBehavior.Throw)
            .Ignore(CoreEventId.ManyServiceProvidersCreatedWarning, CoreEventId.SensitiveDataLoggingEnabledWarning)),
    });

    [Fact]
    public Task A_host_with_a_pool_of_contexts() => TellAsync(new DeskSetup { AddContext = (services, configure) => services.AddDbContextPool<DeskContext>(configure) });

    [Fact]
    public Task A_host_with_a_factory_of_contexts() => TellAsync(new DeskSetup { AddContext = (services, configure) => services.AddDbContextFactory<DeskContext>(configure) });

    [Fact]
    public Task A_host_with_a_pooled_factory_of_contexts() =>
        TellAsync(new DeskSetup { AddContext = (services, configure) => services.AddPooledDbContextFactory<DeskContext>(configure) });

    [Fact]
    public Task A_host_whose_conventions_shrink_and_convert_everything() => TellAsync<ConventionsContext>();

    [Fact]
    public Task A_host_whose_conventions_compare_without_letter_case() => TellAsync<ComparersContext>();

    [Fact]
    public Task A_host_that_renames_all_columns() => TellAsync<SnakeCaseContext>();

    [Fact]
    public Task A_host_with_a_prefix_of_its_own() => TellAsync<PrefixContext>();

    [Fact]
    public Task A_host_with_a_schema_of_its_own() => TellAsync<SchemaContext>();

    [Fact]
    public async Task A_host_that_tracks_an_outdated_ticket()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await using var scope = Desk.NewScope();
        var tracked = await scope.Context.Set<Ticket>().AsTracking().SingleAsync(t => t.Id == ticket.Id, Token);
        await Desk.ReplyAsync(Ann, ticket.Id, "Meanwhile.");
        await Desk.NoteAsync(Ann, ticket.Id, "Meanwhile, too.");

        var changed = await scope.Tickets.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Priority = TicketPriority.Urgent }, Token);

        Assert.Equal((TicketStatus.Pending, TicketPriority.Urgent, "ann"), (changed.Status, changed.Priority, changed.Assignee?.Id));
        Assert.Equal(changed, await Desk.SeeAsync(Mia, ticket.Id));
        Assert.Equal((changed.Version, EntityState.Unchanged), (tracked.Version, scope.Context.Entry(tracked).State));
        Assert.Equal(0, await scope.Context.SaveChangesAsync(Token));
    }

    [Fact]
    public async Task A_host_that_tracks_a_ticket_which_is_gone()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await using var scope = Desk.NewScope();
        await scope.Context.Set<Ticket>().AsTracking().SingleAsync(t => t.Id == ticket.Id, Token);
        await Desk.ReadAsync(context => context.Set<Ticket>().Where(t => t.Id == ticket.Id).ExecuteDeleteAsync(Token));

        await Assert.ThrowsAsync<NotFoundException>(() => scope.Tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = ticket.Id, Body = "Text" }, Token));
    }

    [Fact]
    public async Task A_host_that_does_all_in_one_request_with_one_context()
    {
        await using var scope = Desk.NewScope();
        var id = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "One", Body = "Text" }, Token)).Ticket().Id;
        await scope.Tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = id, Body = "Two" }, Token);
        await scope.Tickets.ResolveAsync(new ResolveTicket { Actor = Ann, Ticket = id }, Token);

        Assert.Empty(scope.Context.ChangeTracker.Entries());
        Assert.Equal(["Text", "Two"], (await scope.Tickets.GetAsync(new GetTicket { Actor = Alice, Ticket = id }, Token))!.Texts());
        Assert.Empty(scope.Context.ChangeTracker.Entries());
    }

    [Fact]
    public async Task A_host_that_corrects_its_own_row_and_repeats_the_command()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await using var scope = Desk.NewScope();
        var order = new HostOrder { Text = null!, TicketId = ticket.Id };
        scope.Context.Add(order);
        var reply = new ReplyToTicket { Actor = Ann, Ticket = ticket.Id, Body = "Text" };

        await Assert.ThrowsAsync<DbUpdateException>(() => scope.Tickets.ReplyAsync(reply, Token));
        order.Text = "Corrected";
        await scope.Tickets.ReplyAsync(reply, Token);

        Assert.Equal(2, (await Desk.TextsAsync(Alice, ticket.Id)).Count);
        Assert.Equal(["Corrected"], await Desk.ReadAsync(context => context.Set<HostOrder>().Where(o => o.TicketId == ticket.Id).Select(o => o.Text).ToListAsync(Token)));
    }

    [Fact]
    public async Task A_deletion_that_the_host_has_pending_stays_pending_when_a_command_fails()
    {
        var (deleted, other) = (await Desk.OpenAsync(Alice), await Desk.OpenAsync(Alice));
        await using var scope = Desk.NewScope();
        var row = await scope.Context.Set<Ticket>().AsTracking().SingleAsync(ticket => ticket.Id == deleted.Id, Token);
        scope.Context.Remove(row);

        await Assert.ThrowsAsync<VersionMismatchException>(() => scope.Tickets.ReplyAsync(
            new ReplyToTicket { Actor = Ann, Ticket = other.Id, Body = "Text", IfVersion = Guid.NewGuid() }, Token));

        Assert.Equal(EntityState.Deleted, scope.Context.Entry(row).State);
        await scope.Context.SaveChangesAsync(Token);
        Assert.Null(await Desk.ConversationAsync(Alice, deleted.Id));
    }

    protected Task TellAsync(DeskSetup setup) => TellAsync<DeskContext>(setup);

    protected async Task TellAsync<TContext>(DeskSetup? setup = null)
        where TContext : DbContext
    {
        setup ??= new DeskSetup();
        setup.Strategy = BuiltInStrategy.LeastLoaded;
        await using var desk = await Fixture.StartAsync<TContext>(setup);
        await LifeStory.TellAsync(desk);
    }

    protected static void Relational(DbContextOptionsBuilder options, Func<RelationalOptionsExtension, RelationalOptionsExtension> change) =>
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(change(RelationalOptionsExtension.Extract(options.Options)));
}
