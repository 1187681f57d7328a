using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Hosts;

/// <summary>Commands in a transaction that the host has opened.</summary>
public abstract class TransactionSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private readonly string mark = $"{Guid.NewGuid():N}";

    [Fact]
    public async Task What_the_host_commits_is_there()
    {
        await using var scope = Desk.NewScope();
        await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
        scope.Context.Add(new HostOrder { Text = mark });
        var id = (await scope.Tickets.OpenAsync(Open, Token)).Ticket().Id;
        await scope.Tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = id, Body = "Answer" }, Token);
        await transaction.CommitAsync(Token);

        Assert.Equal(["Text", "Answer"], await Desk.TextsAsync(Alice, id));
        Assert.Equal(1, await OrdersAsync());
    }

    [Fact]
    public async Task What_the_host_rolls_back_is_not_and_its_context_goes_on()
    {
        await using var scope = Desk.NewScope();
        await using (var transaction = await scope.Context.Database.BeginTransactionAsync(Token))
        {
            scope.Context.Add(new HostOrder { Text = mark });
            await scope.Tickets.OpenAsync(Open, Token);
            await transaction.RollbackAsync(Token);
        }

        var id = (await scope.Tickets.OpenAsync(Open, Token)).Ticket().Id;

        Assert.Equal(0, await OrdersAsync());
        Assert.Equal([id], await OpenedAsync());
    }

    [Fact]
    public async Task A_command_that_fails_undoes_itself_alone_and_the_host_goes_on()
    {
        var closed = await TicketThatIs(TicketStatus.Closed);
        await using var scope = Desk.NewScope();
        await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
        scope.Context.Add(new HostOrder { Text = mark });
        await scope.Context.SaveChangesAsync(Token);
        var first = (await scope.Tickets.OpenAsync(Open, Token)).Ticket().Id;
        await Assert.ThrowsAsync<TransitionNotAllowedException>(
            () => scope.Tickets.ChangeAsync(new ChangeTicket { Actor = Ann, Ticket = closed.Id, Subject = mark, Status = TicketStatus.Pending }, Token));
        await Assert.ThrowsAsync<NotFoundException>(() => scope.Tickets.ReplyAsync(new ReplyToTicket { Actor = Bob, Ticket = first, Body = "Mine?" }, Token));

        // A row of the host's that the database refuses fails the command with which it is saved.
        var wrong = scope.Context.Add(new HostOrder { Text = null! });
        await Assert.ThrowsAsync<DbUpdateException>(() => scope.Tickets.OpenAsync(Open, Token));
        wrong.State = EntityState.Detached;
        var second = (await scope.Tickets.OpenAsync(Open, Token)).Ticket().Id;
        await transaction.CommitAsync(Token);

        Assert.Equal(1, await OrdersAsync());
        Assert.Equal(new[] { first, second }.Order(), (await OpenedAsync()).Order());
        Assert.NotEqual(mark, (await Desk.SeeAsync(Ann, closed.Id)).Subject);
    }

    [Fact]
    public async Task Replies_of_hosts_with_transactions_at_once_are_all_there()
    {
        var ticket = await Desk.OpenAsync(Alice);

        await AtOnce.RunAsync(8, async number =>
        {
            await using var scope = Desk.NewScope();
            await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
            await scope.Tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = ticket.Id, Body = $"{number}" }, Token);
            await transaction.CommitAsync(Token);
            return 0;
        });

        Assert.Equal(9, (await Desk.TextsAsync(Alice, ticket.Id)).Count);
    }

    [Fact]
    public async Task One_key_in_transactions_of_hosts_at_once_is_one_ticket()
    {
        var command = Open with { IdempotencyKey = mark };

        await AtOnce.RunAsync(8, async _ =>
        {
            await using var scope = Desk.NewScope();
            await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
            await scope.Tickets.OpenAsync(command, Token);
            await transaction.CommitAsync(Token);
            return 0;
        });

        Assert.Single(await OpenedAsync());
    }

    private OpenTicket Open => new() { Actor = Alice, Subject = mark, Body = "Text" };

    private Task<int> OrdersAsync() => Desk.ReadAsync(context => context.Set<HostOrder>().CountAsync(order => order.Text == mark, Token));

    private Task<List<Guid>> OpenedAsync() => Desk.ReadAsync(context => context.Set<Ticket>().Where(t => t.Subject == mark).Select(t => t.Id).ToListAsync(Token));
}
