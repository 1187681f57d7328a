using Npgsql;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>The one PostgreSQL of this test process; started by the first test that asks for a database.</summary>
/// <remarks>
/// Tried in this order: the server that <c>HELPDESK_TEST_POSTGRES</c> names, the installed binaries, Docker.
/// Tests ask through <see cref="Requirement"/>, which decides between skipping and failing.
/// </remarks>
public static class PostgresServer
{
    /// <summary>A running server for the tests: a connection string of a role that may create databases.</summary>
    public const string ConnectionStringVariable = "HELPDESK_TEST_POSTGRES";

    private static readonly Lazy<Task<DatabaseServer>> Server = new(StartAsync);

    /// <summary>Why there is no PostgreSQL, or null when there is one.</summary>
    public static async Task<string?> GetUnavailableReasonAsync(CancellationToken cancellationToken) =>
        (await Server.Value.WaitAsync(cancellationToken)).UnavailableReason;

    /// <summary>Creates an empty database of a random name and returns its connection string.</summary>
    /// <exception cref="InvalidOperationException">No PostgreSQL is available.</exception>
    public static async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var server = await Server.Value.WaitAsync(cancellationToken);
        var database = DatabaseServer.NewDatabaseName();
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {database}", cancellationToken);
        return new NpgsqlConnectionStringBuilder(server.ConnectionString)
        {
            Database = database,
            // Room for the tests of concurrency; idle connections close soon, since every class has a pool of its own
            // and they all share the connections of one server.
            MaxPoolSize = 64,
            ConnectionIdleLifetime = 10,
            ConnectionPruningInterval = 5,
        }.ConnectionString;
    }

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync"/> made, whoever is still connected to it.</summary>
    public static async Task DropDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var server = await Server.Value.WaitAsync(cancellationToken);
        var database = DatabaseServer.RequireOwnDatabase(new NpgsqlConnectionStringBuilder(connectionString).Database);
        await using (var connection = new NpgsqlConnection(connectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(server.ConnectionString, $"DROP DATABASE IF EXISTS {database} WITH (FORCE)", cancellationToken);
    }

    // Not the caller's token: the first test to be cancelled would otherwise take the server from all others.
    private static async Task<DatabaseServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(ConnectionStringVariable) is { Length: > 0 } given)
        {
            return DatabaseServer.At(given);
        }

        var installed = await InstalledPostgres.StartAsync();
        if (installed.UnavailableReason is null)
        {
            return installed;
        }

        var container = await PostgresContainer.StartAsync();
        return container.UnavailableReason is null
            ? container
            : DatabaseServer.Unavailable(
                $"PostgreSQL is not available. {ConnectionStringVariable} is not set. {installed.UnavailableReason} {container.UnavailableReason}");
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
