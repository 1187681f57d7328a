using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Contract;

public sealed class ChangeTests(SharedHost shared) : HelpDeskTest(shared)
{
    private static readonly string[] Fields = ["subject", "priority", "category", "status", "dueAt"];

    [Fact]
    public async Task An_absent_field_stays()
    {
        var ticket = await FullTicketAsync();

        var changed = (await Ann.PatchAsync($"/tickets/{ticket.Id}", "{}")).Is(200);

        Assert.Equal(["Given", "high", "billing", "pending", "2026-11-24T08:00:00Z"], Fields.Select(name => changed.Json.GetProperty(name).GetString()));
        Assert.Equal("ben-id", changed.Json.GetProperty("assignee").GetProperty("id").GetString());
        // Nothing was changed, so no version was used up.
        Assert.Equal(ticket.ETag, changed.ETag);
    }

    [Fact]
    public async Task Null_takes_away_the_assignee_and_the_category_and_gives_the_due_time_back()
    {
        var ticket = await FullTicketAsync();

        var changed = (await Ann.PatchAsync($"/tickets/{ticket.Id}", """{"assigneeId":null,"category":null,"dueAt":null}""")).Is(200);

        Assert.All(["assignee", "category"], name => Assert.Equal(JsonValueKind.Null, changed.Json.GetProperty(name).ValueKind));
        // What the policy says of a ticket of high priority.
        Assert.Equal("2026-03-02T17:00:00Z", changed.Json.GetProperty("dueAt").GetString());
        Assert.Equal(["Given", "high", "pending"], new[] { "subject", "priority", "status" }.Select(name => changed.Json.GetProperty(name).GetString()));
        Assert.NotEqual(ticket.ETag, changed.ETag);
    }

    [Theory]
    [InlineData("subject")]
    [InlineData("priority")]
    [InlineData("status")]
    public async Task Null_is_no_value_for_what_every_ticket_has(string field)
    {
        var ticket = await FullTicketAsync();

        var answer = await Ann.PatchAsync($"/tickets/{ticket.Id}", $$"""{"{{field}}":null}""");

        Assert.True(answer.Is(400, "validation").Json.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task A_change_shows_in_the_answer_in_the_ticket_and_in_the_history()
    {
        var ticket = await Alice.OpenAsync();
        (await Ann.PatchAsync($"/tickets/{ticket.Id}", new { assigneeId = "ben-id" })).Is(200);

        var changed = (await Ann.PatchAsync($"/tickets/{ticket.Id}", new { subject = "New", status = "resolved" })).Is(200);

        Assert.Equal("resolved", changed.Json.GetProperty("status").GetString());
        Assert.Equal("2026-03-02T09:00:00Z", changed.Json.GetProperty("resolvedAt").GetString());
        Assert.Equal("ann-id", changed.Json.GetProperty("assignee").GetProperty("id").GetString());
        Assert.Equal(changed.ETag, (await Ann.GetAsync($"/tickets/{ticket.Id}")).ETag);
        var actions = (await Ann.GetAsync($"/tickets/{ticket.Id}/history")).Json.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("action").GetString());
        Assert.Equal(["changed", "resolved", "assigned"], actions.TakeLast(3));
    }

    private async Task<Answer> FullTicketAsync()
    {
        var ticket = await Alice.OpenAsync();
        var all = """{"subject":"Given","priority":"high","category":"billing","assigneeId":"ben-id","status":"pending","dueAt":"2026-11-24T08:00:00Z"}""";
        return (await Ann.PatchAsync($"/tickets/{ticket.Id}", all)).Is(200);
    }
}
