using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Statistics;

/// <summary>The numbers of the desk, in a database of its own whose tickets are known.</summary>
public sealed class StatisticsApiTests
{
    [Fact]
    public async Task An_empty_desk_has_every_number()
    {
        await using var host = await TestHelpDesk.StartAsync();
        await host.SetAgentAsync(Users.Ben, maxOpenTickets: 5);

        var stats = await (await host.AsAsync(Users.Ann)).GetAsync("/stats");

        Assert.Equal(
            """{"byStatus":{"open":0,"pending":0,"resolved":0,"closed":0},"unassigned":0,"mine":0,"overdue":0,"dueSoon":0,"held":0,"agents":[{"id":"ann-id","name":"ann","openTickets":0,"maxOpenTickets":null},{"id":"ben-id","name":"ben","openTickets":0,"maxOpenTickets":5}]}""",
            stats.Is(200).Text);
        Assert.Contains("Cache-Control: no-store", stats.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_are_those_of_the_lists()
    {
        await using var host = await StartAsync();
        var ann = await host.AsAsync(Users.Ann);
        await FillAsync(host);

        var stats = await ann.GetAsync("/stats");

        Assert.Equal(
            """{"byStatus":{"open":5,"pending":1,"resolved":1,"closed":2},"unassigned":3,"mine":2,"overdue":1,"dueSoon":1,"held":0,"agents":[{"id":"ann-id","name":"ann","openTickets":2,"maxOpenTickets":null},{"id":"ben-id","name":"ben","openTickets":1,"maxOpenTickets":7}]}""",
            stats.Is(200).Text);
        foreach (var status in new[] { "open", "pending", "resolved", "closed" })
            Assert.Equal(await CountAsync(ann, $"status={status}"), stats.Json.GetProperty("byStatus").GetProperty(status).GetInt32());
        Assert.Equal(await CountAsync(ann, "assignee=none&status=open&status=pending"), stats.Json.GetProperty("unassigned").GetInt32());
        Assert.Equal(await CountAsync(ann, "assignee=me&status=open&status=pending"), stats.Json.GetProperty("mine").GetInt32());
        Assert.Equal(await CountAsync(ann, "overdue=true"), stats.Json.GetProperty("overdue").GetInt32());
        foreach (var agent in stats.Json.GetProperty("agents").EnumerateArray())
            Assert.Equal(await CountAsync(ann, $"assignee={agent.Text("id")}&status=open&status=pending"), agent.GetProperty("openTickets").GetInt32());
        Assert.Equal(
            (await ann.GetAsync("/agents")).Json.Data().Select(agent => $"{agent.Text("id")} {agent.GetProperty("openTickets")} {agent.GetProperty("maxOpenTickets")}"),
            stats.Json.GetProperty("agents").EnumerateArray().Select(agent => $"{agent.Text("id")} {agent.GetProperty("openTickets")} {agent.GetProperty("maxOpenTickets")}"));
    }

    [Theory]
    [InlineData(Users.Ann, 2)]
    [InlineData(Users.Ben, 1)]
    [InlineData(Users.Mia, 0)]
    [InlineData(Users.Root, 0)]
    public async Task Mine_is_the_callers_and_the_rest_is_everybodys(string person, int mine)
    {
        await using var host = await StartAsync();
        await FillAsync(host);
        var expected = (await (await host.AsAsync(Users.Ann)).GetAsync("/stats")).Text.Replace("\"mine\":2", $"\"mine\":{mine}", StringComparison.Ordinal);

        Assert.Equal(expected, (await (await host.AsAsync(person)).GetAsync("/stats")).Is(200).Text);
    }

    [Fact]
    public async Task What_is_due_now_is_overdue_and_what_is_due_within_the_hour_is_due_soon()
    {
        await using var host = await StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await OpenAsync(alice, "urgent");

        // Due at eleven: the clock starts at nine.
        Assert.Equal((0, 0), await DueAsync());
        host.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(10));
        Assert.Equal((0, 0), await DueAsync());
        host.Clock.Advance(TimeSpan.FromTicks(10));
        Assert.Equal((0, 1), await DueAsync());
        host.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(10));
        Assert.Equal((0, 1), await DueAsync());
        host.Clock.Advance(TimeSpan.FromTicks(10));
        Assert.Equal((1, 0), await DueAsync());
        Assert.Equal(1, await CountAsync(ann, "overdue=true"));

        async Task<(int Overdue, int DueSoon)> DueAsync()
        {
            var stats = (await ann.GetAsync("/stats")).Is(200).Json;
            return (stats.GetProperty("overdue").GetInt32(), stats.GetProperty("dueSoon").GetInt32());
        }
    }

