using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace HelpDesk.Overrides.Tests;

/// <summary>The sample as it is, on a database of its own.</summary>
internal sealed class OverridesHost(TimeProvider? clock = null, string? postgres = null, TimeSpan? sweepEvery = null) : WebApplicationFactory<Program>
{
    /// <summary>Longer than any test: after the run at the start, the scheduler does nothing by itself.</summary>
    private static readonly TimeSpan Never = TimeSpan.FromDays(365);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("helpdesk-overrides-");

    private string Sqlite => $"Data Source={Path.Combine(folder.FullName, "overrides.db")}";

    /// <summary>Somebody who is signed in by the key that <c>appsettings.json</c> has.</summary>
    public Caller As(string user)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Add("X-Api-Key", $"{user}-key");
        return new Caller(client);
    }

    /// <summary>Does something in a scope of its own, as a request or a run of a job has.</summary>
    public async Task<T> WithAsync<T>(Func<IServiceProvider, Task<T>> use)
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider);
    }

    /// <summary>Runs a job as the scheduler does: made in a scope of its own.</summary>
    public Task<bool> RunAsync<TJob>()
        where TJob : class, IJob => WithAsync(async services =>
        {
            await ActivatorUtilities.CreateInstance<TJob>(services).Execute(null!, TestContext.Current.CancellationToken);
            return true;
        });

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Sqlite", Sqlite);
        builder.UseSetting("ConnectionStrings:Postgres", postgres);
        builder.UseSetting("Scheduler:SweepEvery", (sweepEvery ?? Never).ToString());
        builder.UseSetting("Scheduler:RecountEvery", Never.ToString());
        builder.ConfigureLogging(logging => logging.ClearProviders());
        if (clock is not null)
            builder.ConfigureTestServices(services => services.AddSingleton(clock));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using (var connection = new SqliteConnection(Sqlite))
            SqliteConnection.ClearPool(connection);
        folder.Delete(recursive: true);
    }
}
