using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Sla;

/// <summary>What is promised, when it is due, and why, as agents read it; on a clock that the test moves.</summary>
public sealed class SlaApiTests
{
    private const string NoTarget = """{"dueAt":null,"targets":[]}""";

    private static readonly string[] EveryPriority = ["urgent", "high", "normal", "low"];

    [Fact]
    public async Task A_new_ticket_has_the_promise_of_its_resolution_with_every_field()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();

        var sla = await ann.GetAsync($"/tickets/{ticket.Id}/sla");

        Assert.Equal(
            """{"dueAt":"2026-03-03T09:00:00Z","targets":[{"kind":"resolution","instance":1,"startedAt":"2026-03-02T09:00:00Z","dueAt":"2026-03-03T09:00:00Z","state":"running","metAt":null,"warnedAt":null,"breachedAt":null,"reason":"Within 24 h, around the clock: priority normal.","segments":[{"from":"2026-03-02T09:00:00Z","to":"2026-03-03T09:00:00Z","kind":"running"}]}]}""",
            sla.Is(200).Text);
        Assert.Contains("Cache-Control: no-store", sla.Head, StringComparison.Ordinal);
        Assert.Equal(sla.Everything, (await ann.GetAsync($"/tickets/{ticket.Json.Text("number")}/sla")).Everything);
        Assert.Equal("2026-03-03T09:00:00Z", (await ann.GetAsync($"/tickets/{ticket.Id}")).Json.Text("dueAt"));
        Assert.Equal("2026-03-03T09:00:00Z", (await ann.GetAsync("/tickets")).Json.Data()[0].Text("dueAt"));
    }

    [Theory]
    [InlineData("urgent", "2026-03-02T11:00:00Z", "2 h")]
    [InlineData("high", "2026-03-02T17:00:00Z", "8 h")]
    [InlineData("normal", "2026-03-03T09:00:00Z", "24 h")]
    [InlineData("low", "2026-03-05T09:00:00Z", "72 h")]
    public async Task By_default_a_resolution_is_due_by_priority(string priority, string dueAt, string time)
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority })).Is(201);

        var sla = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;

        Assert.Equal(dueAt, sla.Text("dueAt"));
        Assert.Equal($"Within {time}, around the clock: priority {priority}.", Assert.Single(Targets(sla)).Text("reason"));
        Assert.Equal([("opened", $"dueAt: null -> {dueAt[..^1]}.000000Z", $"The resolution within {time}, around the clock: priority {priority}.")], (await DueHistoryAsync(ann, ticket.Id)));
    }

    [Fact]
    public async Task What_is_resolved_in_time_is_met()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal("running", await StateAsync(ann, ticket.Id));

        (await ann.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);

        var sla = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;
        var target = Assert.Single(Targets(sla));
        Assert.Equal(JsonValueKind.Null, sla.GetProperty("dueAt").ValueKind);
        Assert.Equal(
            ["met", "2026-03-03T09:00:00Z", "2026-03-03T08:00:00Z", null, "Within 24 h, around the clock: priority normal."],
            target.Texts("state", "dueAt", "metAt", "breachedAt", "reason"));
        Assert.Equal(["running 02T09:00 03T08:00"], Segments(target));
        Assert.Equal(JsonValueKind.Null, (await ann.GetAsync($"/tickets/{ticket.Id}")).Json.GetProperty("dueAt").ValueKind);
    }

    [Fact]
    public async Task What_is_not_resolved_when_it_is_due_is_breached_and_stays_so()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "urgent" })).Is(201);

        host.Clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(10));
        Assert.Equal("running", await StateAsync(ann, ticket.Id));
        host.Clock.Advance(TimeSpan.FromTicks(10));
        Assert.Equal("breached", await StateAsync(ann, ticket.Id));
        // The due time stays: it says since when the ticket is late.
        Assert.Equal("2026-03-02T11:00:00Z", (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Json.Text("dueAt"));
        Assert.Equal([ticket.Id], (await ann.GetAsync("/tickets?overdue=true")).Json.Data().Select(row => row.GetProperty("id").GetGuid()));

        host.Clock.Advance(TimeSpan.FromHours(1));
        (await ann.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);

        var target = Assert.Single(Targets((await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Json));
        Assert.Equal(["breached", "2026-03-02T12:00:00Z", null], target.Texts("state", "metAt", "breachedAt"));
        Assert.Equal(["running 02T09:00 02T12:00"], Segments(target));
    }

    [Fact]
    public async Task By_default_the_time_of_a_pending_ticket_counts()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();

        await ann.ReplyAsync(ticket.Id);

        var sla = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Json;
        Assert.Equal("2026-03-03T09:00:00Z", sla.Text("dueAt"));
        Assert.Equal("running", Assert.Single(Targets(sla)).Text("state"));
    }

    [Fact]
    public async Task With_PauseWhilePending_the_clock_stands_still_while_the_requester_has_the_word()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Sla:PauseWhilePending"] = "true" } });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));

        await ann.ReplyAsync(ticket.Id);
        host.Clock.Advance(TimeSpan.FromHours(3));
        var pending = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;
        var list = (await ann.GetAsync("/tickets")).Json.Data()[0];
        await alice.ReplyAsync(ticket.Id, "Here it is.");
        var open = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;

        Assert.Equal(JsonValueKind.Null, pending.GetProperty("dueAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, list.GetProperty("dueAt").ValueKind);
        Assert.Equal(["paused", null], Assert.Single(Targets(pending)).Texts("state", "dueAt"));
        Assert.Equal(["running 02T09:00 02T10:00", "paused 02T10:00 02T13:00"], Segments(Assert.Single(Targets(pending))));
        Assert.Equal("2026-03-03T12:00:00Z", open.Text("dueAt"));
        Assert.Equal("running", Assert.Single(Targets(open)).Text("state"));
        Assert.Equal(["running 02T09:00 02T10:00", "paused 02T10:00 02T13:00", "running 02T13:00 03T12:00"], Segments(Assert.Single(Targets(open))));
        Assert.Equal(
            [
                ("opened", "dueAt: null -> 2026-03-03T09:00:00.000000Z", "The resolution within 24 h, around the clock: priority normal."),
                ("replied", "dueAt: 2026-03-03T09:00:00.000000Z -> null", "The clock stands still."),
                ("replied", "dueAt: null -> 2026-03-03T12:00:00.000000Z", "The resolution within 24 h, around the clock: priority normal."),
            ],
            await DueHistoryAsync(ann, ticket.Id));
    }

    [Fact]
    public async Task A_due_time_by_hand_sticks_and_null_gives_it_back_to_the_policy()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));

        var byHand = await ann.PatchAsync($"/tickets/{ticket.Id}", new { dueAt = "2026-03-02T12:30:00+01:00" });
        var sla = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Json;
        var urgent = await ann.PatchAsync($"/tickets/{ticket.Id}", new { priority = "urgent" });
        var again = await ann.PatchAsync($"/tickets/{ticket.Id}", """{"dueAt":null}""");

        Assert.Equal("2026-03-02T11:30:00Z", byHand.Is(200).Json.Text("dueAt"));
        Assert.Equal("2026-03-02T11:30:00Z", sla.Text("dueAt"));
        Assert.Equal(["resolution", "running", "Set by hand."], Assert.Single(Targets(sla)).Texts("kind", "state", "reason"));
        Assert.Equal(["running 02T09:00 02T11:30"], Segments(Assert.Single(Targets(sla))));
        Assert.Equal("2026-03-02T11:30:00Z", urgent.Is(200).Json.Text("dueAt"));
        Assert.Equal("2026-03-02T11:00:00Z", again.Is(200).Json.Text("dueAt"));
        Assert.Equal("Within 2 h, around the clock: priority urgent.", Assert.Single(Targets((await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Json)).Text("reason"));
        Assert.Equal(
            [
                ("changed", "dueAt: 2026-03-03T09:00:00.000000Z -> 2026-03-02T11:30:00.000000Z", "Set by hand."),
                ("changed", "dueAt: 2026-03-02T11:30:00.000000Z -> 2026-03-02T11:00:00.000000Z", "Given back to the policy. The resolution within 2 h, around the clock: priority urgent."),
            ],
            (await DueHistoryAsync(ann, ticket.Id)).Skip(1));
    }

    [Fact]
    public async Task A_due_time_by_hand_tells_the_requester_nothing()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        var before = await alice.GetAsync($"/tickets/{ticket.Id}");
        host.Clock.Advance(TimeSpan.FromHours(1));

        var changed = await ann.PatchAsync($"/tickets/{ticket.Id}", new { dueAt = "2026-03-02T12:00:00Z" });

        Assert.NotEqual(ticket.ETag, changed.Is(200).ETag);
        Assert.Equal(before.Everything, (await alice.GetAsync($"/tickets/{ticket.Id}")).Everything);
    }

    [Fact]
    public async Task What_is_over_cannot_be_given_another_due_time()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(25));
        (await ann.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);
        var before = await ann.GetAsync($"/tickets/{ticket.Id}/sla");

        var refused = await ann.PatchAsync($"/tickets/{ticket.Id}", new { dueAt = "2026-03-10T00:00:00Z" });

        Assert.True(refused.Is(400, "validation").Json.GetProperty("errors").TryGetProperty("dueAt", out _));
        (await ann.PatchAsync($"/tickets/{ticket.Id}", """{"dueAt":null}""")).Is(200);
        Assert.Equal(before.Everything, (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Everything);
        Assert.Equal("breached", await StateAsync(ann, ticket.Id));
    }

    [Fact]
    public async Task Another_priority_counts_from_the_opening()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(1.5));

        var dues = new List<string?>();
        foreach (var priority in EveryPriority)
            dues.Add((await ann.PatchAsync($"/tickets/{ticket.Id}", new { priority })).Is(200).Json.Text("dueAt"));

        Assert.Equal(["2026-03-02T11:00:00Z", "2026-03-02T17:00:00Z", "2026-03-03T09:00:00Z", "2026-03-05T09:00:00Z"], dues);
        var changes = (await ann.GetAsync($"/tickets/{ticket.Id}/history")).Json.Data().Single(entry => entry.Text("reason")?.Contains("priority urgent", StringComparison.Ordinal) == true);
        Assert.Equal(
            """[{"field":"priority","old":"normal","new":"urgent"},{"field":"dueAt","old":"2026-03-03T09:00:00.000000Z","new":"2026-03-02T11:00:00.000000Z"}]""",
            changes.GetProperty("changes").GetRawText());
    }

    [Fact]
    public async Task Responses_are_promised_where_they_are_configured_each_from_the_oldest_unanswered_message()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration = { ["HelpDesk:Sla:FirstResponse:Normal"] = "01:00:00", ["HelpDesk:Sla:NextResponse:Normal"] = "02:00:00" },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();

        var first = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await ann.ReplyAsync(ticket.Id);
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await alice.ReplyAsync(ticket.Id, "It burns again.");
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await alice.ReplyAsync(ticket.Id, "More than before.");
        var second = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;
        await ann.ReplyAsync(ticket.Id);
        await alice.ReplyAsync(ticket.Id, "Thank you, but no.");
        var third = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;

        // What is due first stands on the ticket.
        Assert.Equal("2026-03-02T10:00:00Z", first.Text("dueAt"));
        Assert.Equal(["firstResponse 1 running 02T10:00", "resolution 1 running 03T09:00"], Targets(first).Select(Words));
        Assert.Equal("2026-03-02T12:00:00Z", second.Text("dueAt"));
        Assert.Equal(["firstResponse 1 met 02T10:00", "resolution 1 running 03T09:00", "nextResponse 1 running 02T12:00"], Targets(second).Select(Words));
        Assert.Equal(
            ["firstResponse 1 met 02T10:00", "resolution 1 running 03T09:00", "nextResponse 1 met 02T12:00", "nextResponse 2 running 02T12:30"], Targets(third).Select(Words));
        Assert.Equal("Within 2 h, around the clock: priority normal.", Targets(third)[^1].Text("reason"));
        Assert.Equal("2026-03-02T12:30:00Z", (await ann.GetAsync($"/tickets/{ticket.Id}")).Json.Text("dueAt"));

        static string Words(JsonElement target) =>
            $"{target.Text("kind")} {target.GetProperty("instance").GetInt32()} {target.Text("state")} {target.Text("dueAt")![8..16]}";
    }

    [Fact]
    public async Task A_reopened_ticket_goes_on_with_the_same_clock()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(1));
        (await alice.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);
        host.Clock.Advance(TimeSpan.FromHours(30));

        (await alice.PostAsync($"/tickets/{ticket.Id}/reopen")).Is(200);

        var sla = (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Json;
        var target = Assert.Single(Targets(sla));
        // An hour was used up, and while it was resolved nobody was late.
        Assert.Equal(["running", "2026-03-04T15:00:00Z", null], target.Texts("state", "dueAt", "metAt"));
        Assert.Equal(["running 02T09:00 02T10:00", "paused 02T10:00 03T16:00", "running 03T16:00 04T15:00"], Segments(target));
        Assert.Equal("2026-03-04T15:00:00Z", sla.Text("dueAt"));
    }

    [Fact]
    public async Task Where_nothing_is_promised_there_is_no_target()
    {
        // Empty for none, so that the environment can take away a default.
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Sla:Resolution:Normal"] = "" } });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();

        Assert.Equal(NoTarget, (await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Is(200).Text);
        Assert.Equal(JsonValueKind.Null, (await ann.GetAsync($"/tickets/{ticket.Id}")).Json.GetProperty("dueAt").ValueKind);

        // By hand it is possible all the same, and null leaves nothing.
        Assert.Equal("2026-03-02T10:00:00Z", (await ann.PatchAsync($"/tickets/{ticket.Id}", new { dueAt = "2026-03-02T10:00:00Z" })).Is(200).Json.Text("dueAt"));
        Assert.Equal("Set by hand.", Assert.Single(Targets((await ann.GetAsync($"/tickets/{ticket.Id}/sla")).Json)).Text("reason"));
        Assert.Null((await ann.PatchAsync($"/tickets/{ticket.Id}", """{"dueAt":null}""")).Is(200).Json.Text("dueAt"));
    }

    private static IReadOnlyList<JsonElement> Targets(JsonElement sla) => [.. sla.GetProperty("targets").EnumerateArray()];

    private static async Task<string?> StateAsync(Caller agent, Guid ticket) =>
        Assert.Single(Targets((await agent.GetAsync($"/tickets/{ticket}/sla")).Is(200).Json)).Text("state");

    /// <summary>Day and time are enough: all of it is in March.</summary>
    private static IEnumerable<string> Segments(JsonElement target) => target.GetProperty("segments").EnumerateArray()
        .Select(segment => $"{segment.Text("kind")} {segment.Text("from")![8..16]} {segment.Text("to")![8..16]}");

    /// <summary>The entries of the history that changed a due time.</summary>
    private static async Task<IReadOnlyList<(string? Action, string Change, string? Reason)>> DueHistoryAsync(Caller agent, Guid ticket) =>
        [.. (await agent.GetAsync($"/tickets/{ticket}/history")).Is(200).Json.Data()
            .SelectMany(entry => entry.GetProperty("changes").EnumerateArray()
                .Where(change => change.Text("field") == "dueAt")
                .Select(change => (entry.Text("action"), $"dueAt: {change.Text("old") ?? "null"} -> {change.Text("new") ?? "null"}", entry.Text("reason"))))];
}
