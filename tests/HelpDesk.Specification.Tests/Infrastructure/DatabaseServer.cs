using System.Text.RegularExpressions;

namespace HelpDesk.Specification.Infrastructure;

/// <summary>A server to create databases on, or the reason why there is none.</summary>
public sealed partial class DatabaseServer
{
    private readonly string? _connectionString;

    private DatabaseServer(string? connectionString, string? unavailableReason)
    {
        _connectionString = connectionString;
        UnavailableReason = unavailableReason;
    }

    public string? UnavailableReason { get; }

    public string ConnectionString => _connectionString ?? throw new InvalidOperationException(UnavailableReason);

    public static DatabaseServer At(string connectionString) => new(connectionString, null);

    public static DatabaseServer Unavailable(string reason) => new(null, reason);

    internal static string NewDatabaseName() => $"helpdesk_test_{Guid.NewGuid():N}";

    // The server may be a developer's own: nothing but what a test has created is ever dropped.
    internal static string RequireOwnDatabase(string? database) =>
        database is not null && OwnDatabase().IsMatch(database)
            ? database
            : throw new ArgumentException($"'{database}' is not a database that a test has created.", nameof(database));

    [GeneratedRegex("^helpdesk_test_[0-9a-f]{32}$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnDatabase();
}
