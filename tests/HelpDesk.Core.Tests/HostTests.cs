using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Hosts;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk;

public sealed class SqliteHosts(SqliteDesk desk) : HostSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresHosts(PostgresDesk desk) : HostSpecification(desk), IClassFixture<PostgresDesk>
{
    [Fact]
    public async Task A_host_that_tries_again_on_failure()
    {
        var database = await Fixture.DatabaseAsync<DeskContext>();
        await TellAsync(new DeskSetup { Provider = options => options.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure()) });
    }

    [Fact]
    public async Task A_host_with_a_data_source_of_its_own()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(await Fixture.DatabaseAsync<DeskContext>());
        await TellAsync(new DeskSetup { Provider = options => options.UseNpgsql(source) });
    }

    [Fact]
    public async Task A_host_whose_transactions_are_serializable_by_its_own_strategy()
    {
        var database = await Fixture.DatabaseAsync<DeskContext>();
        await using var desk = await Fixture.StartAsync(new DeskSetup { Provider = options => options.UseNpgsql(database, npgsql => npgsql.EnableRetryOnFailure()) });
        await using var scope = desk.NewScope();
        var id = await scope.Context.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await scope.Context.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, Token);
            var ticket = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Serializable", Body = "Text" }, Token)).Ticket();
            await scope.Tickets.ReplyAsync(new ReplyToTicket { Actor = Ann, Ticket = ticket.Id, Body = "Answer" }, Token);
            await transaction.CommitAsync(Token);
            return ticket.Id;
        });

        Assert.Equal(["Text", "Answer"], await desk.TextsAsync(Alice, id));
    }
}

public sealed class SqliteTransactions(SqliteDesk desk) : TransactionSpecification(desk), IClassFixture<SqliteDesk>;

public sealed class PostgresTransactions(PostgresDesk desk) : TransactionSpecification(desk), IClassFixture<PostgresDesk>;

public sealed class PostgresTransactionScopes(PostgresDesk desk) : TransactionScopeSpecification(desk), IClassFixture<PostgresDesk>;
