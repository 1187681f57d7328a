using Microsoft.Data.Sqlite;

namespace HelpDesk.SampleHost.Data;

internal enum DatabaseKind
{
    Sqlite,
    Postgres,
    SqlServer,
}

/// <summary>What <c>Database:Provider</c> and <c>ConnectionStrings:HelpDesk</c> say.</summary>
internal sealed class DatabaseSettings
{
    private const string ProviderKey = "Database:Provider";
    private const string ConnectionStringKey = "ConnectionStrings:HelpDesk";
    private const string DefaultFile = "data/helpdesk.db";

    public DatabaseSettings(IConfiguration configuration, IHostEnvironment environment)
    {
        Kind = configuration[ProviderKey]?.Trim().ToLowerInvariant() switch
        {
            null or "" or "sqlite" => DatabaseKind.Sqlite,
            "postgres" => DatabaseKind.Postgres,
            "sqlserver" => DatabaseKind.SqlServer,
            var other => throw new InvalidOperationException($"{ProviderKey} is '{other}'. Set it to sqlite, postgres or sqlserver."),
        };

        var configured = configuration[ConnectionStringKey];
        if (Kind == DatabaseKind.Sqlite)
            ConnectionString = InContentRoot(string.IsNullOrWhiteSpace(configured) ? $"Data Source={DefaultFile}" : configured, environment.ContentRootPath);
        else if (!string.IsNullOrWhiteSpace(configured))
            ConnectionString = configured;
        else
            throw new InvalidOperationException($"{ConnectionStringKey} is missing. {ProviderKey} is {configuration[ProviderKey]}, which has no default: name the server and the database.");
    }

    public DatabaseKind Kind { get; }

    public string ConnectionString { get; }

    // A relative file would otherwise lie wherever the process happens to be started.
    private static string InContentRoot(string connectionString, string contentRoot)
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidOperationException($"{ConnectionStringKey} is not one of SQLite. If it names a server, set {ProviderKey} to postgres or sqlserver.", exception);
        }

        if (IsFile(builder))
            builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        return builder.ConnectionString;
    }

    /// <summary>Whether the database is a file named by its path.</summary>
    public static bool IsFile(SqliteConnectionStringBuilder builder) =>
        builder.Mode != SqliteOpenMode.Memory && builder.DataSource is { Length: > 0 } source
        && source != ":memory:" && !source.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && !source.StartsWith('|');
}
