using HelpDesk.AspNetCore.Tests.BadInput;
using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Agents;

/// <summary>What is wrong in a profile is told by its field, and changes nothing. Bodies that are no JSON object: with those of the other calls.</summary>
public sealed class AgentInputTests(SharedHost shared) : BadInputTest(shared)
{
    private static readonly string LongCategory = new('x', 101);
    private static readonly string ManyCategories = string.Join(',', Enumerable.Range(1, 101).Select(number => $"\"{number}\""));

    /// <summary>Field, and its value as JSON; absent for an empty text.</summary>
    public static TheoryData<string, string> WrongAvailabilities() => new()
    {
        { "isAvailable", "" }, { "isAvailable", "null" }, { "isAvailable", "\"true\"" }, { "isAvailable", "\"\"" }, { "isAvailable", "1" }, { "isAvailable", "0" },
        { "isAvailable", "[true]" }, { "isAvailable", "{}" },
    };

    public static TheoryData<string, string> WrongProfiles() => new()
    {
        { "maxOpenTickets", "-1" }, { "maxOpenTickets", "-2147483648" }, { "maxOpenTickets", "\"5\"" }, { "maxOpenTickets", "\"\"" }, { "maxOpenTickets", "1.5" },
        { "maxOpenTickets", "2147483648" }, { "maxOpenTickets", "1e400" }, { "maxOpenTickets", "true" }, { "maxOpenTickets", "[5]" }, { "maxOpenTickets", "{}" },
        { "categories", "\"billing\"" }, { "categories", "1" }, { "categories", "{}" }, { "categories", "[1]" }, { "categories", "[true]" }, { "categories", "[[\"billing\"]]" },
        { "categories", $"[\"billing\",\"{LongCategory}\"]" }, { "categories", $"[{ManyCategories}]" }, { "categories", "[\"a\\u0000b\"]" }, { "categories", "[\"a\\nb\"]" },
        { "categories", "[\"\\ud800\"]" }, { "categories", "[null]" }, { "categories", "[\"\"]" }, { "categories", "[\"billing\",\"  \"]" },
    };

    [Theory]
    [MemberData(nameof(WrongAvailabilities))]
    public async Task An_availability_is_refused(string field, string value)
    {
        var before = (await Ann.GetAsync("/agents")).Text;

        await InvalidAsync(() => Ann.PutAsync("/agents/me/availability", value.Length == 0 ? "{}" : $$"""{"{{field}}":{{value}}}"""), field);

        Assert.Equal(before, (await Ann.GetAsync("/agents")).Text);
    }

    [Theory]
    [MemberData(nameof(WrongAvailabilities))]
    [MemberData(nameof(WrongProfiles))]
    public async Task A_profile_is_refused(string field, string value)
    {
        var mia = await Host.AsAsync(Users.Mia);
        var before = (await mia.PutAsync("/agents/ben-id", new { isAvailable = true, categories = new[] { "before" }, maxOpenTickets = 3 })).Is(200).Text;
        var fields = new Dictionary<string, string> { ["isAvailable"] = "false", ["categories"] = "[\"after\"]", ["maxOpenTickets"] = "4", [field] = value };

        await InvalidAsync(
            () => mia.PutAsync("/agents/ben-id", $"{{{string.Join(',', fields.Where(pair => pair.Value.Length > 0).Select(pair => $"\"{pair.Key}\":{pair.Value}"))}}}"), field);

        Assert.Equal(before, (await mia.GetAsync("/agents/ben-id")).Text);
    }

    [Fact]
    public async Task All_wrong_fields_are_told_at_once()
    {
        var mia = await Host.AsAsync(Users.Mia);

        var answer = await InvalidAsync(() => mia.PutAsync("/agents/ben-id", new { isAvailable = true, categories = new[] { LongCategory }, maxOpenTickets = -1 }), "categories");

        Assert.Equal(["categories", "maxOpenTickets"], answer.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order());
    }

    [Fact]
    public async Task The_most_that_is_allowed_is_taken()
    {
        var mia = await Host.AsAsync(Users.Mia);
        var categories = Enumerable.Range(100, 100).Select(number => $"{number}{LongCategory[4..]}").ToArray();

        var set = await mia.PutAsync("/agents/ben-id", new { isAvailable = true, categories, maxOpenTickets = int.MaxValue });

        Assert.Equal(100, categories[0].Length);
        Assert.Equal(categories, set.Is(200).Json.GetProperty("categories").EnumerateArray().Select(category => category.GetString()));
        Assert.Equal(int.MaxValue, set.Json.GetProperty("maxOpenTickets").GetInt32());
        Assert.Equal(set.Text, (await mia.GetAsync("/agents/ben-id")).Text);
    }

    [Fact]
    public async Task A_category_outside_the_configured_list_is_refused_and_the_others_come_as_the_list_has_them()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration = { ["HelpDesk:Categories:0"] = "Billing", ["HelpDesk:Categories:1"] = "technical" },
        });
        var mia = await host.AsAsync(Users.Mia);

        var refused = await mia.PutAsync("/agents/ben-id", new { isAvailable = true, categories = new[] { "billing", "other" } });
        var set = await mia.PutAsync("/agents/ben-id", new { isAvailable = true, categories = new[] { "billing", " TECHNICAL" } });

        Assert.Contains("Billing, technical", refused.Is(400, "validation").Json.GetProperty("errors").GetProperty("categories")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(["Billing", "technical"], set.Is(200).Json.GetProperty("categories").EnumerateArray().Select(category => category.GetString()));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("me")]
    [InlineData("ANN-ID")]
    [InlineData("ann-id%20")]
    [InlineData("%20ann-id")]
    [InlineData("alice-id")]
    [InlineData("mia-id")]
    [InlineData("%01")]
    [InlineData("%FF")]
    [InlineData("%ED%A0%80")]
    [InlineData("%F0%9F%98%80")]
    [InlineData("a%2Fb")]
    [InlineData("..%2F..%2Fme")]
    [InlineData("%27%20OR%201=1--")]
    [InlineData("%25")]
    [InlineData("ann_id")]
    public async Task Nobody_is_found_by_an_id_that_is_no_agents(string id)
    {
        var mia = await Host.AsAsync(Users.Mia);

        var read = await RefusedAsync(() => Ann.GetAsync($"/agents/{id}"), 404, "not_found");
        await RefusedAsync(() => mia.PutAsync($"/agents/{id}", new { isAvailable = true }), 404, "not_found");

        Assert.Equal((await Ann.GetAsync("/agents/some-other")).Everything, read.Everything);
    }

    [Fact]
    public async Task A_very_long_id_is_not_found()
    {
        var mia = await Host.AsAsync(Users.Mia);

        await RefusedAsync(() => Ann.GetAsync($"/agents/{new string('9', 2000)}"), 404, "not_found");
        await RefusedAsync(() => mia.PutAsync($"/agents/{new string('9', 129)}", new { isAvailable = true }), 404, "not_found");
    }
}
