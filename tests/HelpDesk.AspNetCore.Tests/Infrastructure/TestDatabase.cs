using HelpDesk.Specification.Infrastructure;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A database of one test host, with the people in it, which goes away with the host.</summary>
internal sealed class TestDatabase(Action<DbContextOptionsBuilder> configure, Func<Task> drop) : IAsyncDisposable
{
    // One database is filled and every host on SQLite gets a copy of its file.
    private static readonly Lazy<Task<string>> Template = new(CreateTemplateAsync);

    public void Configure(DbContextOptionsBuilder options) => configure(options);

    public async ValueTask DisposeAsync() => await drop();

    /// <summary>A SQLite file in WAL mode in a folder of its own.</summary>
    public static Task<TestDatabase> SqliteAsync() => SqliteAsync(settings: "");

    /// <summary>The same, with more in its connection string.</summary>
    public static async Task<TestDatabase> SqliteAsync(string settings)
    {
        var template = await Template.Value;
        var folder = Directory.CreateTempSubdirectory("helpdesk-http-");
        var file = Path.Combine(folder.FullName, "desk.db");
        File.Copy(template, file);
        return Sqlite(folder, file, settings);
    }

    /// <summary>A SQLite file without tables, for hosts with a model of their own.</summary>
    public static TestDatabase EmptySqlite()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-http-");
        return Sqlite(folder, Path.Combine(folder.FullName, "desk.db"));
    }

    /// <summary>A database on the PostgreSQL of the test run; skips or fails the test where there is none.</summary>
    public static async Task<TestDatabase> PostgresAsync(CancellationToken cancellationToken)
    {
        var connectionString = await Requirement.PostgresDatabaseAsync(cancellationToken);
        var database = new TestDatabase(
            options => options.UseNpgsql(connectionString), () => PostgresServer.DropDatabaseAsync(connectionString, CancellationToken.None));
        await FillAsync(database.Configure);
        return database;
    }

    private static TestDatabase Sqlite(DirectoryInfo folder, string file, string settings = "")
    {
        var connectionString = $"Data Source={file};{settings}";
        return new TestDatabase(options => options.UseSqlite(connectionString), () =>
        {
            using (var connection = new SqliteConnection(connectionString))
                SqliteConnection.ClearPool(connection);
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<string> CreateTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-http-template-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var file = Path.Combine(folder.FullName, "template.db");
        await FillAsync(options => options.UseSqlite($"Data Source={file};Pooling=False"));
        return file;
    }

    private static async Task FillAsync(Action<DbContextOptionsBuilder> configure)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<AppDb>(configure);
        services.AddIdentityCore<AppUser>().AddRoles<IdentityRole>().AddEntityFrameworkStores<AppDb>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDb>().Database.EnsureCreatedAsync();
        await Users.CreateAsync(scope.ServiceProvider);
    }
}