    [Fact]
    public async Task How_soon_is_soon_is_configured()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Sla:DueSoon"] = "03:00:00" } });
        await OpenAsync(await host.AsAsync(Users.Alice), "urgent");

        Assert.Equal(1, (await (await host.AsAsync(Users.Ann)).GetAsync("/stats")).Is(200).Json.GetProperty("dueSoon").GetInt32());
    }

    [Fact]
    public async Task A_ticket_that_nobody_may_take_counts_as_unassigned()
    {
        await using var host = await TestHelpDesk.StartAsync();
        await host.SetAgentAsync(Users.Ann, isAvailable: false);
        await host.SetAgentAsync(Users.Ben, categories: ["billing"], maxOpenTickets: 0);

        await OpenAsync(await host.AsAsync(Users.Alice), "normal");

        Assert.Equal(1, (await (await host.AsAsync(Users.Ann)).GetAsync("/stats")).Is(200).Json.GetProperty("unassigned").GetInt32());
    }

    /// <summary>Who is responsible is the test's own choice.</summary>
    private static Task<TestHelpDesk> StartAsync() => TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:Strategy"] = "None" } });

    /// <summary>Nine tickets, of which one is late at the end and one is due within the hour.</summary>
    private static async Task FillAsync(TestHelpDesk host)
    {
        var (alice, bob, ann, ben) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Bob), await host.AsAsync(Users.Ann), await host.AsAsync(Users.Ben));
        await host.SetAgentAsync(Users.Ben, maxOpenTickets: 7);
        await OpenAsync(alice, "urgent");
        await OpenAsync(bob, "low");
        var soon = await OpenAsync(alice, "low");
        (await ann.PatchAsync($"/tickets/{soon}", new { dueAt = "2026-03-02T12:00:00Z" })).Is(200);
        (await ann.PatchAsync($"/tickets/{await OpenAsync(alice, "normal")}", new { assigneeId = "ann-id" })).Is(200);
        await ann.ReplyAsync(await OpenAsync(bob, "normal"));
        (await ann.PatchAsync($"/tickets/{await OpenAsync(bob, "high")}", new { assigneeId = "ben-id" })).Is(200);
        // What is over counts for nobody, and is not late however old it is.
        (await ben.PostAsync($"/tickets/{await OpenAsync(bob, "urgent")}/resolve")).Is(200);
        (await ben.PostAsync($"/tickets/{await OpenAsync(alice, "urgent")}/close")).Is(200);
        (await alice.PostAsync($"/tickets/{await OpenAsync(alice, "urgent")}/close")).Is(200);
        host.Clock.Advance(TimeSpan.FromMinutes(130));
    }

    private static async Task<Guid> OpenAsync(Caller caller, string priority) => (await caller.PostAsync("/tickets", new { subject = "S", body = "B", priority })).Is(201).Id;

    private static async Task<int> CountAsync(Caller caller, string query)
    {
        var page = (await caller.GetAsync($"/tickets?limit=100&{query}")).Is(200).Json;
        Assert.Null(page.Text("nextCursor"));
        return page.Data().Count;
    }
}
