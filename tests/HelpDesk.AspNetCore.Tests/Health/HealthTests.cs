using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HelpDesk.AspNetCore.Tests.Health;

public sealed class HealthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_is_well_where_nothing_waits()
    {
        await using var desk = await StartAsync();

        var report = await desk.WithAsync<HealthCheckService, HealthReport>(health => health.CheckHealthAsync(Token));

        Assert.Equal(["helpdesk-database", "helpdesk-outbox"], report.Entries.Keys.Order());
        Assert.All(report.Entries.Values, entry => Assert.Equal(HealthStatus.Healthy, entry.Status));
    }

    [Fact]
    public async Task An_event_that_waits_for_too_long_degrades_and_says_how_many_wait()
    {
        await using var desk = await StartAsync();
        var alice = await desk.AsAsync(Users.Alice);
        await alice.PostAsync("/tickets", new { subject = "Waits", body = "For a handler." });

        desk.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HealthStatus.Healthy, (await OutboxAsync(desk)).Status);
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var entry = await OutboxAsync(desk);

        Assert.Equal((HealthStatus.Degraded, 301d), (entry.Status, entry.Data["lagSeconds"]));
        Assert.Equal("2 deliveries wait, the oldest for 0.00:05:01. Look at the log for what fails.", entry.Description);
    }

    [Fact]
    public async Task A_database_that_is_away_is_unhealthy()
    {
        await using var desk = await StartAsync(database: "Data Source=/nowhere/at/all.db");

        var report = await desk.WithAsync<HealthCheckService, HealthReport>(health => health.CheckHealthAsync(Token));

        Assert.Equal(HealthStatus.Unhealthy, report.Entries["helpdesk-database"].Status);
        Assert.Equal("The database does not answer.", report.Entries["helpdesk-outbox"].Description);
    }

    private static async Task<HealthReportEntry> OutboxAsync(TestHelpDesk desk) =>
        (await desk.WithAsync<HealthCheckService, HealthReport>(health => health.CheckHealthAsync(Token))).Entries["helpdesk-outbox"];

    private static Task<TestHelpDesk> StartAsync(string? database = null) => TestHelpDesk.StartAsync(new TestHostSetup
    {
        // Nobody dispatches: events wait.
        Configuration = { ["HelpDesk:Outbox:RunsInBackground"] = "false" },
        Context = options => _ = database is null ? options : options.UseSqlite(database),
        Services = services =>
        {
            services.AddHelpDesk().AddTicketEventHandler<Nothing>();
            services.AddHealthChecks().AddHelpDesk().AddHelpDesk();
        },
    });

    private sealed class Nothing : ITicketEventHandler
    {
        public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
