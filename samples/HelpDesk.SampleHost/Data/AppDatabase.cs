using Microsoft.EntityFrameworkCore;

namespace HelpDesk.SampleHost.Data;

internal static class AppDatabase
{
    // The defaults would keep a request waiting for a minute when the database is away.
    private const int MostRetries = 3;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Adds <see cref="AppDbContext"/> on the database that the configuration names, and brings its tables up to date at start.</summary>
    /// <remarks>All three contexts are there for <c>dotnet ef</c>. A host with one database calls <c>AddDbContext&lt;AppDbContext&gt;</c> and is done.</remarks>
    public static void AddAppDatabase(this IServiceCollection services)
    {
        services.AddSingleton<DatabaseSettings>();
        services.AddDbContext<SqliteAppDbContext>((provider, options) =>
            options.UseSqlite(ConnectionString(provider, DatabaseKind.Sqlite)));
        services.AddDbContext<PostgresAppDbContext>((provider, options) =>
            options.UseNpgsql(ConnectionString(provider, DatabaseKind.Postgres), postgres => postgres.EnableRetryOnFailure(MostRetries, LongestPause, errorCodesToAdd: null)));
        services.AddDbContext<SqlServerAppDbContext>((provider, options) =>
            options.UseSqlServer(ConnectionString(provider, DatabaseKind.SqlServer), sqlServer => sqlServer.EnableRetryOnFailure(MostRetries, LongestPause, errorNumbersToAdd: null)));
        services.AddScoped<AppDbContext>(provider => provider.GetRequiredService<DatabaseSettings>().Kind switch
        {
            DatabaseKind.Postgres => provider.GetRequiredService<PostgresAppDbContext>(),
            DatabaseKind.SqlServer => provider.GetRequiredService<SqlServerAppDbContext>(),
            _ => provider.GetRequiredService<SqliteAppDbContext>(),
        });
        services.AddHostedService<DatabaseSetup>();
    }

    // Adding a migration needs the provider, but no database.
    private static string? ConnectionString(IServiceProvider provider, DatabaseKind kind)
    {
        var settings = provider.GetRequiredService<DatabaseSettings>();
        return settings.Kind == kind ? settings.ConnectionString : null;
    }
}
