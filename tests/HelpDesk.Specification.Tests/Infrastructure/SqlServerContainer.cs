using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using Microsoft.Data.SqlClient;
using Testcontainers.MsSql;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>The one SQL Server of this test process, in Docker; started by the first test that asks for a database.</summary>
public static class SqlServerContainer
{
    private const string Image = "mcr.microsoft.com/mssql/server:2022-CU14-ubuntu-22.04";

    private static readonly Lazy<Task<DatabaseServer>> Server = new(StartAsync);

    // Testcontainers removes the container when the process ends, however it ends.
    private static MsSqlContainer? _container;

    /// <summary>Why there is no SQL Server, or null when there is one.</summary>
    public static async Task<string?> GetUnavailableReasonAsync(CancellationToken cancellationToken) =>
        (await Server.Value.WaitAsync(cancellationToken)).UnavailableReason;

    /// <summary>Creates an empty database of a random name and returns its connection string.</summary>
    /// <exception cref="InvalidOperationException">No SQL Server is available.</exception>
    public static async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var server = await Server.Value.WaitAsync(cancellationToken);
        var database = DatabaseServer.NewDatabaseName();
        await ExecuteAsync(server.ConnectionString, $"CREATE DATABASE {database}", cancellationToken);
        return new SqlConnectionStringBuilder(server.ConnectionString) { InitialCatalog = database, MaxPoolSize = 64 }.ConnectionString;
    }

    /// <summary>Drops a database that <see cref="CreateDatabaseAsync"/> made, whoever is still connected to it.</summary>
    public static async Task DropDatabaseAsync(string connectionString, CancellationToken cancellationToken)
    {
        var server = await Server.Value.WaitAsync(cancellationToken);
        var database = DatabaseServer.RequireOwnDatabase(new SqlConnectionStringBuilder(connectionString).InitialCatalog);
        await using (var connection = new SqlConnection(connectionString))
        {
            SqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(
            server.ConnectionString,
            $"IF DB_ID('{database}') IS NOT NULL BEGIN ALTER DATABASE {database} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {database}; END",
            cancellationToken);
    }

    private static async Task<DatabaseServer> StartAsync()
    {
        try
        {
            _container = new MsSqlBuilder(Image).Build();
            await _container.StartAsync();
            return DatabaseServer.At(_container.GetConnectionString());
        }
        catch (Exception exception) when (exception is DockerUnavailableException or DockerApiException)
        {
            return DatabaseServer.Unavailable($"SQL Server is not available, since Docker does not run it: {DockerReason.Of(exception)}");
        }
    }

    private static async Task ExecuteAsync(string connectionString, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new SqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
