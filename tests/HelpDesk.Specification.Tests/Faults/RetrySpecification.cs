using System.Data.Common;
using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpDesk.Specification.Faults;

/// <summary>Under a strategy that tries again (EnableRetryOnFailure), a command is done exactly once, whatever broke when.</summary>
public abstract class RetrySpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private const int MostCalls = 60;

    public static TheoryData<string> Names => [.. FaultyCommands.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_transient_failure_at_any_call_is_made_good(string command)
    {
        var injector = new FaultInjector();
        await using var desk = await StartAsync(injector);
        desk.Users.BeforeAnswer = injector.AtDirectoryAsync;
        var wanted = await RunAsync(desk, command, () => { });

        foreach (var fault in new[] { Fault.Before, Fault.After })
        {
            var call = 0;
            do
            {
                call++;
                Footprint? done = null;
                var exception = await Record.ExceptionAsync(async () => done = await RunAsync(desk, command, () => injector.Arm(fault, call)));
                Assert.True(exception is null, $"{fault} at call {call}: {exception}");
                Assert.True(wanted == done, $"{fault} at call {call}: {done} instead of {wanted}");
            }
            while (injector.HasFired && call < MostCalls);
            Assert.InRange(call, 2, MostCalls - 1);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_answer_that_is_lost_after_the_commit_does_not_repeat_the_command(string command)
    {
        var connection = new LosesAnswersOfCommits();
        await using var desk = await StartAsync(connection);
        var wanted = await RunAsync(desk, command, () => { });

        Assert.Equal(wanted, await RunAsync(desk, command, () => connection.IsArmed = true));
        Assert.False(connection.IsArmed);
    }

    /// <summary>The uploads' own commits, of which no message tells whether they were stored.</summary>
    [Fact]
    public async Task An_upload_survives_what_is_transient_and_answers_that_are_lost()
    {
        var injector = new FaultInjector();
        await using (var desk = await StartAsync(injector))
        {
            foreach (var fault in new[] { Fault.Before, Fault.After })
            {
                var call = 0;
                do
                {
                    injector.Arm(fault, ++call);
                    var staged = await desk.StageAsync(Actors.Alice);
                    injector.Disarm();
                    await TakeAsync(desk, staged.Id);
                }
                while (injector.HasFired);
                Assert.InRange(call, 4, MostCalls);
            }
        }

        var connection = new LosesAnswersOfCommits();
        await using (var desk = await StartAsync(connection))
        {
            await desk.StageAsync(Actors.Alice);
            foreach (var commit in new[] { 1, 2 })
            {
                connection.Passes = commit - 1;
                connection.IsArmed = true;
                var staged = await desk.StageAsync(Actors.Alice);
                Assert.False(connection.IsArmed);
                await TakeAsync(desk, staged.Id);
            }
        }

        static Task TakeAsync(Desk desk, Guid upload) => desk.AskAsync(tickets =>
            tickets.OpenAsync(new OpenTicket { Actor = Actors.Alice, Subject = "S", Body = "B", Attachments = [upload] }, Token));
    }

    /// <summary>Runs a command with a pending row of the host's, and tells what was added by it and by the host's next save.</summary>
    private static async Task<Footprint> RunAsync(Desk desk, string command, Action arm)
    {
        var (before, run) = FaultyCommands.Find(command);
        var ticket = await FaultyCommands.PrepareAsync(desk, before);
        var footprint = await Footprint.OfAsync(desk, ticket.Id);

        await using var scope = desk.NewScope();
        var tracked = await scope.Context.Set<Ticket>().AsTracking().SingleAsync(t => t.Id == ticket.Id, Token);
        scope.Context.Add(new HostOrder { Text = command, TicketId = ticket.Id });
        arm();
        await run(scope.Tickets, ticket.Id, Token);
        var after = await Footprint.OfAsync(desk, ticket.Id);

        Assert.Equal(after.Version, tracked.Version);
        Assert.All(scope.Context.ChangeTracker.Entries(), entry => Assert.Equal(EntityState.Unchanged, entry.State));
        await scope.Context.SaveChangesAsync(Token);
        Assert.Equal(after, await Footprint.OfAsync(desk, ticket.Id));
        return after.Since(footprint);
    }

    private async Task<Desk> StartAsync(IInterceptor interceptor) => await FaultyCommands.WithoutAnnAsync(await Fixture.StartAsync(new DeskSetup
    {
        Strategy = BuiltInStrategy.LeastLoaded,
        Context = options =>
        {
            options.AddInterceptors(interceptor);
            var relational = RelationalOptionsExtension.Extract(options.Options);
            ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(relational.WithExecutionStrategyFactory(dependencies => new Retries(dependencies)));
        },
    }));

    private sealed class Retries(ExecutionStrategyDependencies dependencies) : ExecutionStrategy(dependencies, maxRetryCount: 3, maxRetryDelay: TimeSpan.Zero)
    {
        protected override bool ShouldRetryOn(Exception exception) => exception is InjectedFaultException;
    }

    private sealed class LosesAnswersOfCommits : DbTransactionInterceptor
    {
        public bool IsArmed { get; set; }

        /// <summary>How many answers come first.</summary>
        public int Passes { get; set; }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            if (!IsArmed || Passes-- > 0)
                return Task.CompletedTask;

            IsArmed = false;
            throw new InjectedFaultException();
        }
    }
}
