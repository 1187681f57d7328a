using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.BadInput;

/// <summary>What stands in the address in place of a ticket.</summary>
public sealed class KeyTests(SharedHost shared) : BadInputTest(shared)
{
    [Theory]
    [InlineData("none")]
    [InlineData("0")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("tkt-2026-000001")]
    [InlineData("%ED%A0%80")]
    [InlineData("%FF")]
    [InlineData("%27%20OR%201=1--")]
    [InlineData("..%2F..%2Fme")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("a%2Fb")]
    public async Task A_key_that_is_none_is_not_found(string key)
    {
        await RefusedAsync(() => Ann.GetAsync($"/tickets/{key}"), 404, "not_found");
        await RefusedAsync(() => Ann.GetAsync($"/tickets/{key}/messages"), 404, "not_found");
        await RefusedAsync(() => Ann.GetAsync($"/tickets/{key}/history"), 404, "not_found");
        await RefusedAsync(() => Ann.GetAsync($"/tickets/{key}/sla"), 404, "not_found");
        await RefusedAsync(() => Ann.PatchAsync($"/tickets/{key}", "{}"), 404, "not_found");
        await RefusedAsync(() => Ann.PostAsync($"/tickets/{key}/messages", new { body = "Text" }), 404, "not_found");
        await RefusedAsync(() => Ann.PostAsync($"/tickets/{key}/close"), 404, "not_found");
    }

    [Fact]
    public async Task A_very_long_key_is_not_found() =>
        await RefusedAsync(() => Ann.GetAsync($"/tickets/{new string('9', 2000)}"), 404, "not_found");
}
