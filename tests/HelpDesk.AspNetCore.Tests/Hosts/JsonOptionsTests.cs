using System.Text.Json;
using System.Text.Json.Serialization;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

public sealed class JsonOptionsTests
{
    [Fact]
    public async Task The_hosts_own_JSON_options_change_nothing()
    {
        await using var plain = await TestHelpDesk.StartAsync();
        await using var snakes = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services =>
            {
                services.ConfigureHttpJsonOptions(options => Snakes(options.SerializerOptions));
                services.Configure<JsonOptions>(options => Snakes(options.JsonSerializerOptions));
            },
        });

        var expected = await TalkAsync(plain);
        var actual = await TalkAsync(snakes);

        Assert.Equal(expected, actual);
        Assert.Contains("lastMessage", actual, StringComparison.Ordinal);
    }

    private static void Snakes(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper));
    }

    /// <summary>A small conversation, with the ids (which differ) taken out.</summary>
    private static async Task<string> TalkAsync(TestHelpDesk host)
    {
        var (alice, ann, mia) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann), await host.AsAsync(Users.Mia));
        var ticket = await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "high" });
        var answers = new[]
        {
            ticket, await ann.ReplyAsync(ticket.Id), await ann.PatchAsync($"/tickets/{ticket.Id}", new { dueAt = "2026-11-24T08:00:00Z" }), await ann.GetAsync("/tickets"),
            await ann.GetAsync($"/tickets/{ticket.Id}/history"), await ann.GetAsync($"/tickets/{ticket.Id}/sla"), await ann.GetAsync("/stats"), await ann.GetAsync("/agents"),
            await mia.PutAsync("/agents/ann-id", new { isAvailable = false, maxOpenTickets = 7 }), await mia.PutAsync("/agents/ann-id", """{"isAvailable":true,"maxOpenTickets":"7"}"""),
            await alice.GetAsync("/me"), await alice.PostAsync("/tickets", "{}"), await alice.GetAsync("/tickets/none"),
        };
        return string.Join('\n', answers.Select(answer => System.Text.RegularExpressions.Regex.Replace(answer.Text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "an-id")));
    }
}
