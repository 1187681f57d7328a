using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.BadInput;

/// <summary>PostgreSQL cannot store a NUL and says so as an error of the database: it must not get that far.</summary>
public sealed class PostgresInputTests
{
    [Fact]
    public async Task A_NUL_in_any_text_is_the_callers_mistake_and_not_the_databases()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Database = () => TestDatabase.PostgresAsync(TestContext.Current.CancellationToken) });
        var ann = await host.AsAsync(Users.Ann);
        var ticket = await (await host.AsAsync(Users.Alice)).OpenAsync();

        foreach (var field in new[] { "subject", "body", "category", "requesterId", "requesterEmail" })
        {
            var fields = new Dictionary<string, string> { ["subject"] = "S", ["body"] = "B", [field] = "a\0@example.com" };
            (await ann.PostAsync("/tickets", fields)).Is(400, "validation");
        }

        foreach (var field in new[] { "subject", "category", "assigneeId" })
            (await ann.PatchAsync($"/tickets/{ticket.Id}", new Dictionary<string, string> { [field] = "a\0b" })).Is(400, "validation");
        (await ann.PostAsync($"/tickets/{ticket.Id}/messages", new { body = "a\0b" })).Is(400, "validation");
        (await ann.PostAsync($"/tickets/{ticket.Id}/resolve", new { message = "a\0b" })).Is(400, "validation");
        foreach (var query in new[] { "q", "category", "assignee", "requester" })
            (await ann.GetAsync($"/tickets?{query}=a%00b")).Is(400, "validation");
        (await ann.GetAsync("/tickets?cursor=a%00b")).Is(400, "invalid_cursor");
    }
}
