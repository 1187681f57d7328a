using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Identity;

namespace HelpDesk.AspNetCore.Tests.Inbound;

/// <summary>Whoever asked by mail first and has an account later finds what they asked.</summary>
public sealed class ClaimTests(SharedHost shared) : HelpDeskTest(shared)
{
    [Fact]
    public async Task Tickets_by_mail_become_their_senders_own_when_they_ask_who_they_are()
    {
        var (ticket, message) = await Host.OpenByMailAsync(new TestMail { From = "Dora <Dora@Example.com>", Html = "<p>Mine." });
        var dora = await RegisterAsync("dora", isConfirmed: true);
        Assert.Empty((await dora.GetAsync("/tickets")).Is(200).Json.Data());
        (await dora.GetAsync($"/messages/{message}/html")).Is(404, "not_found");

        Assert.Equal("dora-id", (await dora.GetAsync("/me")).Is(200).Json.Text("id"));

        var own = Assert.Single((await dora.GetAsync("/tickets")).Is(200).Json.Data());
        Assert.Equal((ticket, "dora-id"), (own.GetProperty("id").GetGuid(), own.GetProperty("requester").Text("id")));
        Assert.Contains("Mine.", (await dora.GetAsync($"/messages/{message}/html")).Is(200).Text, StringComparison.Ordinal);
        (await Bob.GetAsync($"/tickets/{ticket}")).Is(404, "not_found");
        Assert.Equal("dora-id", (await Ann.GetAsync($"/tickets/{ticket}")).Json.GetProperty("requester").Text("id"));
    }

    [Fact]
    public async Task An_address_that_is_not_confirmed_gives_nothing()
    {
        var (ticket, _) = await Host.OpenByMailAsync(new TestMail { From = "eve@example.com" });
        var eve = await RegisterAsync("eve", isConfirmed: false);

        (await eve.GetAsync("/me")).Is(200);

        (await eve.GetAsync($"/tickets/{ticket}")).Is(404, "not_found");
    }

    [Fact]
    public async Task Asking_again_or_by_several_at_once_changes_nothing_more()
    {
        var (ticket, _) = await Host.OpenByMailAsync(new TestMail { From = "fred@example.com" });
        var fred = await RegisterAsync("fred", isConfirmed: true);

        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => fred.GetAsync("/me"))))
            answer.Is(200);

        var history = (await Ann.GetAsync($"/tickets/{ticket}/history")).Is(200).Text;
        (await fred.GetAsync("/me")).Is(200);
        Assert.Equal(history, (await Ann.GetAsync($"/tickets/{ticket}/history")).Text);
        Assert.Single((await fred.GetAsync("/tickets")).Json.Data());
    }

    private async Task<Caller> RegisterAsync(string name, bool isConfirmed)
    {
        await Host.WithAsync<UserManager<AppUser>, int>(async users =>
        {
            var user = new AppUser { Id = Users.Id(name), UserName = Users.Email(name), Email = Users.Email(name), EmailConfirmed = isConfirmed };
            Users.Require(await users.CreateAsync(user, Users.Password));
            return 0;
        });
        return await Host.AsAsync(name);
    }
}
