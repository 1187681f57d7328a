using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.SampleHost.Data;

/// <summary>Brings the database up to date before the first request.</summary>
/// <remarks>
/// A hosted service, and not code in front of <c>Run()</c>: tools that build the host only to look at it start none. Any number of hosts may do it at once,
/// since EF Core takes a lock in the database. Who deploys by hand applies the migrations there and leaves this out.
/// </remarks>
internal sealed class DatabaseSetup(IServiceScopeFactory scopes, DatabaseSettings settings) : IHostedService
{
    private const int MostTries = 3;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
        if (settings.Kind == DatabaseKind.Sqlite)
        {
            CreateFolder(new SqliteConnectionStringBuilder(settings.ConnectionString));
            // Readers and the one writer do not wait for each other. EF Core says so only to files that it creates itself.
            await database.ExecuteSqlAsync($"PRAGMA journal_mode = WAL", cancellationToken);
        }

        for (var number = 1; ; number++)
        {
            try
            {
                // Without the lock where there is nothing to do: on SQLite a killed process leaves it behind.
                if ((await database.GetPendingMigrationsAsync(cancellationToken)).Any())
                    await database.MigrateAsync(cancellationToken);
                return;
            }
            catch (DbException) when (number < MostTries)
            {
                // Another host may just have created the database.
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void CreateFolder(SqliteConnectionStringBuilder builder)
    {
        if (DatabaseSettings.IsFile(builder) && Path.GetDirectoryName(builder.DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
    }
}
