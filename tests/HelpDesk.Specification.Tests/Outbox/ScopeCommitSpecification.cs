using System.Transactions;
using HelpDesk.Specification.Desks;

namespace HelpDesk.Specification.Outbox;

/// <summary>Not on SQLite, whose provider takes no part in a TransactionScope.</summary>
public abstract class ScopeCommitSpecification(HelpDeskFixture fixture) : OutboxTest(fixture)
{
    [Fact]
    public async Task The_end_of_a_transaction_scope_wakes_the_service()
    {
        await using var running = await StartAsync(Desk);
        Guid ticket;
        using (var ambient = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            ticket = (await Desk.OpenAsync(Alice)).Id;
            ambient.Complete();
        }

        await Log.UntilAsync(log => log.Of<Telephone>(ticket).Count == 1);
    }
}
