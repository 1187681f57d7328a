using System.Text.Json;
using HelpDesk.Overrides.Scheduling;
using HelpDesk.Specification.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace HelpDesk.Overrides.Tests;

/// <summary>The host's own scheduler does what the library's services would do.</summary>
public sealed class SchedulerTests
{
    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_librarys_own_services_are_off()
    {
        await using var host = new OverridesHost();

        Assert.False(host.Services.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Assignment.RunsInBackground);
        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), service => service.GetType().Name.Contains("Escalation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_job_escalates_what_is_overdue_and_assigns_what_waits()
    {
        var clock = new FakeTimeProvider(Known.Now);
        await using var host = new OverridesHost(clock);
        await host.As("alice").OpenAsync();
        await host.As("yuki").SendAsync(HttpMethod.Put, "/agents/me/availability", new { isAvailable = false });
        await host.As("haruto").OpenAsync();
        await host.As("yuki").SendAsync(HttpMethod.Put, "/agents/me/availability", new { isAvailable = true });

        clock.Advance(TimeSpan.FromMinutes(30));
        await host.RunAsync<SweepJob>();
        await host.RunAsync<SweepJob>();

        var mia = host.As("mia");
        Assert.Equal("2026-03-02T09:30:00Z", (await mia.GetAsync("/tickets/ACME-2026-00001")).GetProperty("escalatedAt").GetString());
        Assert.Single(await mia.ReasonsAsync("ACME-2026-00001", "escalated"));
        Assert.Equal("yuki", (await mia.GetAsync("/tickets/ACME-2026-00002")).GetProperty("assignee").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_hosts_scheduler_escalates_an_overdue_ticket_and_assigns_a_waiting_one()
    {
        await using var host = new OverridesHost(sweepEvery: OneSecond);
        await host.As("yuki").SendAsync(HttpMethod.Put, "/agents/me/availability", new { isAvailable = false });
        var waiting = (await host.As("haruto").OpenAsync()).GetProperty("number").GetString();
        var overdue = await OpenOverdueAsync(host);
        await host.As("yuki").SendAsync(HttpMethod.Put, "/agents/me/availability", new { isAvailable = true });

        await UntilEscalatedAsync(host, overdue);
        await UntilAsync(async () => (await host.As("mia").ReasonsAsync(waiting!, "assigned")).Count > 0);
    }

    [Fact]
    public async Task Hosts_that_share_a_schedule_in_PostgreSQL_escalate_once_and_go_on_without_each_other()
    {
        var database = await Requirement.PostgresDatabaseAsync(Token);
        try
        {
            string overdue;
            await using var second = new OverridesHost(postgres: database, sweepEvery: OneSecond);
            await using (var first = new OverridesHost(postgres: database, sweepEvery: OneSecond))
            {
                (_, _) = (first.Services, second.Services); // Starts them.
                await UntilAsync(async () => await CountNodesAsync(database) == 2);
                overdue = await OpenOverdueAsync(first);
                await UntilEscalatedAsync(second, overdue);
            }

            var later = await OpenOverdueAsync(second);
            await UntilEscalatedAsync(second, later);
            Assert.Single(await second.As("mia").ReasonsAsync(overdue, "escalated"));
            Assert.Equal(("00001", "00002"), (overdue[^5..], later[^5..]));
        }
        finally
        {
            await PostgresServer.DropDatabaseAsync(database, CancellationToken.None);
        }
    }

    /// <summary>A ticket for which a manager has promised the impossible: that it was solved when it was opened.</summary>
    private static async Task<string> OpenOverdueAsync(OverridesHost host)
    {
        var ticket = await host.As("bruno").OpenAsync();
        var number = ticket.GetProperty("number").GetString()!;
        await host.As("mia").SendAsync(HttpMethod.Patch, $"/tickets/{number}", new { dueAt = ticket.GetProperty("createdAt").GetString() });
        return number;
    }

    private static Task UntilEscalatedAsync(OverridesHost host, string number) => UntilAsync(async () =>
        (await host.As("mia").GetAsync($"/tickets/{number}")).GetProperty("escalatedAt").ValueKind != JsonValueKind.Null);

    /// <summary>Looks again and again, for four minutes at most.</summary>
    private static async Task UntilAsync(Func<Task<bool>> isDone)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromMinutes(4));
        while (!await isDone())
            await Task.Delay(TimeSpan.FromMilliseconds(100), deadline.Token);
    }

    private static async Task<long> CountNodesAsync(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(Token);
        await using var command = new NpgsqlCommand("SELECT COUNT(*) FROM qrtz_scheduler_state", connection);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
