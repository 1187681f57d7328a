using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.BadInput;

/// <summary>If-Match and Idempotency-Key.</summary>
public sealed class HeaderTests(SharedHost shared) : BadInputTest(shared)
{
    private static readonly string[] Keys = ["a b", "ä", "key\u0001", "\u007f", new string('k', 129)];

    [Fact]
    public async Task An_idempotency_key_is_1_to_128_visible_ASCII_characters()
    {
        foreach (var key in Keys)
        {
            await InvalidAsync(() => Alice.PostAsync("/tickets", new { subject = "Text", body = "Text" }, ("Idempotency-Key", key)), "idempotencyKey");
            await InvalidAsync(() => Alice.PostAsync($"/tickets/{Ticket.Id}/messages", new { body = "Text" }, ("Idempotency-Key", key)), "idempotencyKey");
        }

        await InvalidAsync(() => Alice.PostAsync("/tickets", new { subject = "Text", body = "Text" }, ("Idempotency-Key", "a"), ("Idempotency-Key", "b")), "idempotencyKey");
        (await Alice.PostAsync("/tickets", new { subject = "Text", body = "Text" }, ("Idempotency-Key", new string('~', 128)))).Is(201);
        (await Alice.PostAsync("/tickets", new { subject = "Text", body = "Text" }, ("Idempotency-Key", "!"))).Is(201);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("\"")]
    [InlineData("\"a\", \"b\"")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301")]
    [InlineData("\"ä\", *")]
    public async Task A_malformed_or_repeated_version_is_invalid(string header)
    {
        foreach (var (method, path, body) in Versioned())
            await InvalidAsync(() => Ann.SendAsync(method, path, body, ("If-Match", header)), "ifMatch");
    }

    [Theory]
    [InlineData("\"not-ours\"")]
    [InlineData("\"\"")]
    [InlineData("\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"")]
    [InlineData("\"00000000-0000-0000-0000-000000000000\"")]
    public async Task A_version_that_the_ticket_does_not_have_is_a_mismatch(string header)
    {
        foreach (var (method, path, body) in Versioned())
        {
            var answer = await RefusedAsync(() => Ann.SendAsync(method, path, body, ("If-Match", header)), 412, "version_mismatch");
            Assert.Equal((await Ann.GetAsync($"/tickets/{Ticket.Id}")).Json.GetProperty("version").GetString(), answer.Json.GetProperty("current").GetString());
        }
    }

    [Fact]
    public async Task A_weak_version_never_matches_and_any_always_does()
    {
        var version = (await Ann.GetAsync($"/tickets/{Ticket.Id}")).ETag!;

        await RefusedAsync(() => Ann.PatchAsync($"/tickets/{Ticket.Id}", new { priority = "low" }, ("If-Match", "W/" + version)), 412, "version_mismatch");
        (await Ann.PatchAsync($"/tickets/{Ticket.Id}", new { priority = "low" }, ("If-Match", "*"))).Is(200);
        (await Ann.PatchAsync($"/tickets/{Ticket.Id}", new { priority = "high" }, ("If-Match", (await Ann.GetAsync($"/tickets/{Ticket.Id}")).ETag!.ToUpperInvariant()))).Is(200);
    }

    private IEnumerable<(string Method, string Path, object? Body)> Versioned() =>
    [
        ("PATCH", $"/tickets/{Ticket.Id}", new { priority = "low" }),
        ("POST", $"/tickets/{Ticket.Id}/messages", new { body = "Text" }),
        ("POST", $"/tickets/{Ticket.Id}/resolve", null),
        ("POST", $"/tickets/{Ticket.Id}/close", null),
        ("POST", $"/tickets/{Ticket.Id}/reopen", null),
    ];
}
