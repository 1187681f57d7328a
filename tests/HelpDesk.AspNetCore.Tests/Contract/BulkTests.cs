using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Contract;

/// <summary>Several tickets changed by one call.</summary>
public sealed class BulkTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Fact]
    public async Task Each_ticket_answers_as_a_call_for_it_alone_would()
    {
        var (first, second, stale) = (await Alice.OpenAsync(), await Bob.OpenAsync(), await Alice.OpenAsync());
        var version = (await Ann.GetAsync($"/tickets/{second.Id}")).Json.Text("version");
        await Alice.ReplyAsync(stale.Id);
        var missing = Guid.NewGuid();

        var answer = await Ann.PostAsync("/tickets/bulk", new
        {
            tickets = new object[]
            {
                first.Json.Text("number")!,
                new { ticket = second.Id, version },
                new { ticket = stale.Id, version = stale.Json.Text("version") },
                new { ticket = missing },
            },
            change = new { priority = "urgent", status = "pending", assigneeId = "ben-id", subject = "Not by this call", dueAt = "2027-01-01" },
        });

        var outcomes = answer.Is(200).Json.Data();
        Assert.Equal([first.Json.Text("number"), $"{second.Id}", $"{stale.Id}", $"{missing}"], outcomes.Select(outcome => outcome.Text("ticket")));
        Assert.Equal([true, true, false, false], outcomes.Select(outcome => outcome.GetProperty("ok").GetBoolean()));
        Assert.False(outcomes[0].TryGetProperty("error", out _));
        var alone = await Ann.PatchAsync($"/tickets/{stale.Id}", new { priority = "urgent" }, ("If-Match", $"\"{stale.Json.Text("version")}\""));
        Assert.Equal(alone.Is(412, "version_mismatch").Text, outcomes[2].GetProperty("error").GetRawText());
        Assert.Equal((await Ann.GetAsync($"/tickets/{missing}")).Is(404, "not_found").Text, outcomes[3].GetProperty("error").GetRawText());
        foreach (var id in new[] { first.Id, second.Id })
        {
            var changed = (await Ann.GetAsync($"/tickets/{id}")).Is(200).Json;
            Assert.Equal(["urgent", "pending", "The printer burns"], changed.Texts("priority", "status", "subject"));
            Assert.Equal("ben-id", changed.GetProperty("assignee").Text("id"));
        }
    }

    [Fact]
    public async Task Null_empties_and_absent_stays()
    {
        var ticket = await Alice.OpenAsync();
        (await Ann.PatchAsync($"/tickets/{ticket.Id}", new { category = "billing", assigneeId = "ben-id" })).Is(200);

        (await Ann.PostAsync("/tickets/bulk", $$$"""{"tickets":["{{{ticket.Id}}}"],"change":{"assigneeId":null}}""")).Is(200);

        var changed = (await Ann.GetAsync($"/tickets/{ticket.Id}")).Json;
        Assert.Equal((JsonValueKind.Null, "billing"), (changed.GetProperty("assignee").ValueKind, changed.Text("category")));
    }

    [Theory]
    [InlineData("{}", "change", "tickets")]
    [InlineData("""{"tickets":[],"change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":["{id}"]}""", "change")]
    [InlineData("""{"tickets":["{id}"],"change":{}}""", "change")]
    [InlineData("""{"tickets":["{id}"],"change":{"subject":"New"}}""", "change")]
    [InlineData("""{"tickets":["{id}"],"change":{"priority":"huge"}}""", "change")]
    [InlineData("""{"tickets":["{id}"],"change":{"priority":null}}""", "priority")]
    [InlineData("""{"tickets":["{id}"],"change":{"priority":"high","assigneeId":"mia-id"}}""", "assigneeId")]
    [InlineData("""{"tickets":"{id}","change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":[1],"change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":[null],"change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":[""],"change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":["{id}",{}],"change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":["{id}",{"ticket":"{id}","version":"old"}],"change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":["{id}"],"change":[]}""", "change")]
    [InlineData("""{"tickets":[["{id}"]],"change":{"priority":"high"}}""", "tickets")]
    [InlineData("""{"tickets":[{"ticket":1}],"change":{"priority":"high"}}""", "tickets")]
    public async Task What_is_wrong_changes_nothing(string body, params string[] fields)
    {
        var ticket = await Alice.OpenAsync();

        var answer = await Ann.PostAsync("/tickets/bulk", body.Replace("{id}", $"{ticket.Id}", StringComparison.Ordinal));

        Assert.Equal(fields, answer.Is(400, "validation").Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
        Assert.Equal("normal", (await Ann.GetAsync($"/tickets/{ticket.Id}")).Json.Text("priority"));
    }

    [Fact]
    public async Task More_than_a_hundred_are_refused()
    {
        var answer = await Ann.PostAsync("/tickets/bulk", new { tickets = Enumerable.Range(0, 101).Select(_ => Guid.NewGuid()), change = new { priority = "high" } });

        Assert.Equal("There are 101 tickets; 1 to 100 can be changed at once.", answer.Is(400, "validation").Json.GetProperty("errors").GetProperty("tickets")[0].GetString());
    }
}
