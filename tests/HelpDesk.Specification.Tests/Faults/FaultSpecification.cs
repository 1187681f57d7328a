using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpDesk.Specification.Faults;

/// <summary>Whatever call of a command fails: all of it is there, with the host's own row, or none; and the context is clean afterwards.</summary>
public abstract class FaultSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private const int MostCalls = 40;

    public static TheoryData<string, bool, bool> Cases()
    {
        var cases = new TheoryData<string, bool, bool>();
        foreach (var command in FaultyCommands.Names)
        {
            foreach (var inTransaction in new[] { false, true })
            {
                foreach (var isTracked in new[] { false, true })
                    cases.Add(command, inTransaction, isTracked);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fault_at_any_call_leaves_everything_or_nothing_and_a_clean_context(string command, bool inHostTransaction, bool hostTracksTheTicket)
    {
        var injector = new FaultInjector();
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            Context = options => options.AddInterceptors(injector),
            Options = PromiseAnswers,
            Strategy = BuiltInStrategy.LeastLoaded,
        });
        await FaultyCommands.WithoutAnnAsync(desk);
        desk.Users.BeforeAnswer = injector.AtDirectoryAsync;

        foreach (var fault in Enum.GetValues<Fault>())
        {
            var call = 0;
            while (await HappensAsync(new Case(desk, injector, command, inHostTransaction, hostTracksTheTicket), fault, ++call))
                Assert.True(call < MostCalls, "The command has no end.");
            Assert.True(call > 1, "No call was seen.");
        }
    }

    [Theory]
    [InlineData("open")]
    [InlineData("reply")]
    [InlineData("change")]
    public async Task A_fault_leaves_everything_or_nothing_where_the_saves_of_the_host_make_no_transaction(string command)
    {
        var injector = new FaultInjector();
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            Context = options =>
            {
                options.AddInterceptors(injector);
                // One statement at a time: a batch is a transaction by itself.
                var relational = RelationalOptionsExtension.Extract(options.Options).WithMaxBatchSize(1);
                ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(relational);
            },
            EachContext = context => context.Database.AutoTransactionBehavior = AutoTransactionBehavior.Never,
            Options = PromiseAnswers,
            Strategy = BuiltInStrategy.LeastLoaded,
        });

        var call = 0;
        while (await HappensAsync(new Case(desk, injector, command, InHostTransaction: false, HostTracksTheTicket: true), Fault.Before, ++call))
            Assert.True(call < MostCalls, "The command has no end.");
        Assert.True(call > 5, "The statements were not sent one by one.");
    }

    /// <summary>Lets a fault happen and looks at what it left. A command may make good for it, as for a collision of keys, which a failed insert looks like.</summary>
    /// <returns>Whether there was such a call.</returns>
    private static async Task<bool> HappensAsync(Case given, Fault fault, int call)
    {
        var (desk, injector, command, inTransaction, isTracked) = given;
        var where = $"{fault} at call {call}: ";
        var (before, run) = FaultyCommands.Find(command);
        var ticket = await FaultyCommands.PrepareAsync(desk, before);
        var untouched = await Footprint.OfAsync(desk, ticket.Id);
        var order = new HostOrder { Text = $"{Guid.NewGuid()}", TicketId = ticket.Id };

        await using var scope = desk.NewScope();
        var tracked = isTracked ? await scope.Context.Set<Ticket>().AsTracking().SingleAsync(t => t.Id == ticket.Id, Token) : null;
        IDbContextTransaction? transaction = inTransaction ? await scope.Context.Database.BeginTransactionAsync(Token) : null;
        scope.Context.Add(order);

        injector.Arm(fault, call);
        var exception = await Record.ExceptionAsync(() => run(scope.Tickets, ticket.Id, injector.Token));
        injector.Disarm();
        if (transaction is not null)
            await transaction.CommitAsync(Token);

        var after = await Footprint.OfAsync(desk, ticket.Id);
        if (exception is null)
        {
            Assert.NotEqual(untouched, after);
            Assert.Equal(untouched.Orders + 1, after.Orders);
            Assert.Equal(EntityState.Unchanged, scope.Context.Entry(order).State);
        }
        else
        {
            Assert.True(injector.HasFired, where + exception);
            Assert.True(exception is InjectedFaultException or OperationCanceledException || exception.InnerException is InjectedFaultException, where + exception);
            Assert.True(untouched == after, $"{where}{untouched} became {after}");
            Assert.True(EntityState.Added == scope.Context.Entry(order).State, where + scope.Context.Entry(order).State);
        }

        Assert.All(scope.Context.ChangeTracker.Entries(), entry => Assert.True(entry.Entity == order || entry.Entity == tracked, $"{where}{entry.Metadata.Name} is still tracked."));
        if (tracked is not null)
            Assert.True(EntityState.Unchanged == scope.Context.Entry(tracked).State, where + scope.Context.Entry(tracked).DebugView.LongView);

        // The host goes on with its context.
        order.Text += "!";
        await scope.Context.SaveChangesAsync(Token);
        Assert.True(after with { Orders = untouched.Orders + 1 } == await Footprint.OfAsync(desk, ticket.Id), $"{where}the next save stored {await Footprint.OfAsync(desk, ticket.Id)} after {after}");
        Assert.Equal(1, await desk.ReadAsync(context => context.Set<HostOrder>().CountAsync(o => o.Text == order.Text, Token)));
        if (tracked is not null)
        {
            Assert.Equal(0, scope.Context.ChangeTracker.Entries().Count(entry => entry.State != EntityState.Unchanged));
        }

        return injector.HasFired;
    }

    private static void PromiseAnswers(HelpDeskOptions options)
    {
        options.Sla.FirstResponse.Normal = TimeSpan.FromHours(1);
        options.Sla.NextResponse.Normal = TimeSpan.FromHours(1);
    }

    private sealed record Case(Desk Desk, FaultInjector Injector, string Command, bool InHostTransaction, bool HostTracksTheTicket);
}
