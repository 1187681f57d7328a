using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Desks;

/// <summary>A file in WAL mode, which is what EnsureCreated and migrations of EF Core make.</summary>
public sealed class SqliteDesk : HelpDeskFixture
{
    public override string Name => "Sqlite";

    public override void Configure(DbContextOptionsBuilder options, string connectionString) =>
        options.UseSqlite(connectionString).AddInterceptors(new WithoutWaitingForTheDisk());

    protected override Task<string> CreateDatabaseAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-sqlite-");
        return Task.FromResult($"Data Source={Path.Combine(folder.FullName, "desk.db")}");
    }

    protected override Task DropDatabaseAsync(string connectionString)
    {
        using (var connection = new SqliteConnection(connectionString))
            SqliteConnection.ClearPool(connection);
        Directory.Delete(Path.GetDirectoryName(new SqliteConnectionStringBuilder(connectionString).DataSource)!, recursive: true);
        return Task.CompletedTask;
    }
}
