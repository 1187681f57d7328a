using System.Data.Common;
using HelpDesk.Assignment;
using HelpDesk.Events;
using HelpDesk.People;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Benchmarks;

/// <summary>How long it takes from the commit of a command until a handler of the same process has the event.</summary>
internal static class DeliveryLatency
{
    private const int WarmUp = 200;
    private const int Measured = 500;

    private static readonly TimeSpan Promise = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures on a SQLite file, or on the PostgreSQL that is named, and fails where the median is not below 20 ms.</summary>
    public static async Task<int> RunAsync(string? postgres)
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-latency-");
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<Stopwatch>();
        builder.Services.AddDbContext<LatencyContext>((services, options) =>
        {
            options.AddInterceptors(services.GetRequiredService<Stopwatch>());
            _ = postgres is null ? options.UseSqlite($"Data Source={Path.Combine(folder.FullName, "latency.db")}") : options.UseNpgsql(postgres);
        });
        builder.Services.AddHelpDesk(options => options.Assignment.Strategy = BuiltInStrategy.None)
            .UseDbContext<LatencyContext>().UseUserDirectory<Nobody>().AddTicketEventHandler<Finish>();
        using var host = builder.Build();
        await using (var scope = host.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<LatencyContext>().Database.EnsureCreatedAsync();
        await host.StartAsync();

        var watch = host.Services.GetRequiredService<Stopwatch>();
        var times = new List<double>();
        for (var i = 0; i < WarmUp + Measured; i++)
        {
            var time = await watch.MeasureAsync(() => OpenAsync(host.Services));
            if (i >= WarmUp)
                times.Add(time.TotalMilliseconds);
        }

        await host.StopAsync();
        times.Sort();
        var median = times[times.Count / 2];
        Console.WriteLine($"{(postgres is null ? "SQLite" : "PostgreSQL")}, from commit to handler: median {median:F1} ms, 95 % within {times[times.Count * 95 / 100]:F1} ms, worst {times[^1]:F1} ms of {Measured}.");
        return median < Promise.TotalMilliseconds ? 0 : 1;
    }

    private static async Task OpenAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ITicketService>().OpenAsync(new OpenTicket { Actor = Actor.User("somebody"), Subject = "Measured", Body = "From here to there." });
    }

    /// <summary>Starts with the first commit after a measurement has begun, and stops with the handler.</summary>
    private sealed class Stopwatch(TimeProvider clock) : DbTransactionInterceptor
    {
        private TaskCompletionSource<TimeSpan> handled = new();
        private long start;

        public async Task<TimeSpan> MeasureAsync(Func<Task> command)
        {
            handled = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            Interlocked.Exchange(ref start, 0);
            await command();
            return await handled.Task.WaitAsync(TimeSpan.FromSeconds(10));
        }

        public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Interlocked.CompareExchange(ref start, clock.GetTimestamp(), 0);
            return Task.CompletedTask;
        }

        public void Stop() => handled.TrySetResult(clock.GetElapsedTime(Interlocked.Read(ref start)));
    }

    private sealed class Finish(Stopwatch watch) : ITicketEventHandler
    {
        public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken)
        {
            watch.Stop();
            return Task.CompletedTask;
        }
    }

    private sealed class LatencyContext(DbContextOptions<LatencyContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk();
    }

    private sealed class Nobody : IUserDirectory
    {
        public Task<IReadOnlyDictionary<string, DirectoryUser>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyDictionary<string, DirectoryUser>>(new Dictionary<string, DirectoryUser>());

        public Task<DirectoryUser?> FindByEmailAsync(string email, CancellationToken cancellationToken) => Task.FromResult<DirectoryUser?>(null);

        public Task<IReadOnlyList<DirectoryUser>> ListAsync(HelpDeskRoles role, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<DirectoryUser>>([]);

        public Task<HelpDeskRoles> GetRolesAsync(string id, CancellationToken cancellationToken) => Task.FromResult(HelpDeskRoles.None);
    }
}
