using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Portal.Tests.Shell;

/// <summary>What a developer is told who has not set the portal up.</summary>
public sealed class OptionsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Action<HelpDeskPortalOptions>, string> Unusable => new()
    {
        { portal => portal.Name = " ", "MapHelpDeskPortal: Name ' ' cannot be used. Use 1 to 100 characters, such as \"Acme Support\"." },
        { portal => portal.Language = "fr", "MapHelpDeskPortal: Language 'fr' cannot be used. Use \"en\", \"de\", or null for the browser's choice." },
        { portal => portal.LogoPath = "logo.svg", "MapHelpDeskPortal: LogoPath 'logo.svg' cannot be used. Use a path on this site that begins with one slash, such as \"/account/sign-in\"." },
        { portal => portal.SignInPath = "https://example.com/", "MapHelpDeskPortal: SignInPath 'https://example.com/' cannot be used. Use a path on this site that begins with one slash, such as \"/account/sign-in\"." },
        { portal => portal.SignInPath = "//example.com", "MapHelpDeskPortal: SignInPath '//example.com' cannot be used. Use a path on this site that begins with one slash, such as \"/account/sign-in\"." },
        { portal => portal.StylesheetPath = "/\\example.com", "MapHelpDeskPortal: StylesheetPath '/\\example.com' cannot be used. Use a path on this site that begins with one slash, such as \"/account/sign-in\"." },
    };

    [Theory]
    [MemberData(nameof(Unusable), DisableDiscoveryEnumeration = true)]
    public async Task An_option_that_cannot_be_used_is_an_error_that_says_what_can(Action<HelpDeskPortalOptions> configure, string message)
    {
        await using var app = Build(services => services.AddAuthorization());
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => app.MapHelpDeskPortal("/support", configure)).Message);
    }

    [Fact]
    public async Task Without_authorization_the_missing_call_is_named()
    {
        await using var app = Build(_ => { });
        Assert.Contains("builder.Services.AddAuthorization()", Assert.Throws<InvalidOperationException>(() => app.MapHelpDeskPortal()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_does_not_find_the_files_is_told_what_to_do()
    {
        await using var app = Build(services => services.AddAuthorization(), findsFiles: false);
        var message = Assert.Throws<InvalidOperationException>(() => app.MapHelpDeskPortal()).Message;
        Assert.Contains("builder.WebHost.UseStaticWebAssets()", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_whose_scheme_has_no_page_says_where_the_setting_is()
    {
        await using var app = Build(services =>
        {
            services.AddAuthentication("Bearer").AddBearerToken("Bearer");
            services.AddAuthorization();
        });
        app.MapHelpDeskPortal();
        await app.StartAsync(Token);
        using var client = app.GetTestClient();
        using var answer = await client.GetAsync("/support", Token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("portal.SignInPath", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Token)), StringComparison.Ordinal);
    }

    private static WebApplication Build(Action<IServiceCollection> configure, bool findsFiles = true)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseTestServer();
        if (findsFiles)
        {
            builder.WebHost.UseSetting(WebHostDefaults.StaticWebAssetsKey, Path.Combine(AppContext.BaseDirectory, "HelpDesk.SampleHost.staticwebassets.runtime.json"));
            builder.WebHost.UseStaticWebAssets();
        }

        builder.Logging.ClearProviders();
        configure(builder.Services);
        return builder.Build();
    }
}
