using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Authorization;

/// <summary>Somebody else's ticket answers like one that is not there, whatever is sent.</summary>
public sealed class ForeignTests(SharedHost shared) : HelpDeskTest(shared)
{
    private static readonly (string Name, string Value)[][] Headers =
    [
        [],
        [("If-Match", "\"00000000-0000-0000-0000-000000000001\"")],
        [("If-Match", "nonsense")],
        [("Idempotency-Key", "the-key-of-bob")],
        [("Idempotency-Key", "")],
    ];

    private static readonly object?[] Bodies =
    [
        null, "", "{", "[]", "{}", new { body = "Text" }, new { body = "" }, new { message = "Text" }, new { message = 1 }, new { priority = "high" },
        new { priority = "highest" }, new { assigneeId = "nobody" }, new { status = "closed" }, new { body = "Text", isPrivate = true },
    ];

    public static TheoryData<string> Routes() => [.. EndpointTable.Rows.Where(row => row.HasTicket).Select(row => row.Route)];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_foreign_ticket_answers_like_a_missing_one_byte_for_byte(string route)
    {
        var row = EndpointTable.Find(route);
        var foreign = await Alice.OpenAsync();
        if (row.NeedsClosed)
            (await Alice.PostAsync($"/tickets/{foreign.Id}/close")).Is(200);
        var number = foreign.Json.GetProperty("number").GetString()!;

        foreach (var headers in Headers)
            await SameAsync(row.Body, headers, "");
        foreach (var body in row.Method == "GET" ? [] : Bodies)
            await SameAsync(body, [], "");
        foreach (var query in new[] { "?cursor=AAAAAAAAAAAAAAAA", "?cursor=a&cursor=b" })
            await SameAsync(row.Body, [], query);

        async Task SameAsync(object? body, (string, string)[] headers, string query)
        {
            var missing = await BobAsync(Guid.NewGuid().ToString());
            Assert.StartsWith("4", missing, StringComparison.Ordinal);
            Assert.Equal(missing, await BobAsync(foreign.Id.ToString()));
            Assert.Equal(missing, await BobAsync(number));
            Assert.Equal(missing, await BobAsync("TKT-2026-999999"));

            async Task<string> BobAsync(string ticket) =>
                (await Bob.SendAsync(row.Method, row.Path(ticket) + query, body, headers)).Everything;
        }
    }

    [Fact]
    public async Task A_foreign_ticket_is_in_no_list_and_no_search()
    {
        var subject = $"Secret {Guid.NewGuid():N}";
        await Alice.OpenAsync(subject);

        foreach (var query in new[] { "", "?limit=100", "?sort=createdAt", "?sort=-priority&limit=100", $"?q={subject[7..]}", "?status=open&priority=normal&limit=100" })
            Assert.DoesNotContain(subject, (await Bob.GetAsync("/tickets" + query)).Is(200).Text, StringComparison.Ordinal);
        Assert.Contains(subject, (await Alice.GetAsync($"/tickets?q={subject[7..]}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cursor_of_somebody_else_is_refused()
    {
        for (var i = 0; i < 2; i++)
            await Alice.OpenAsync();
        var cursor = (await Alice.GetAsync("/tickets?limit=1")).Json.GetProperty("nextCursor").GetString();

        (await Alice.GetAsync($"/tickets?limit=1&cursor={cursor}")).Is(200);
        (await Bob.GetAsync($"/tickets?limit=1&cursor={cursor}")).Is(400, "invalid_cursor");
    }
}
