using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.BadInput;

/// <summary>Fields of bodies.</summary>
public sealed class FieldTests(SharedHost shared) : BadInputTest(shared)
{
    private static readonly string LongSubject = new('x', 256);
    private static readonly string LongBody = new('x', 10_001);
    private static readonly string LongCategory = new('x', 101);

    /// <summary>Field, and its value as JSON.</summary>
    public static TheoryData<string, string> WrongInOpen() => new()
    {
        { "subject", "null" }, { "subject", "\"\"" }, { "subject", "\" \\t\\r\\n\"" }, { "subject", "1" }, { "subject", "true" }, { "subject", "[]" }, { "subject", "{}" },
        { "subject", "[\"Text\"]" }, { "subject", "\"a\\u0000b\"" }, { "subject", "\"\\ud800\"" }, { "subject", "\"\\udc00x\"" }, { "subject", $"\"{LongSubject}\"" },
        { "body", "null" }, { "body", "\"\"" }, { "body", "\" \\n \"" }, { "body", "1" }, { "body", "{\"a\":1}" }, { "body", "\"a\\u0000b\"" }, { "body", "\"a\\ud83db\"" },
        { "body", $"\"{LongBody}\"" },
        { "priority", "\"highest\"" }, { "priority", "\"High\"" }, { "priority", "\"HIGH\"" }, { "priority", "\"\"" }, { "priority", "30" }, { "priority", "\"30\"" },
        { "priority", "[\"high\"]" }, { "priority", "\"low,high\"" }, { "priority", "true" }, { "priority", "{}" },
        { "category", "1" }, { "category", $"\"{LongCategory}\"" }, { "category", "\"a\\u0000b\"" }, { "category", "\"a\\nb\"" }, { "category", "\"\\ud800\"" },
        { "requesterId", "1" }, { "requesterId", "\"nobody\"" }, { "requesterId", "\"a\\u0000b\"" }, { "requesterId", "\"\"" }, { "requesterId", $"\"{LongSubject}\"" },
        { "requesterEmail", "1" }, { "requesterEmail", "\"\"" }, { "requesterEmail", "\"no address\"" }, { "requesterEmail", "\"a@b@c\"" }, { "requesterEmail", $"\"{LongSubject}@example.com\"" },
        { "requesterEmail", "\"A <a@example.com>\"" }, { "requesterEmail", "\"a@example.com\\r\\nBcc: b@example.com\"" }, { "requesterEmail", "\"a\\u0000@example.com\"" },
    };

    public static TheoryData<string, string> WrongInReply() => new()
    {
        { "body", "null" }, { "body", "\"  \"" }, { "body", "2" }, { "body", $"\"{LongBody}\"" }, { "body", "\"\\u0000\"" }, { "body", "\"\\ud800\"" },
        { "isPrivate", "\"true\"" }, { "isPrivate", "1" }, { "isPrivate", "[]" },
    };

    public static TheoryData<string, string> WrongInChange() => new()
    {
        { "subject", "\"\"" }, { "subject", "1" }, { "subject", $"\"{LongSubject}\"" }, { "subject", "\"\\u0000\"" },
        { "priority", "\"none\"" }, { "priority", "1" }, { "status", "\"done\"" }, { "status", "\"Open\"" }, { "status", "1" },
        { "category", $"\"{LongCategory}\"" }, { "category", "[]" },
        { "assigneeId", "\"alice-id\"" }, { "assigneeId", "\"mia-id\"" }, { "assigneeId", "\"root-id\"" }, { "assigneeId", "\"nobody\"" }, { "assigneeId", "\"\"" }, { "assigneeId", "1" },
        { "assigneeId", "\"a\\u0000\"" }, { "assigneeId", $"\"{LongSubject}\"" },
        { "dueAt", "\"tomorrow\"" }, { "dueAt", "\"\"" }, { "dueAt", "1764000000" }, { "dueAt", "\"2026-13-01T00:00:00Z\"" }, { "dueAt", "\"2026-02-30\"" }, { "dueAt", "\"24.11.2026\"" },
        { "dueAt", "\"0001-01-01T00:00:00Z\"" }, { "dueAt", "\"0001-01-01T00:00:00+14:00\"" }, { "dueAt", "\"9999-12-31T23:59:59Z\"" }, { "dueAt", "\"9999-12-31T23:59:59-14:00\"" },
        { "dueAt", "\"2026-03-02T08:59:59Z\"" }, { "dueAt", "\"2026-03-02T09:00:00+99:00\"" }, { "dueAt", "[]" }, { "dueAt", "true" },
    };

