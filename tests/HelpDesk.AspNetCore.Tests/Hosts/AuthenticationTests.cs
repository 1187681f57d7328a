using System.Net;
using System.Net.Http.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Every host has its own way of signing in; who is not signed in gets the same answer everywhere.</summary>
public sealed class AuthenticationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_with_cookies_only_answers_401_without_a_redirect()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddAuthentication(IdentityConstants.ApplicationScheme),
        });

        await UnauthenticatedEverywhereAsync(host);
        var alice = await SignInByCookieAsync(host);
        (await alice.GetAsync("/me")).Is(200);
        (await alice.PatchAsync($"/tickets/{(await alice.OpenAsync()).Id}", "{}")).Is(403, "forbidden");
    }

    [Fact]
    public async Task A_host_with_a_fallback_policy_answers_the_same()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()),
        });

        await UnauthenticatedEverywhereAsync(host);
    }

    [Fact]
    public async Task A_host_whose_default_policy_names_schemes_answers_the_same()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddAuthorizationBuilder().SetDefaultPolicy(
                new AuthorizationPolicyBuilder(IdentityConstants.ApplicationScheme, IdentityConstants.BearerScheme).RequireAuthenticatedUser().Build()),
        });

        await UnauthenticatedEverywhereAsync(host);
        (await (await host.AsAsync(Users.Alice)).GetAsync("/me")).Is(200);
        (await (await SignInByCookieAsync(host)).GetAsync("/me")).Is(200);
    }

    [Fact]
    public async Task Who_is_refused_by_the_hosts_default_policy_is_forbidden()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddAuthorizationBuilder().SetDefaultPolicy(
                new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireAssertion(context => context.User.Identity!.Name != Users.Email(Users.Bob)).Build()),
        });

        await UnauthenticatedEverywhereAsync(host);
        (await (await host.AsAsync(Users.Alice)).GetAsync("/me")).Is(200);
        (await (await host.AsAsync(Users.Bob)).GetAsync("/me")).Is(403, "forbidden");
    }

    [Fact]
    public async Task A_policy_that_the_host_adds_to_the_api_holds()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddAuthorizationBuilder().AddPolicy("not-bob", policy => policy.RequireAssertion(context => context.User.Identity?.Name != Users.Email(Users.Bob))),
            Api = api => api.RequireAuthorization("not-bob"),
        });

        (await (await host.AsAsync(Users.Alice)).GetAsync("/me")).Is(200);
        (await (await host.AsAsync(Users.Bob)).GetAsync("/me")).Is(403);
        await UnauthenticatedEverywhereAsync(host);
    }

    [Fact]
    public async Task A_policy_that_the_host_adds_redirects_nobody()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddAuthentication(IdentityConstants.ApplicationScheme),
            Api = api => api.RequireAuthorization(),
        });

        // By the middleware, before the API is reached: the status is right, but there is no problem to read.
        var answer = (await (await host.AsAsync(Users.Anonymous)).GetAsync("/me")).Is(401);
        Assert.Null(answer.Location);
        (await (await SignInByCookieAsync(host)).GetAsync("/me")).Is(200);
    }

    [Fact]
    public async Task A_host_name_that_the_host_demands_holds()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Api = api => api.RequireHost("desk.example.com") });
        var alice = await host.AsAsync(Users.Alice);

        (await alice.GetAsync("/me")).Is(404);
        (await alice.GetAsync("/me", ("Host", "desk.example.com"))).Is(200);
    }

    [Fact]
    public async Task A_token_that_is_none_or_has_passed_is_unauthenticated()
    {
        // An hour instead of the ten years of the other hosts, which would wake every service of the host a million times.
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.Configure<BearerTokenOptions>(IdentityConstants.BearerScheme, options => options.BearerTokenExpiration = TimeSpan.FromHours(1)),
        });
        var token = await host.SignInAsync(Users.Alice);

        (await new Caller(host.CreateClient(), "/helpdesk", "nonsense").GetAsync("/me")).Is(401, "unauthenticated");
        (await new Caller(host.CreateClient(), "/helpdesk", token[..^5]).GetAsync("/me")).Is(401, "unauthenticated");
        (await new Caller(host.CreateClient(), "/helpdesk", token).GetAsync("/me")).Is(200);
        host.Clock.Advance(TimeSpan.FromHours(1.1));
        (await new Caller(host.CreateClient(), "/helpdesk", token).GetAsync("/me")).Is(401, "unauthenticated");
    }

    private static async Task UnauthenticatedEverywhereAsync(TestHelpDesk host)
    {
        var nobody = await host.AsAsync(Users.Anonymous);
        foreach (var row in Authorization.EndpointTable.Rows)
        {
            var answer = await nobody.SendAsync(row.Method, row.Path("TKT-2026-000001"), row.Body);
            answer.Is(401, "unauthenticated");
            Assert.Null(answer.Location);
        }
    }

    private static async Task<Caller> SignInByCookieAsync(TestHelpDesk host)
    {
        var client = host.CreateClient();
        using var response = await client.PostAsJsonAsync(
            "/identity/login?useSessionCookies=true", new { email = Users.Email(Users.Alice), password = Users.Password }, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        client.DefaultRequestHeaders.Add("Cookie", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return new Caller(client, "/helpdesk", token: null);
    }
}
