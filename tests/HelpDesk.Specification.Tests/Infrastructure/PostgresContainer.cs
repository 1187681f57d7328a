using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>PostgreSQL in Docker, for machines without installed binaries.</summary>
internal static class PostgresContainer
{
    private const string Image = "postgres:15";

    // Testcontainers removes the container when the process ends, however it ends.
    private static PostgreSqlContainer? _container;

    public static async Task<DatabaseServer> StartAsync()
    {
        try
        {
            // The locale of the installed server, so that both sort and compare alike.
            _container = new PostgreSqlBuilder(Image)
                .WithEnvironment("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --locale=C.UTF-8")
                .WithCommand("-c", "max_connections=300")
                .Build();
            await _container.StartAsync();
            return DatabaseServer.At(_container.GetConnectionString());
        }
        catch (Exception exception) when (exception is DockerUnavailableException or DockerApiException)
        {
            return DatabaseServer.Unavailable($"Docker does not run it: {DockerReason.Of(exception)}");
        }
    }
}
