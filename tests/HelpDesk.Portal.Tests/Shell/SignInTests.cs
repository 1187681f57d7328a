using HelpDesk.Portal.Tests.Infrastructure;

namespace HelpDesk.Portal.Tests.Shell;

public sealed class SignInTests(PortalHost host) : PortalTest(host)
{
    [Fact]
    public async Task Who_is_not_signed_in_is_sent_to_the_hosts_sign_in_and_comes_back_to_where_they_were()
    {
        var alice = await VisitAsync(null);
        await alice.Page.GotoAsync("/support/new");
        await alice.Page.GetByLabel("E-mail").FillAsync("alice@example.com");
        await alice.Page.GetByLabel("Password").FillAsync("Passw0rd!");
        await alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await Expect(alice.Page).ToHaveURLAsync(new Uri(Host.Address, "/support/new").ToString());
        await Expect(alice.Page.GetByText("Account: alice")).ToBeVisibleAsync();
    }
    [Fact]
    public async Task The_hosts_sign_in_page_has_an_icon_so_that_no_browser_looks_for_one_in_vain()
    {
        var alice = await VisitAsync(null);
        await alice.Page.GotoAsync("/sign-in");
        var icon = await alice.Page.Locator("link[rel=icon]").EvaluateAsync<string>("link => link.href");
        var answer = await alice.Context.APIRequest.GetAsync(icon);
        Assert.Equal(200, answer.Status);
        Assert.Equal("image/svg+xml", answer.Headers["content-type"]);
    }
}
