using System.Net.Http.Json;
using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;

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

    private async Task<Caller> SignInAsync(string person)
    {
        using var client = sample.CreateClient();
        using var response = await client.PostAsJsonAsync("/identity/login", new { email = Users.Email(person), password = Users.Password }, Token);
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("accessToken").GetString();
        return new Caller(sample.CreateClient(), "/helpdesk", token);
    }
}
