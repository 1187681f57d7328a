using System.Transactions;
using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Hosts;

/// <summary>Commands in a TransactionScope, which SQLite does not have.</summary>
public abstract class TransactionScopeSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Fact]
    public async Task A_completed_scope_keeps_the_whole_story()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup { Strategy = BuiltInStrategy.LeastLoaded });
        using var scope = new TransactionScope(TransactionScopeOption.Required, ReadCommitted, TransactionScopeAsyncFlowOption.Enabled);
        await LifeStory.TellAsync(desk);
        scope.Complete();
    }

    [Fact]
    public async Task A_scope_that_is_not_completed_leaves_nothing()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var id = Guid.Empty;
        using (new TransactionScope(TransactionScopeOption.Required, ReadCommitted, TransactionScopeAsyncFlowOption.Enabled))
        {
            await using var request = Desk.NewScope();
            request.Context.Add(new HostOrder { Text = $"{ticket.Id}" });
            id = (await request.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Lost", Body = "Text" }, Token)).Ticket().Id;
            await request.Tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = ticket.Id, Body = "Lost" }, Token);
        }

        Assert.Null(await Desk.ConversationAsync(Alice, id));
        Assert.Single(await Desk.TextsAsync(Alice, ticket.Id));
        Assert.Equal(0, await Desk.ReadAsync(context => context.Set<HostOrder>().CountAsync(order => order.Text == $"{ticket.Id}", Token)));
    }

    [Fact]
    public async Task A_refused_command_does_not_spoil_the_scope()
    {
        var ticket = await TicketThatIs(TicketStatus.Closed);
        Guid id;
        using (var scope = new TransactionScope(TransactionScopeOption.Required, ReadCommitted, TransactionScopeAsyncFlowOption.Enabled))
        {
            await Assert.ThrowsAsync<TransitionNotAllowedException>(() => Desk.ReplyAsync(Ann, ticket.Id));
            id = (await Desk.OpenAsync(Alice)).Id;
            scope.Complete();
        }

        Assert.NotNull(await Desk.ConversationAsync(Alice, id));
    }

    [Fact]
    public async Task Replies_in_scopes_at_once_are_all_there()
    {
        var ticket = await Desk.OpenAsync(Alice);

        await AtOnce.RunAsync(8, async number =>
        {
            using var scope = new TransactionScope(TransactionScopeOption.Required, ReadCommitted, TransactionScopeAsyncFlowOption.Enabled);
            await Desk.ReplyAsync(Ann, ticket.Id, $"{number}");
            scope.Complete();
            return 0;
        });

        Assert.Equal(9, (await Desk.TextsAsync(Alice, ticket.Id)).Count);
    }

    [Fact]
    public async Task A_host_that_enlists_its_connection_by_itself()
    {
        await using var request = Desk.NewScope();
        using var transaction = new CommittableTransaction(ReadCommitted);
        await request.Context.Database.OpenConnectionAsync(Token);
        request.Context.Database.EnlistTransaction(transaction);
        var id = (await request.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Enlisted", Body = "Text" }, Token)).Ticket().Id;
        Assert.Null(await Desk.ConversationAsync(Alice, id));
        transaction.Commit();

        Assert.NotNull(await Desk.ConversationAsync(Alice, id));
    }

    private static TransactionOptions ReadCommitted => new() { IsolationLevel = IsolationLevel.ReadCommitted };
}
