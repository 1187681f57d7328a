using System.Net.Http.Json;
using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace HelpDesk.AspNetCore.Tests.OpenApi;

/// <summary>The sample host as a newcomer meets it: its demo accounts open, answer and resolve a ticket.</summary>
public sealed class SampleHostTests(SampleHost sample) : IClassFixture<SampleHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_accounts_open_answer_and_resolve_a_ticket()
    {
        var (alice, ann) = (await SignInAsync(Users.Alice), await SignInAsync(Users.Ann));

        var ticket = await alice.OpenAsync();
        Assert.Equal("pending", (await ann.ReplyAsync(ticket.Id)).Json.GetProperty("ticket").GetProperty("status").GetString());
        Assert.Equal("resolved", (await alice.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200).Json.GetProperty("status").GetString());

        (await (await SignInAsync(Users.Bob)).GetAsync($"/tickets/{ticket.Id}")).Is(404, "not_found");
        (await new Caller(sample.CreateClient(), "/helpdesk", token: null).GetAsync("/me")).Is(401, "unauthenticated");
    }

    [Fact]
    public async Task Tickets_go_to_the_demo_agent_of_their_category()
    {
        var (alice, mia) = (await SignInAsync(Users.Alice), await SignInAsync(Users.Mia));

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("ann", await AssigneeAsync("billing"));
            Assert.Equal("ben", await AssigneeAsync("Technical"));
        }

        Assert.Null(await AssigneeAsync("legal"));
        Assert.NotNull(await AssigneeAsync(null));
        Assert.Equal(
            [("ann", "billing"), ("ben", "technical")],
            (await mia.GetAsync("/agents")).Is(200).Json.Data().Select(agent => (agent.Text("name"), Assert.Single(agent.GetProperty("categories").EnumerateArray()).GetString())));

        async Task<string?> AssigneeAsync(string? category)
        {
            var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", category })).Is(201).Json;
            return ticket.GetProperty("assignee") is { ValueKind: JsonValueKind.Object } assignee ? assignee.Text("name") : null;
        }
    }

    [Fact]
    public async Task What_is_late_is_escalated()
    {
        await using var impatient = sample.WithWebHostBuilder(builder => builder.UseSetting("HelpDesk:Sla:Resolution:urgent", "00:00:01"));
        var (alice, root) = (await SignInAsync(impatient, Users.Alice), await SignInAsync(impatient, Users.Root));

        var ticket = (await alice.PostAsync("/tickets", new { subject = "S", body = "B", priority = "urgent" })).Is(201);

        await Poll.UntilAsync(() => root.GetAsync($"/tickets/{ticket.Id}"), json => json.Time("escalatedAt") is not null);
        Assert.Equal(ticket.ETag, (await alice.GetAsync($"/tickets/{ticket.Id}")).ETag);
    }

    [Theory]
    [InlineData(Users.Alice, false, false, false)]
    [InlineData(Users.Ben, true, false, false)]
    [InlineData(Users.Mia, true, true, false)]
    [InlineData(Users.Root, true, true, true)]
    public async Task Demo_accounts_have_their_rights(string person, bool isAgent, bool isManager, bool isAdmin)
    {
        var me = (await (await SignInAsync(person)).GetAsync("/me")).Is(200).Json;

        Assert.Equal(
            (isAgent, isManager, isAdmin),
            (me.GetProperty("isAgent").GetBoolean(), me.GetProperty("isManager").GetBoolean(), me.GetProperty("isAdmin").GetBoolean()));
    }

    private Task<Caller> SignInAsync(string person) => SignInAsync(sample, person);

    private static async Task<Caller> SignInAsync(WebApplicationFactory<Program> host, string person)
    {
        using var client = host.CreateClient();
        using var response = await client.PostAsJsonAsync("/identity/login", new { email = Users.Email(person), password = Users.Password }, Token);
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("accessToken").GetString();
        return new Caller(host.CreateClient(), "/helpdesk", token);
    }
}
