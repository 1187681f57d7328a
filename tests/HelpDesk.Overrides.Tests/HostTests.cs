using System.Net;
using System.Text.Json;
using HelpDesk.Overrides.Company;
using HelpDesk.Overrides.Scheduling;
using HelpDesk.Sla;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.Overrides.Tests;

/// <summary>The sample over HTTP, with its own users and customers. It is Monday, 9:00 in UTC and 10:00 in Berlin.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private readonly OverridesHost host = new(new FakeTimeProvider(Known.Now));

    private Caller Mia => host.As("mia");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("alice", "billing", "ACME-2026-00001", "ann", "2026-03-02T09:30:00Z")]
    [InlineData("haruto", "billing", "ACME-2026-00001", "yuki", "2026-03-02T09:30:00Z")]
    [InlineData("bruno", "hardware", "GLOBEX-2026-00001", "ben", "2026-03-02T13:00:00Z")]
    [InlineData("aino", "hardware", "INITECH-2026-00001", "ben", null)]
    public async Task A_ticket_has_its_tenants_number_the_agent_for_its_language_and_the_due_time_of_its_contract(
        string requester, string category, string number, string assignee, string? dueAt)
    {
        var opened = await host.As(requester).OpenAsync(category);
        var ticket = await Mia.GetAsync($"/tickets/{number}");

        Assert.Equal(opened.GetProperty("id").GetString(), ticket.GetProperty("id").GetString());
        Assert.Equal("api", ticket.GetProperty("channel").GetString());
        Assert.Equal(assignee, Assignee(ticket));
        Assert.Equal(dueAt, ticket.GetProperty("dueAt").GetString());
    }

    [Fact]
    public async Task The_history_says_why_that_agent_and_why_that_time()
    {
        await host.As("alice").OpenAsync("billing");
        await host.As("bruno").OpenAsync("hardware");

        Assert.Equal(
            ["The first response within 30 min, around the clock: contract gold. The resolution within 4 h, around the clock: contract gold."],
            await Mia.ReasonsAsync("ACME-2026-00001", "opened"));
        Assert.Equal(
            ["The first response within 4 h, office hours in Europe/Berlin: contract silver. The resolution within 16 h, office hours in Europe/Berlin: contract silver."],
            await Mia.ReasonsAsync("GLOBEX-2026-00001", "opened"));
        Assert.StartsWith("Ann: speaks en, knows billing, 0 open.", Assert.Single(await Mia.ReasonsAsync("ACME-2026-00001", "assigned")));
        Assert.StartsWith("Ben: speaks de, knows hardware, 0 open.", Assert.Single(await Mia.ReasonsAsync("GLOBEX-2026-00001", "assigned")));
    }

    [Fact]
    public async Task A_ticket_waits_for_the_one_agent_who_speaks_its_language_and_says_so()
    {
        await host.As("yuki").SendAsync(HttpMethod.Put, "/agents/me/availability", new { isAvailable = false });
        await host.As("haruto").OpenAsync();
        var waiting = await Mia.GetAsync("/tickets/ACME-2026-00001");
        var reason = Assert.Single(await Mia.ReasonsAsync("ACME-2026-00001", "queued"));

        await host.As("yuki").SendAsync(HttpMethod.Put, "/agents/me/availability", new { isAvailable = true });
        await host.RunAsync<SweepJob>();

        Assert.Null(Assignee(waiting));
        Assert.Equal("Waits for an agent. None of the agents who speak ja is free for it.", reason);
        Assert.Equal("yuki", Assignee(await Mia.GetAsync("/tickets/ACME-2026-00001")));
    }

    [Fact]
    public async Task A_contract_that_changes_applies_to_the_tickets_there_are()
    {
        await host.As("bruno").OpenAsync();

        var recalculated = await host.WithAsync(async services =>
        {
            var context = services.GetRequiredService<AppDbContext>();
            (await context.Customers.FindAsync(["globex"], Token))!.Contract = Contract.Gold;
            await context.SaveChangesAsync(Token);
            services.GetRequiredService<IMemoryCache>().Remove(typeof(Customer)); // Or a minute later.
            return await services.GetRequiredService<ISlaRecalculation>().RunAsync(Actor.System("contracts"), cancellationToken: Token).ToListAsync(Token);
        });

        Assert.Equal(1, recalculated.Sum(batch => batch.Changed));
        Assert.Equal("2026-03-02T09:30:00Z", (await Mia.GetAsync("/tickets/GLOBEX-2026-00001")).GetProperty("dueAt").GetString());
    }

    [Fact]
    public async Task The_number_of_another_tenants_ticket_opens_nothing()
    {
        await host.As("alice").OpenAsync();

        using var foreign = await host.As("bruno").TrySendAsync(HttpMethod.Get, "/tickets/ACME-2026-00001");
        using var keyless = await host.As("stranger").TrySendAsync(HttpMethod.Get, "/tickets/ACME-2026-00001");

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, keyless.StatusCode);
    }

    private static string? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignee") is { ValueKind: JsonValueKind.Object } assignee ? assignee.GetProperty("id").GetString() : null;
}
