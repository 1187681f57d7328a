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
}
