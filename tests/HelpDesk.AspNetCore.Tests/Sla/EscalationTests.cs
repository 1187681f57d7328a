using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Sla;

/// <summary>What time brings, by the escalation service of a host; what is seen of it through the API, and by whom.</summary>
public sealed class EscalationTests
{
    private const string EverySecond = "00:00:01";

    private static readonly string[] RequesterReads = ["/tickets/{0}", "/tickets", "/tickets?sort=createdAt", "/tickets/{0}/messages", "/tickets/{0}/sla", "/tickets/{0}/history"];

    [Fact]
    public async Task A_late_ticket_is_escalated_for_agents_and_its_requester_notices_nothing()
    {
        await using var host = await StartAsync(onRealClock: true, ("HelpDesk:Sla:Resolution:urgent", "00:00:01"));
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "urgent" })).Is(201);
        var before = await ReadAllAsync(alice, ticket.Id);

        var escalated = await Poll.UntilAsync(() => ann.GetAsync($"/tickets/{ticket.Id}"), json => json.Time("escalatedAt") is not null);

        var dueAt = ticket.Json.Time("createdAt")!.Value + TimeSpan.FromSeconds(1);
        Assert.Equal(dueAt, escalated.Json.Time("dueAt"));
        Assert.InRange(escalated.Json.Time("escalatedAt")!.Value, dueAt, DateTimeOffset.MaxValue);
        Assert.NotEqual(ticket.ETag, escalated.ETag);
        Assert.Equal(before, await ReadAllAsync(alice, ticket.Id));
        Assert.Equal(ticket.ETag, (await alice.GetAsync($"/tickets/{ticket.Id}")).ETag);
        Assert.DoesNotContain("escalated", (await alice.GetAsync($"/tickets/{ticket.Id}")).Text, StringComparison.OrdinalIgnoreCase);

        var target = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json.GetProperty("targets")[0];
        Assert.Equal("breached", target.Text("state"));
        Assert.Equal(escalated.Json.Time("escalatedAt"), target.Time("breachedAt"));
        Assert.Equal([ticket.Id], (await ann.GetAsync("/tickets?overdue=true")).Json.Data().Select(row => row.GetProperty("id").GetGuid()));

        // What the requester knew is still good for a write.
        (await alice.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "Still." }, ("If-Match", ticket.ETag!))).Is(201);
    }

    [Fact]
    public async Task The_history_tells_of_an_escalation_once()
    {
        await using var host = await StartAsync(onRealClock: false);
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "urgent" })).Is(201);
        host.Clock.Advance(TimeSpan.FromHours(2));

        await EscalatedAsync(ticket.Id);
        // Another one is late an hour later, which shows that the service has looked again.
        var other = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "urgent" })).Is(201);
        host.Clock.Advance(TimeSpan.FromHours(2));
        await EscalatedAsync(other.Id);

        var escalations = (await ann.GetAsync($"/tickets/{ticket.Id}/history")).Is(200).Json.Data().Where(entry => entry.Text("action") == "escalated").ToList();
        var entry = Assert.Single(escalations);
        Assert.Equal(["system", "The resolution was due at 2026-03-02T11:00:00.000000Z."], entry.Texts("via", "reason"));
        Assert.Equal("system", entry.GetProperty("actor").Text("kind"));

        Task EscalatedAsync(Guid id) =>
            Poll.UntilAsync(() => ann.GetAsync($"/tickets/{id}"), json => json.Time("escalatedAt") is not null, () => host.Clock.Advance(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Nothing_is_escalated_before_its_time_or_after_its_end()
    {
        await using var host = await StartAsync(onRealClock: false);
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var resolved = await OpenAsync(alice, "urgent");
        var closed = await OpenAsync(alice, "urgent");
        var late = await OpenAsync(alice, "urgent");
        var early = await OpenAsync(alice, "high");
        (await alice.PostAsync($"/tickets/{resolved}/resolve")).Is(200);
        (await alice.PostAsync($"/tickets/{closed}/close")).Is(200);

        host.Clock.Advance(TimeSpan.FromHours(7));
        await Poll.UntilAsync(() => ann.GetAsync($"/tickets/{late}"), json => json.Time("escalatedAt") is not null, () => host.Clock.Advance(TimeSpan.FromSeconds(1)));

        foreach (var ticket in new[] { resolved, closed, early })
            Assert.Null((await ann.GetAsync($"/tickets/{ticket}")).Json.Time("escalatedAt"));
    }

    [Fact]
    public async Task A_warning_shows_at_its_target_and_nowhere_to_the_requester()
    {
        await using var host = await StartAsync(onRealClock: false, ("HelpDesk:Sla:WarnBefore", "00:30:00"));
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await OpenAsync(alice, "urgent");
        var before = await ReadAllAsync(alice, ticket);

        host.Clock.Advance(TimeSpan.FromMinutes(90));
        var warned = await Poll.UntilAsync(
            () => ann.GetAsync($"/tickets/{ticket}/sla"), json => json.GetProperty("targets")[0].Time("warnedAt") is not null, () => host.Clock.Advance(TimeSpan.FromSeconds(1)));

        var target = warned.Json.GetProperty("targets")[0];
        Assert.Equal(["running", null], target.Texts("state", "breachedAt"));
        Assert.InRange(target.Time("warnedAt")!.Value, target.Time("startedAt")!.Value + TimeSpan.FromMinutes(90), target.Time("dueAt")!.Value);
        Assert.Null((await ann.GetAsync($"/tickets/{ticket}")).Json.Time("escalatedAt"));
        Assert.Equal(before, await ReadAllAsync(alice, ticket));
        Assert.Equal("warned", (await ann.GetAsync($"/tickets/{ticket}/history")).Json.Data()[^1].Text("action"));
    }

    [Fact]
    public async Task A_resolved_ticket_is_closed_after_its_time_and_no_other()
    {
        await using var host = await StartAsync(onRealClock: true, ("HelpDesk:AutoClose:After", "00:00:01"));
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var open = await OpenAsync(alice, "normal");
        var ticket = await OpenAsync(alice, "normal");
        var resolved = (await ann.PostAsync($"/tickets/{ticket}/resolve", new { message = "Done." })).Is(200);

        var closed = await Poll.UntilAsync(() => alice.GetAsync($"/tickets/{ticket}"), json => json.Text("status") == "closed");

        Assert.Equal(resolved.Json.Text("resolvedAt"), closed.Json.Text("resolvedAt"));
        Assert.InRange(closed.Json.Time("closedAt")!.Value - closed.Json.Time("resolvedAt")!.Value, TimeSpan.FromSeconds(1), TimeSpan.MaxValue);
        Assert.Equal(2, closed.Json.GetProperty("messages").GetArrayLength());
        Assert.Equal("ann-id", closed.Json.Assignee());
        var entry = (await ann.GetAsync($"/tickets/{ticket}/history")).Json.Data()[^1];
        Assert.Equal(["closed", "system", "Nobody came back to it after its resolution."], entry.Texts("action", "via", "reason"));
        Assert.Equal("open", (await alice.GetAsync($"/tickets/{open}")).Json.Text("status"));
    }

    [Fact]
    public async Task Without_AutoClose_a_resolved_ticket_stays_resolved()
    {
        await using var host = await StartAsync(onRealClock: false, ("HelpDesk:AutoClose:After", "00:00:00"));
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var resolved = await OpenAsync(alice, "normal");
        (await alice.PostAsync($"/tickets/{resolved}/resolve")).Is(200);
        var late = await OpenAsync(alice, "urgent");

        host.Clock.Advance(TimeSpan.FromDays(400));
        await Poll.UntilAsync(() => ann.GetAsync($"/tickets/{late}"), json => json.Time("escalatedAt") is not null, () => host.Clock.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal("resolved", (await alice.GetAsync($"/tickets/{resolved}")).Json.Text("status"));
    }

    [Theory]
    [InlineData("00:00:10", true)]
    [InlineData("00:15:00", false)]
    public async Task The_interval_is_the_longest_time_after_which_the_work_of_other_processes_is_seen(string interval, bool isSeen)
    {
        var database = await TestDatabase.SqliteAsync();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Database = () => Task.FromResult(database),
            Configuration = { ["HelpDesk:Escalation:Interval"] = interval },
            Services = services => services.AddHelpDesk().AddEscalation(),
        });
        await using var other = await TestHelpDesk.StartAsync(new TestHostSetup { Database = () => Task.FromResult(new TestDatabase(database.Configure, () => Task.CompletedTask)) });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        // The first sweep is over when it has told of this one; from then on the service sleeps.
        var first = await OpenAsync(alice, "urgent");
        (await ann.PatchAsync($"/tickets/{first}", new { dueAt = "2026-03-02T09:00:00Z" })).Is(200);
        await Poll.UntilAsync(() => ann.GetAsync($"/tickets/{first}"), json => json.Time("escalatedAt") is not null, () => host.Clock.Advance(TimeSpan.FromSeconds(1)));

        var there = await OpenAsync(await other.AsAsync(Users.Alice), "urgent");
        (await (await other.AsAsync(Users.Ann)).PatchAsync($"/tickets/{there}", new { dueAt = "2026-03-02T09:00:00Z" })).Is(200);
        var (since, taken) = (host.Clock.GetUtcNow(), 0);
        var answer = await Poll.UntilAsync(
            () => ann.GetAsync($"/tickets/{there}"),
            json => json.Time("escalatedAt") is not null,
            () =>
            {
                // As long as it sleeps and no longer, however long it then takes; once more where it did not sleep yet.
                if (taken++ < (isSeen ? 10 : 15) || taken % 100 == 0)
                    host.Clock.Advance(TimeSpan.FromSeconds(isSeen ? 1 : 60));
            });

        var waited = answer.Json.Time("escalatedAt")!.Value - since;
        if (isSeen)
            Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(12));
        else
            Assert.InRange(waited, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(17));
    }

    [Fact]
    public async Task Without_AddEscalation_nothing_is_escalated_and_the_state_tells_it_all_the_same()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnRealClock = true, Configuration = { ["HelpDesk:Sla:Resolution:urgent"] = "00:00:00.1" } });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await OpenAsync(alice, "urgent");

        var late = await Poll.UntilAsync(() => ann.GetAsync($"/tickets/{ticket}/sla"), json => json.GetProperty("targets")[0].Text("state") == "breached");

        Assert.Equal(JsonValueKind.Null, late.Json.GetProperty("targets")[0].GetProperty("breachedAt").ValueKind);
        Assert.Null((await ann.GetAsync($"/tickets/{ticket}")).Json.Time("escalatedAt"));
        Assert.Single((await ann.GetAsync("/tickets?overdue=true")).Json.Data());
    }

    private static Task<TestHelpDesk> StartAsync(bool onRealClock, params (string Key, string Value)[] configuration) => TestHelpDesk.StartAsync(new TestHostSetup
    {
        OnRealClock = onRealClock,
        Configuration = configuration.Append(("HelpDesk:Escalation:Interval", EverySecond)).ToDictionary(pair => pair.Item1, string? (pair) => pair.Item2),
        Services = services => services.AddHelpDesk().AddEscalation(),
    });

    private static async Task<Guid> OpenAsync(Caller caller, string priority) => (await caller.PostAsync("/tickets", new { subject = "S", body = "B", priority })).Is(201).Id;

    private static async Task<List<string>> ReadAllAsync(Caller caller, Guid ticket)
    {
        var answers = new List<string>();
        foreach (var path in RequesterReads)
            answers.Add((await caller.GetAsync(path.Replace("{0}", ticket.ToString(), StringComparison.Ordinal))).Everything);
        return answers;
    }
}
