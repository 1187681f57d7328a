using System.Diagnostics;
using System.Transactions;
using HelpDesk.Numbering;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpDesk.Specification.Numbering;

/// <summary>Ranges that are reserved ahead, where the provider can open a second connection.</summary>
public abstract class BlockNumberingSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : DeskTest(fixture)
{
    private readonly string prefix = $"B{Guid.NewGuid():N}"[..12];

    [Fact]
    public async Task A_rolled_back_transaction_of_the_host_never_makes_a_number_repeat()
    {
        var seen = new List<string>();
        await using (var desk = await StartAsync())
        {
            for (var i = 0; i < 7; i++)
            {
                await using var scope = desk.NewScope();
                await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
                seen.Add((await scope.Tickets.OpenAsync(Command, Token)).Ticket().Number);
                if (i % 2 == 0)
                    await transaction.RollbackAsync(Token);
                else
                    await transaction.CommitAsync(Token);
            }

            seen.Add((await desk.OpenAsync(Alice)).Number);
        }

        // Another process, in effect: it knows none of the ranges of the first.
        await using var second = await StartAsync();
        seen.Add((await second.OpenAsync(Alice)).Number);

        Assert.Equal(9, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_rolled_back_scope_never_makes_a_number_repeat()
    {
        await using var desk = await StartAsync();
        string rolledBack;
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            rolledBack = (await desk.OpenAsync(Alice)).Number;
        await using var second = await StartAsync();

        Assert.Equal(3, new[] { rolledBack, (await desk.OpenAsync(Alice)).Number, (await second.OpenAsync(Alice)).Number }.Distinct().Count());
        Assert.Null(await desk.ConversationAsync(Alice, rolledBack));
    }

    [Fact]
    public async Task Transactions_of_many_hosts_at_once_do_not_wait_for_each_other()
    {
        await using var desk = await StartAsync();

        // Each holds its transaction open until all have their number: in strict mode they would wait for ever.
        var (left, all) = (20, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var numbers = await AtOnce.RunAsync(20, async _ =>
        {
            await using var scope = desk.NewScope();
            await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
            var number = (await scope.Tickets.OpenAsync(Command, Token)).Ticket().Number;
            if (Interlocked.Decrement(ref left) == 0)
                all.SetResult();
            await all.Task.WaitAsync(Patience, Token);
            await transaction.CommitAsync(Token);
            return number;
        });

        Assert.Equal(20, numbers.Distinct().Count());
    }

    [Fact]
    public async Task Tenants_with_tables_of_their_own_in_one_database_count_apart()
    {
        await using var desk = await Fixture.StartAsync<TenantContext>();
        TenantContext.Tenant.Value = "Second";
        await using (var scope = desk.NewScope())
            await scope.Context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync(Token);

        var numbers = new List<(string Tenant, string Number)>();
        foreach (var tenant in new[] { "First", "Second", "First", "Second" })
        {
            TenantContext.Tenant.Value = tenant;
            numbers.Add((tenant, (await desk.OpenAsync(Alice)).Number));
        }

        Assert.Equal(
            [("First", "TKT-2026-000001"), ("Second", "TKT-2026-000001"), ("First", "TKT-2026-000002"), ("Second", "TKT-2026-000002")], numbers);
    }

    [Fact]
    public async Task Two_processes_at_once_never_give_a_number_twice()
    {
        var database = await Fixture.DatabaseAsync<DeskContext>();
        var watch = Stopwatch.StartNew();
        var outputs = await AtOnce.RunAsync(2, _ => TestWorker.RunAsync(Fixture.Name, database, ["open", prefix, "1000"], Token));
        output.WriteLine($"{Fixture.Name}: 2 processes opened 2000 tickets in {watch.Elapsed.TotalSeconds:F1} s.");

        var numbers = outputs.SelectMany(lines => lines).ToList();
        Assert.Equal(2000, numbers.Count);
        Assert.Equal(2000, numbers.Distinct().Count());
        Assert.Equal(2000, await Desk.ReadAsync(context => context.Set<Ticket>().CountAsync(t => t.Number.StartsWith(prefix), Token)));
    }

    private static OpenTicket Command => new() { Actor = Alice, Subject = "Block", Body = "Text" };

    private Task<Desk> StartAsync() => Fixture.StartAsync(new DeskSetup
    {
        Options = options =>
        {
            options.Numbering.Prefix = prefix;
            options.Numbering.Mode = TicketNumberMode.Block;
            options.Numbering.BlockSize = 3;
        },
    });
}
