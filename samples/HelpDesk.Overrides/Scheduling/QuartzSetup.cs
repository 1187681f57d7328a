using Quartz;

namespace HelpDesk.Overrides.Scheduling;

internal static class QuartzSetup
{
    /// <summary>Runs the help desk's sweeps by the host's own scheduler, here Quartz.NET; Hangfire would call the same methods.</summary>
    public static void AddQuartzScheduler(this WebApplicationBuilder builder)
    {
        var sweepEvery = builder.Configuration.GetValue("Scheduler:SweepEvery", TimeSpan.FromSeconds(5));
        var recountEvery = builder.Configuration.GetValue("Scheduler:RecountEvery", TimeSpan.FromHours(1));
        builder.Services.AddQuartz(quartz =>
        {
            quartz.ScheduleJob<SweepJob>(trigger => trigger.WithIdentity("sweep").WithSimpleSchedule(sweepEvery));
            quartz.ScheduleJob<RecountJob>(trigger => trigger.WithIdentity("recount").WithSimpleSchedule(recountEvery));

            // Without it the schedule lives in memory, which is enough for one process: the tickets know themselves what is due.
            if (builder.Configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres)
            {
                quartz.UsePersistentStore(store => store.ShareInPostgres(postgres));
                quartz.ConfigureScheduler(scheduler => scheduler.IdleWaitTime = sweepEvery); // So soon a process takes over from one that has stopped.
            }
        });
        builder.Services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>One schedule for any number of processes: each run is that of one of them, and when one stops another goes on.</summary>
    private static void ShareInPostgres(this IPersistentStoreBuilder store, string connectionString)
    {
        store.UsePostgres(connectionString);
        store.UseClustering();
        store.ProvisionSchema(); // Creates the tables qrtz_… where they are missing; see README for a database that does not allow it.
    }
}
