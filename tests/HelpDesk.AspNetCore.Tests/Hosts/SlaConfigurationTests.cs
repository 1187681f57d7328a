using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>The settings of promises, escalation and assignment by the names that http-api.md gives them, as a host's configuration has them.</summary>
public sealed class SlaConfigurationTests
{
    private static readonly string[] EveryPriority = ["urgent", "high", "normal", "low"];

    [Fact]
    public async Task Durations_are_configured_for_each_target_and_priority()
    {
        var configuration = new Dictionary<string, string?>();
        foreach (var (target, hours) in new[] { ("Resolution", 10), ("FirstResponse", 1), ("NextResponse", 5) })
        {
            foreach (var (priority, index) in EveryPriority.Select((priority, index) => (priority, index)))
                configuration[$"HelpDesk:Sla:{target}:{priority}"] = $"{hours + index:00}:00:00";
        }

        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = configuration });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        foreach (var (priority, index) in EveryPriority.Select((priority, index) => (priority, index)))
        {
            var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority })).Is(201);
            await ann.ReplyAsync(ticket.Id);
            await alice.ReplyAsync(ticket.Id);

            Assert.Equal(
                [$"firstResponse {1 + index:00}:00:00", $"nextResponse {5 + index:00}:00:00", $"resolution {10 + index:00}:00:00"],
                Targets(await SlaAsync(ann, ticket.Id)).Select(target => $"{target.Text("kind")} {target.Time("dueAt") - target.Time("startedAt")}"));
        }
    }

    [Fact]
    public async Task Keys_and_words_are_taken_in_any_letter_case()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration = { ["helpdesk:sla:resolution:NORMAL"] = "1.12:00:00", ["HELPDESK:SLA:pausewhilepending"] = "TRUE", ["HelpDesk:Assignment:Strategy"] = "none" },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();

        Assert.Null(ticket.Json.Assignee());
        Assert.Equal("2026-03-03T21:00:00Z", (await SlaAsync(ann, ticket.Id)).Text("dueAt"));
        (await ann.PatchAsync($"/tickets/{ticket.Id}", new { status = "pending" })).Is(200);
        Assert.Equal("paused", Assert.Single(Targets(await SlaAsync(ann, ticket.Id))).Text("state"));
    }

    /// <summary>The clock stands at Monday, 2 March 2026, ten o'clock in Berlin.</summary>
    [Fact]
    public async Task A_calendar_has_a_time_zone_hours_and_holidays()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration =
            {
                ["HelpDesk:Sla:Calendars:office:TimeZone"] = "Europe/Berlin",
                ["HelpDesk:Sla:Calendars:office:Hours:Monday"] = "09:00-12:00, 13:00-17:00",
                ["HelpDesk:Sla:Calendars:office:Hours:Tuesday"] = "09:00-17:00",
                ["HelpDesk:Sla:Calendars:office:Hours:Wednesday"] = "09:00-17:00",
                ["HelpDesk:Sla:Calendars:office:Holidays:0"] = "2026-03-03",
                ["HelpDesk:Sla:Calendars:office:Holidays:1"] = "2026-12-25",
                ["HelpDesk:Sla:Calendar"] = "office",
            },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "high" })).Is(201);

        var target = Assert.Single(Targets(await SlaAsync(ann, ticket.Id)));

        // Six hours are left of Monday, none on the holiday; the other two end on Wednesday at eleven in Berlin.
        Assert.Equal(["2026-03-04T10:00:00Z", "running", "Within 8 h, office: priority high."], target.Texts("dueAt", "state", "reason"));
        Assert.Equal(
            [
                "running 2026-03-02T09:00:00Z 2026-03-02T11:00:00Z", "outOfHours 2026-03-02T11:00:00Z 2026-03-02T12:00:00Z", "running 2026-03-02T12:00:00Z 2026-03-02T16:00:00Z",
                "outOfHours 2026-03-02T16:00:00Z 2026-03-04T08:00:00Z", "running 2026-03-04T08:00:00Z 2026-03-04T10:00:00Z",
            ],
            target.GetProperty("segments").EnumerateArray().Select(segment => string.Join(' ', segment.Texts("kind", "from", "to"))));
    }

    [Fact]
    public async Task A_target_may_have_a_calendar_of_its_own_and_a_priority_another()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration =
            {
                ["HelpDesk:Sla:Calendars:office:Hours:Tuesday"] = "09:00-17:00",
                ["HelpDesk:Sla:Calendars:nights:Hours:Monday"] = "22:00-06:00",
                ["HelpDesk:Sla:Calendar"] = "office",
                ["HelpDesk:Sla:FirstResponse:urgent"] = "01:00:00",
                ["HelpDesk:Sla:FirstResponse:high"] = "01:00:00",
                ["HelpDesk:Sla:FirstResponse:Calendar"] = "nights",
                ["HelpDesk:Sla:FirstResponse:Calendars:urgent"] = "always",
            },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var urgent = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "urgent" })).Is(201);
        var high = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "high" })).Is(201);

        Assert.Equal(["2026-03-02T10:00:00Z", "2026-03-03T11:00:00Z"], Targets(await SlaAsync(ann, urgent.Id)).Select(target => target.Text("dueAt")));
        Assert.Equal(["2026-03-02T23:00:00Z", "2026-03-03T17:00:00Z"], Targets(await SlaAsync(ann, high.Id)).Select(target => target.Text("dueAt")));
    }

    [Fact]
    public async Task Round_robin_goes_by_turns_and_not_by_load()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:Strategy"] = "RoundRobin" } });
        var alice = await host.AsAsync(Users.Alice);
        await host.SetAgentAsync(Users.Ann);
        await host.SetAgentAsync(Users.Ben);

        var assignees = new List<string?>();
        for (var i = 0; i < 4; i++)
        {
            var ticket = await alice.OpenAsync();
            assignees.Add(ticket.Json.Assignee());
            // So that the next one by load would always be Ann.
            if (ticket.Json.Assignee() == "ann-id")
                (await alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(200);
        }

        Assert.Equal(["ann-id", "ben-id", "ann-id", "ben-id"], assignees);
    }

    [Fact]
    public async Task Without_a_strategy_nobody_is_chosen_and_nothing_waits()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:Strategy"] = "None" } });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var ticket = await alice.OpenAsync();

        Assert.Null(ticket.Json.Assignee());
        Assert.Equal(["opened"], (await ann.GetAsync($"/tickets/{ticket.Id}/history")).Json.Data().Select(entry => entry.Text("action")));
        await ann.ReplyAsync(ticket.Id);
        Assert.Equal("ann-id", (await alice.GetAsync($"/tickets/{ticket.Id}")).Json.Assignee());
    }

    [Theory]
    [InlineData("Always", "ben-id")]
    [InlineData("WhenUnassigned", "ann-id")]
    [InlineData("Never", "ann-id")]
    public async Task Whether_an_answer_makes_responsible_is_configured(string onReply, string assignee)
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:OnReply"] = onReply } });
        var (alice, ben) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ben));
        var ticket = await alice.OpenAsync();
        Assert.Equal("ann-id", ticket.Json.Assignee());

        await ben.ReplyAsync(ticket.Id);

        Assert.Equal(assignee, (await alice.GetAsync($"/tickets/{ticket.Id}")).Json.Assignee());
    }

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task Whether_pending_tickets_are_load_is_configured(string countPending, int load)
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:CountPending"] = countPending } });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        await ann.ReplyAsync((await alice.OpenAsync()).Id);

        Assert.Equal(load, (await ann.GetAsync("/agents/ann-id")).Is(200).Json.GetProperty("openTickets").GetInt32());
        Assert.Equal(load, (await ann.GetAsync("/stats")).Is(200).Json.GetProperty("agents")[0].GetProperty("openTickets").GetInt32());
    }

    private static async Task<JsonElement> SlaAsync(Caller agent, Guid ticket) => (await agent.GetAsync($"/tickets/{ticket}/sla")).Is(200).Json;

    private static IReadOnlyList<JsonElement> Targets(JsonElement sla) => [.. sla.GetProperty("targets").EnumerateArray()];
}
