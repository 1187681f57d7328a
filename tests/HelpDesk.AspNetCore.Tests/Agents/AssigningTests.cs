using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Agents;

/// <summary>Tickets find their agents by themselves; seen through the API, with the background service of the host at work.</summary>
public sealed class AssigningTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);

    /// <summary>How far the clock goes on between two looks: less than any pause of the service.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public enum Room
    {
        Available,
        Category,
        Capacity,
        Resolved,
        Reassigned,
    }

    [Fact]
    public async Task A_new_ticket_has_an_agent_in_every_answer_from_the_first_on()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ben, isAvailable: false);

        var opened = await alice.OpenAsync();

        const string assignee = "\"assignee\":{\"id\":\"ann-id\",\"name\":\"ann\"}";
        Assert.Contains(assignee, opened.Text, StringComparison.Ordinal);
        foreach (var path in new[] { $"/tickets/{opened.Id}", "/tickets" })
            Assert.Contains(assignee, (await alice.GetAsync(path)).Is(200).Text, StringComparison.Ordinal);
        foreach (var path in new[] { $"/tickets/{opened.Id}", "/tickets?assignee=me" })
            Assert.Contains(assignee, (await ann.GetAsync(path)).Is(200).Text, StringComparison.Ordinal);
        Assert.Equal(opened.ETag, (await alice.GetAsync($"/tickets/{opened.Id}")).ETag);
    }

    [Fact]
    public async Task An_unavailable_agent_gets_no_new_ticket_and_keeps_the_old_ones()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ben, isAvailable: false);
        var old = await alice.OpenAsync();
        await host.SetAgentAsync(Users.Ben, isAvailable: true);

        (await ann.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(200);

        for (var i = 0; i < 4; i++)
            Assert.Equal("ben-id", (await alice.OpenAsync()).Json.Assignee());
        Assert.Equal("ann-id", (await alice.GetAsync($"/tickets/{old.Id}")).Json.Assignee());
    }

    [Fact]
    public async Task One_after_another_tickets_go_to_who_has_fewer()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var alice = await host.AsAsync(Users.Alice);

        var assignees = new List<string?>();
        for (var i = 0; i < 6; i++)
            assignees.Add((await alice.OpenAsync()).Json.Assignee());

        Assert.Equal(["ann-id", "ben-id", "ann-id", "ben-id", "ann-id", "ben-id"], assignees);
    }

    [Fact]
    public async Task An_agents_own_request_goes_to_somebody_else()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (ann, ben) = (await host.AsAsync(Users.Ann), await host.AsAsync(Users.Ben));

        for (var i = 0; i < 2; i++)
            Assert.Equal("ben-id", (await ann.OpenAsync()).Json.Assignee());
        Assert.Contains("ann (is the requester)", (await LastAsync(ben, (await ann.OpenAsync()).Id)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_ticket_goes_to_who_comes_back_within_two_seconds_and_without_another_call()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnRealClock = true });
        var (alice, ann, ben) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann), await host.AsAsync(Users.Ben));
        (await ben.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(200);
        // The best of five: what other tests do to the machine meanwhile only adds.
        var best = TimeSpan.MaxValue;
        for (var time = 0; time < 5 && best > Promised; time++)
        {
            (await ann.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(200);
            var ticket = await alice.OpenAsync();
            Assert.Null(ticket.Json.Assignee());
            var waiting = await LastAsync(ben, ticket.Id);

            (await ann.PutAsync("/agents/me/availability", new { isAvailable = true })).Is(200);
            var back = TimeProvider.System.GetUtcNow();
            var assigned = await Poll.UntilAsync(() => alice.GetAsync($"/tickets/{ticket.Id}"), json => json.Assignee() is not null);

            Assert.Equal(("queued", "Waits for an agent: ann (unavailable), ben (unavailable)."), (waiting.Action, waiting.Reason));
            Assert.Equal("ann-id", assigned.Json.Assignee());
            var last = await LastAsync(ben, ticket.Id);
            Assert.Equal(("assigned", "system", "system"), (last.Action, last.ActorKind, last.Via));
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, (last.At - back).Ticks));
        }

        Assert.InRange(best, -Promised, Promised);
    }

    [Theory]
    [InlineData(Room.Available)]
    [InlineData(Room.Category)]
    [InlineData(Room.Capacity)]
    [InlineData(Room.Resolved)]
    [InlineData(Room.Reassigned)]
    public async Task A_waiting_ticket_is_assigned_within_two_seconds_when_there_is_room(Room room)
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ben, isAvailable: false);
        await host.SetAgentAsync(Users.Ann, categories: ["technical"], maxOpenTickets: 1);
        var first = await OpenAsync(alice, "technical");
        Assert.Equal("ann-id", first.Json.Assignee());
        var second = await OpenAsync(alice, "billing");
        Assert.Null(second.Json.Assignee());
        var start = host.Clock.GetUtcNow();

        switch (room)
        {
            case Room.Available:
                await host.SetAgentAsync(Users.Ben);
                break;
            case Room.Category:
                await host.SetAgentAsync(Users.Ann, categories: ["technical", "Billing"], maxOpenTickets: 2);
                break;
            case Room.Capacity:
                (await ann.PatchAsync($"/tickets/{second.Id}", new { category = "technical" })).Is(200);
                await host.SetAgentAsync(Users.Ann, categories: ["technical"], maxOpenTickets: 2);
                break;
            case Room.Resolved:
                await host.SetAgentAsync(Users.Ann, maxOpenTickets: 1);
                (await alice.PostAsync($"/tickets/{first.Id}/resolve")).Is(200);
                break;
            case Room.Reassigned:
                await host.SetAgentAsync(Users.Ann, maxOpenTickets: 1);
                (await ann.PatchAsync($"/tickets/{first.Id}", new { assigneeId = "ben-id" })).Is(200);
                break;
        }

        var assigned = await UntilAssignedAsync(host, alice, second.Id);
        Assert.Equal(room == Room.Available ? "ben-id" : "ann-id", assigned.Json.Assignee());
        Assert.InRange((await LastAsync(ann, second.Id)).At - start, TimeSpan.Zero, Promised);
    }

    /// <summary>Nothing in this process makes room: the service finds it by looking.</summary>
    [Fact]
    public async Task What_another_process_did_is_seen_within_two_seconds()
    {
        var database = await TestDatabase.SqliteAsync();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Database = () => Task.FromResult(database) });
        await using var other = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Database = () => Task.FromResult(new TestDatabase(database.Configure, () => Task.CompletedTask)),
            Configuration = { ["HelpDesk:Assignment:RunsInBackground"] = "false" },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ann, isAvailable: false);
        await host.SetAgentAsync(Users.Ben, isAvailable: false);
        var ticket = await alice.OpenAsync();
        var start = host.Clock.GetUtcNow();

        await other.SetAgentAsync(Users.Ann, isAvailable: true);

        Assert.Equal("ann-id", (await UntilAssignedAsync(host, alice, ticket.Id)).Json.Assignee());
        Assert.InRange((await LastAsync(ann, ticket.Id)).At - start, TimeSpan.Zero, Promised);
    }

    [Fact]
    public async Task A_waiting_ticket_of_another_category_now_is_assigned_within_two_seconds()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ben, isAvailable: false);
        await host.SetAgentAsync(Users.Ann, categories: ["technical"]);
        var ticket = await OpenAsync(alice, "billing");
        var start = host.Clock.GetUtcNow();

        (await ann.PatchAsync($"/tickets/{ticket.Id}", new { category = "technical" })).Is(200);

        Assert.Equal("ann-id", (await UntilAssignedAsync(host, alice, ticket.Id)).Json.Assignee());
        Assert.InRange((await LastAsync(ann, ticket.Id)).At - start, TimeSpan.Zero, Promised);
    }

    [Fact]
    public async Task Of_the_waiting_tickets_the_most_urgent_and_oldest_come_first()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ann, isAvailable: false);
        await host.SetAgentAsync(Users.Ben, isAvailable: false);
        foreach (var (subject, priority) in new[] { ("low", "low"), ("older", "normal"), ("newer", "normal"), ("urgent", "urgent"), ("high", "high") })
        {
            (await alice.PostAsync("/tickets", new { subject, body = "Text", priority })).Is(201);
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await host.SetAgentAsync(Users.Ann, maxOpenTickets: 3);

        var given = await Poll.UntilAsync(() => ann.GetAsync("/tickets?assignee=me&sort=-priority"), json => json.Data().Count == 3, () => host.Clock.Advance(Step));
        Assert.Equal(["urgent", "high", "older"], given.Json.Data().Select(ticket => ticket.Text("subject")));
    }

    /// <summary>On two hosts, since within one process alone nobody could tell whether it is the database that decides.</summary>
    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task Twenty_tickets_at_once_never_exceed_the_capacity(string provider)
    {
        var database = provider == "SQLite" ? await TestDatabase.SqliteAsync() : await TestDatabase.PostgresAsync(Token);
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Database = () => Task.FromResult(database) });
        await using var other = await TestHelpDesk.StartAsync(new TestHostSetup { Database = () => Task.FromResult(new TestDatabase(database.Configure, () => Task.CompletedTask)) });
        Caller[] alices = [await host.AsAsync(Users.Alice), await other.AsAsync(Users.Alice)];
        var ann = await host.AsAsync(Users.Ann);
        await host.SetAgentAsync(Users.Ann, maxOpenTickets: 3);
        await host.SetAgentAsync(Users.Ben, maxOpenTickets: 4);

        var opened = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => alices[number % 2].OpenAsync(), Token)));

        Assert.Equal(
            [("", 13), ("ann-id", 3), ("ben-id", 4)],
            opened.GroupBy(ticket => ticket.Json.Assignee() ?? "").OrderBy(group => group.Key).Select(group => (group.Key, group.Count())));
        Assert.Equal(20, opened.Select(ticket => ticket.Json.Text("number")).Distinct().Count());
        Assert.Equal([3, 4], await LoadsAsync());

        // What is over makes room for one more, and for no second one.
        (await alices[0].PostAsync($"/tickets/{opened.First(ticket => ticket.Json.Assignee() == "ann-id").Id}/resolve")).Is(200);
        await Poll.UntilAsync(() => ann.GetAsync("/tickets?assignee=none&limit=100"), json => json.Data().Count == 12, () => host.Clock.Advance(Step));
        Assert.Equal([3, 4], await LoadsAsync());

        async Task<IEnumerable<int>> LoadsAsync() => (await ann.GetAsync("/agents")).Is(200).Json.Data().Select(agent => agent.GetProperty("openTickets").GetInt32());
    }

    [Fact]
    public async Task The_history_says_why_it_is_this_agent_and_who_was_passed_over_for_what()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.AddSupportAsync(Users.Mia, Users.Root, Users.Bob);
        await host.SetAgentAsync(Users.Ann, isAvailable: false);
        await host.SetAgentAsync(Users.Mia, categories: ["billing"]);
        await host.SetAgentAsync(Users.Root, maxOpenTickets: 0);
        await OpenAsync(alice, null);

        var ticket = await OpenAsync(alice, "technical");

        var last = await LastAsync(ann, ticket.Id);
        Assert.Equal("assigned", last.Action);
        Assert.Equal([("assignee", null, ticket.Json.Assignee())], last.Changes);
        // Ben and Bob could both take it; the one with the first ticket is passed over for that.
        var (chosen, other) = ticket.Json.Assignee() == "ben-id" ? ("ben", "bob") : ("bob", "ben");
        Assert.StartsWith($"{chosen}: 0 open tickets. Passed over: ", last.Reason, StringComparison.Ordinal);
        foreach (var passed in new[] { "ann (unavailable)", "mia (takes other categories)", "root (has 0 of 0 tickets)", $"{other} (1 open ticket)" })
            Assert.Contains(passed, last.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_that_was_taken_from_everybody_by_hand_stays_so()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { OnRealClock = true });
        var (alice, ann, ben) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann), await host.AsAsync(Users.Ben));
        (await ben.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(200);
        var ticket = await alice.OpenAsync();

        var taken = await ann.PatchAsync($"/tickets/{ticket.Id}", """{"assigneeId":null}""");

        Assert.Null(taken.Is(200).Json.Assignee());
        await Poll.StaysAsync(TimeSpan.FromSeconds(2.5), async () => Assert.Null((await ann.GetAsync($"/tickets/{ticket.Id}")).Is(200).Json.Assignee()));
        // That the service is at work shows another ticket, newer, which does wait.
        (await ann.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(200);
        var other = await alice.OpenAsync();
        Assert.Null(other.Json.Assignee());
        (await ann.PutAsync("/agents/me/availability", new { isAvailable = true })).Is(200);
        await Poll.UntilAsync(() => ann.GetAsync($"/tickets/{other.Id}"), json => json.Assignee() == "ann-id");
        Assert.Null((await ann.GetAsync($"/tickets/{ticket.Id}")).Json.Assignee());
    }

    [Fact]
    public async Task Assigning_by_hand_may_exceed_the_capacity_and_asks_neither_category_nor_availability()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ben, isAvailable: false, ["billing"], maxOpenTickets: 0);
        var ticket = await OpenAsync(alice, "technical");

        var given = await ann.PatchAsync($"/tickets/{ticket.Id}", new { assigneeId = "ben-id" });

        Assert.Equal("ben-id", given.Is(200).Json.Assignee());
        Assert.Equal(1, (await ann.GetAsync("/agents/ben-id")).Json.GetProperty("openTickets").GetInt32());
        var last = await LastAsync(ann, ticket.Id);
        Assert.Equal(("assigned", "agent", null), (last.Action, last.ActorKind, last.Reason));
        Assert.Equal([("assignee", "ann-id", "ben-id")], last.Changes);
    }

    [Fact]
    public async Task A_ticket_that_nobody_may_take_waits_without_standing_in_the_way_of_others()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ben, isAvailable: false);
        await host.SetAgentAsync(Users.Ann, isAvailable: false, ["technical"]);
        var legal = await OpenAsync(alice, "legal", "urgent");
        var technical = await OpenAsync(alice, "technical");
        var any = await OpenAsync(alice, null);

        await host.SetAgentAsync(Users.Ann, isAvailable: true, ["technical"]);

        foreach (var ticket in new[] { technical, any })
            Assert.Equal("ann-id", (await UntilAssignedAsync(host, alice, ticket.Id)).Json.Assignee());
        Assert.Null((await alice.GetAsync($"/tickets/{legal.Id}")).Json.Assignee());
        // In the database too: it waits, and was not given up.
        Assert.True(await host.ReadAsync(db => db.Set<Ticket>().AnyAsync(ticket => ticket.Id == legal.Id && ticket.QueuedAt != null, Token)));
    }

    [Fact]
    public async Task A_reopened_ticket_stays_with_its_agent_and_goes_to_another_where_that_one_is_away()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        Assert.Equal("ann-id", ticket.Json.Assignee());
        (await alice.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);
        var kept = await alice.PostAsync($"/tickets/{ticket.Id}/reopen");
        (await alice.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);
        (await ann.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(200);

        var passedOn = await alice.PostAsync($"/tickets/{ticket.Id}/reopen");

        Assert.Equal("ann-id", kept.Is(200).Json.Assignee());
        Assert.Equal("ben-id", passedOn.Is(200).Json.Assignee());
        Assert.Equal("ben", passedOn.Json.GetProperty("assignee").Text("name"));
    }

    private static async Task<Answer> OpenAsync(Caller caller, string? category, string priority = "normal") =>
        (await caller.PostAsync("/tickets", new { subject = "S", body = "B", category, priority })).Is(201);

    private static Task<Answer> UntilAssignedAsync(TestHelpDesk host, Caller caller, Guid ticket) =>
        Poll.UntilAsync(() => caller.GetAsync($"/tickets/{ticket}"), json => json.Assignee() is not null, () => host.Clock.Advance(Step));

    /// <summary>The newest entry of a ticket's history.</summary>
    private static async Task<Entry> LastAsync(Caller agent, Guid ticket)
    {
        var entry = (await agent.GetAsync($"/tickets/{ticket}/history")).Is(200).Json.Data()[^1];
        var changes = entry.GetProperty("changes").EnumerateArray().Select(change => (change.Text("field")!, change.Text("old"), change.Text("new")));
        return new Entry(entry.Text("action"), entry.GetProperty("actor").Text("kind"), entry.Text("via"), entry.Text("reason"), entry.Time("at")!.Value, [.. changes]);
    }

    private sealed record Entry(string? Action, string? ActorKind, string? Via, string? Reason, DateTimeOffset At, IReadOnlyList<(string Field, string? Old, string? New)> Changes);
}