    public static TheoryData<string, string> WrongInMove() => new()
    {
        { "message", "1" }, { "message", "[]" }, { "message", $"\"{LongBody}\"" }, { "message", "\"\\u0000\"" }, { "message", "\"\\udfff\"" },
    };

    [Theory]
    [MemberData(nameof(WrongInOpen))]
    public Task An_opening_is_refused(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["subject"] = "\"Text\"", ["body"] = "\"Text\"", [field] = value };
        return InvalidAsync(() => Ann.PostAsync("/tickets", Json(fields)), field);
    }

    [Theory]
    [MemberData(nameof(WrongInReply))]
    public Task A_reply_is_refused(string field, string value)
    {
        var fields = new Dictionary<string, string> { ["body"] = "\"Text\"", [field] = value };
        return InvalidAsync(() => Ann.PostAsync($"/tickets/{Ticket.Id}/messages", Json(fields)), field);
    }

    [Theory]
    [MemberData(nameof(WrongInChange))]
    public Task A_change_is_refused(string field, string value) =>
        InvalidAsync(() => Ann.PatchAsync($"/tickets/{Ticket.Id}", Json(new() { ["category"] = "\"new\"", [field] = value })), field);

    [Theory]
    [MemberData(nameof(WrongInMove))]
    public Task A_move_is_refused(string field, string value) =>
        InvalidAsync(() => Alice.PostAsync($"/tickets/{Ticket.Id}/resolve", Json(new() { [field] = value })), field);

    [Fact]
    public Task A_requester_is_named_by_one_way_only() => InvalidAsync(
        () => Ann.PostAsync("/tickets", new { subject = "Text", body = "Text", requesterId = "alice-id", requesterEmail = "alice@example.com" }), "requesterId");

    [Fact]
    public async Task All_wrong_fields_are_told_at_once()
    {
        var answer = await InvalidAsync(() => Alice.PostAsync("/tickets", new { subject = LongSubject, body = "", category = LongCategory }), "subject");

        Assert.Equal(["body", "category", "subject"], answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    [Fact]
    public async Task The_longest_texts_are_taken()
    {
        var ticket = await Alice.PostAsync("/tickets", new { subject = $" {LongSubject[1..]} ", body = $"\n{LongBody[1..]}\n", category = LongCategory[1..] });

        Assert.Equal(LongSubject[1..], ticket.Is(201).Json.GetProperty("subject").GetString());
        Assert.Equal(LongBody[1..], ticket.Json.GetProperty("messages")[0].GetProperty("body").GetString());
        (await Alice.ReplyAsync(ticket.Id, string.Concat(Enumerable.Repeat("😀", 5000)))).Is(201);
    }

    [Fact]
    public async Task A_category_outside_the_configured_list_is_refused()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration = { ["HelpDesk:Categories:0"] = "billing", ["HelpDesk:Categories:1"] = "technical" },
        });
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", category = "BILLING" })).Is(201);
        Assert.Equal("billing", ticket.Json.GetProperty("category").GetString());
        Assert.Equal("""{"data":[{"name":"billing"},{"name":"technical"}]}""", (await alice.GetAsync("/categories")).Text);
        (await alice.PostAsync("/tickets", new { subject = "S", body = "B", category = "other" })).Is(400, "validation");
        (await ann.PatchAsync($"/tickets/{ticket.Id}", new { category = "other" })).Is(400, "validation");
    }

    private static string Json(Dictionary<string, string> fields) => $"{{{string.Join(',', fields.Select(field => $"\"{field.Key}\":{field.Value}"))}}}";
}
