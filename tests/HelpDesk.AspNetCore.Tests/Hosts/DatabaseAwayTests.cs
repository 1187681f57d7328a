using System.Data.Common;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>The database goes away and comes back.</summary>
public sealed class DatabaseAwayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_its_database_every_call_is_unavailable_and_then_recovers()
    {
        var fault = new Fault();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Context = options => options.AddInterceptors(fault) });
        var (ann, mia) = (await host.AsAsync(Users.Ann), await host.AsAsync(Users.Mia));
        var ticket = await (await host.AsAsync(Users.Alice)).OpenAsync();
        var before = await host.CountRowsAsync();

        fault.IsAway = true;
        foreach (var row in Authorization.EndpointTable.Rows)
            (await (row.Permitted == Users.Ann ? ann : mia).SendAsync(row.Method, row.Path(ticket.Id.ToString()), row.Body)).Is(503, "unavailable");
        // The roles are asked for anew.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ann.GetAsync("/me")).Is(503, "unavailable");

        fault.IsAway = false;
        Assert.Equal(before, await host.CountRowsAsync());
        (await ann.GetAsync($"/tickets/{ticket.Id}")).Is(200);
        await ann.ReplyAsync(ticket.Id);
    }

    [Fact]
    public async Task A_locked_SQLite_file_is_unavailable_and_then_recovers()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Database = () => TestDatabase.SqliteAsync("Default Timeout=1") });
        var alice = await host.AsAsync(Users.Alice);
        var ticket = await alice.OpenAsync();
        var file = await host.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()!));

        await using (var other = new SqliteConnection(file))
        {
            await other.OpenAsync(Token);
            await using var transaction = other.BeginTransaction(deferred: false);
            var writes = await Task.WhenAll(
                alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Text" }), alice.PostAsync("/tickets", new { subject = "Text", body = "Text" }));
            Assert.All(writes, answer => answer.Is(503, "unavailable"));
            (await alice.GetAsync($"/tickets/{ticket.Id}")).Is(200);
        }

        await alice.ReplyAsync(ticket.Id);
    }

    [Fact]
    public async Task A_PostgreSQL_that_ends_its_sessions_is_unavailable_at_most_and_then_recovers()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Database = () => TestDatabase.PostgresAsync(Token) });
        var alice = await host.AsAsync(Users.Alice);
        var ticket = await alice.OpenAsync();
        var connectionString = await host.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()!));
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        var server = new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ConnectionString;

        await ExecuteAsync(server, $"ALTER DATABASE {database} ALLOW_CONNECTIONS false");
        await ExecuteAsync(server, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'");
        (await alice.GetAsync($"/tickets/{ticket.Id}")).Is(503, "unavailable");
        (await alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Text" })).Is(503, "unavailable");
        (await alice.GetAsync("/me")).Is(503, "unavailable");

        await ExecuteAsync(server, $"ALTER DATABASE {database} ALLOW_CONNECTIONS true");
        (await alice.GetAsync($"/tickets/{ticket.Id}")).Is(200);
        await alice.ReplyAsync(ticket.Id);
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }

    private sealed class Fault : DbConnectionInterceptor
    {
        public bool IsAway { get; set; }

        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            IsAway ? throw new SqliteException("unable to open database file", 14) : ValueTask.FromResult(result);
    }
}
