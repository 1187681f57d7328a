using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Desks;

/// <summary>The databases of one test class: one for each type of context that its tests use, made when the first asks for it.</summary>
/// <remarks>
/// Nothing is created while the fixture itself is set up: xUnit takes a skip there for a failure.
/// </remarks>
public abstract class HelpDeskFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<Type, Lazy<Task<string>>> databases = new();

    /// <summary>The provider's name in snapshots.</summary>
    public abstract string Name { get; }

    public abstract void Configure(DbContextOptionsBuilder options, string connectionString);

    protected abstract Task<string> CreateDatabaseAsync(CancellationToken cancellationToken);

    protected abstract Task DropDatabaseAsync(string connectionString);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases.Values.Where(database => database.IsValueCreated && database.Value.IsCompletedSuccessfully))
            await DropDatabaseAsync(await database.Value);
        GC.SuppressFinalize(this);
    }

    public Task<Desk> StartAsync(DeskSetup? setup = null) => StartAsync<DeskContext>(setup);

    /// <summary>A host on this fixture's database of the context.</summary>
    public async Task<Desk> StartAsync<TContext>(DeskSetup? setup = null)
        where TContext : DbContext
    {
        var connectionString = await DatabaseAsync<TContext>();
        return Desk.Create<TContext>(options => Configure(options, connectionString), setup ?? new DeskSetup());
    }

    /// <summary>The connection string of this fixture's database of the context, whose schema stands.</summary>
    public Task<string> DatabaseAsync<TContext>()
        where TContext : DbContext =>
        databases.GetOrAdd(typeof(TContext), _ => new Lazy<Task<string>>(PrepareAsync<TContext>)).Value;

    private async Task<string> PrepareAsync<TContext>()
        where TContext : DbContext
    {
        var connectionString = await CreateDatabaseAsync(TestContext.Current.CancellationToken);
        await using var desk = Desk.Create<TContext>(options => Configure(options, connectionString), new DeskSetup());
        await using var scope = desk.NewScope();
        await scope.Context.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return connectionString;
    }
}
