using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Hosts;

/// <summary>The portal in somebody else's application.</summary>
public sealed class CompanyHostTests(CompanyHost host) : IClassFixture<CompanyHost>, IAsyncLifetime
{
    private Visitor carol = null!;

    public async ValueTask InitializeAsync() => carol = await Visitor.ComeAsync(host.Address, new VisitorOptions());

    public async ValueTask DisposeAsync()
    {
        await carol.DisposeAsync();
        if (TestContext.Current.TestState?.Result != TestResult.Failed)
            Assert.Empty(carol.Troubles);
    }

    [Fact]
    public async Task Carol_signs_in_by_the_hosts_page_and_opens_a_request_with_the_hosts_token()
    {
        await SignInAsync("/new");
        var page = carol.Page;
        await page.GetByLabel("Betreff").FillAsync("Der Drucker brennt");
        await page.Locator("textarea").FillAsync("Wirklich.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Anfrage erstellen" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"{CompanyHost.Portal}/t/TKT-"));
        await Assertions.Expect(page.GetByText("Wirklich.")).ToBeVisibleAsync();

        await page.Locator("textarea").FillAsync("Immer noch.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Antwort senden" }).ClickAsync();
        await Assertions.Expect(page.Locator("ol").GetByText("Immer noch.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_write_without_the_hosts_token_is_refused_by_the_host()
    {
        await SignInAsync("/new");
        var answer = await carol.Context.APIRequest.PostAsync($"{CompanyHost.PathBase}/api/desk/tickets", new() { DataObject = new { subject = "Forged", body = "Forged" } });
        Assert.Equal("forged", await answer.TextAsync());
    }

    [Fact]
    public async Task The_host_gives_name_logo_language_and_colours()
    {
        await SignInAsync("/new");
        var page = carol.Page;
        await Assertions.Expect(page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Acme <Care>");
        await Assertions.Expect(page).ToHaveTitleAsync("Anfrage erstellen · Acme <Care>");
        await Assertions.Expect(page.Locator(".hd-brand img")).ToHaveAttributeAsync("src", $"{CompanyHost.PathBase}/logo.svg");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Anfrage erstellen" })).ToHaveCSSAsync("background-color", "rgb(10, 120, 60)");
    }

    [Fact]
    public async Task Signing_out_is_the_hosts()
    {
        await SignInAsync("/new");
        await carol.Page.GetByText("Konto: carol").ClickAsync();
        await carol.Page.GetByRole(AriaRole.Button, new() { Name = "Abmelden" }).ClickAsync();
        await Assertions.Expect(carol.Page).ToHaveURLAsync(new Regex($"{CompanyHost.PathBase}/account/login$"));
        await carol.Page.GotoAsync(CompanyHost.Portal);
        await Assertions.Expect(carol.Page).ToHaveURLAsync(new Regex($"{CompanyHost.PathBase}/account/login.ReturnUrl="));
    }

    [Fact]
    public async Task The_hosts_own_pages_are_as_they_were()
    {
        await SignInAsync("/new");
        var answer = await carol.Page.GotoAsync($"{CompanyHost.PathBase}/");
        Assert.DoesNotContain("content-security-policy", (await answer!.AllHeadersAsync()).Keys);
        await Assertions.Expect(carol.Page.GetByRole(AriaRole.Heading)).ToHaveCSSAsync("color", "rgb(1, 2, 3)");
    }

    private async Task SignInAsync(string portalPage)
    {
        await carol.Page.GotoAsync(CompanyHost.Portal + portalPage);
        await carol.Page.GetByLabel("User").FillAsync("carol@example.com");
        await carol.Page.GetByLabel("Password").FillAsync(CompanyHost.Password);
        await carol.Page.GetByRole(AriaRole.Button, new() { Name = "Enter" }).ClickAsync();
        await Assertions.Expect(carol.Page).ToHaveURLAsync(new Uri(host.Address, CompanyHost.Portal + portalPage).ToString());
        await carol.Page.WaitForLoadStateAsync(LoadState.Load);
    }
}
