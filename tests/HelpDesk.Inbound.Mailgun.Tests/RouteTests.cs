using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Inbound.Mailgun;

public sealed class RouteTests
{
    [Fact]
    public async Task A_host_that_closes_everything_lets_mail_in_by_its_signature()
    {
        await using var webhook = await Webhook.StartAsync(
            configure: builder =>
            {
                builder.Services.AddAuthentication("nobody").AddScheme<AuthenticationSchemeOptions, Nobody>("nobody", null);
                builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
                builder.Services.AddAntiforgery();
                builder.Services.AddOutputCache(options => options.AddBasePolicy(policy => policy.Cache()));
            },
            use: app =>
            {
                app.UseRouting();
                app.UseAuthentication();
                app.UseAuthorization();
                app.UseAntiforgery();
                app.UseOutputCache();
                app.MapPost("/other", () => "in");
            });
        // As a browser would that was sent here from another site: webhooks have no use for that.
        webhook.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        webhook.Client.DefaultRequestHeaders.Add("Origin", "https://evil.example");

        await webhook.ExpectAsync(HttpStatusCode.OK, SignedForm.Mail().Sign(Webhook.Start).UrlEncoded());
        await webhook.ExpectAsync(HttpStatusCode.OK, SignedForm.RawMail([1]).Sign(Webhook.Start).Multipart(), "/mime");
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, SignedForm.Content("{}"u8.ToArray(), "application/json"), "/events");
        using var other = await webhook.Client.PostAsync(new Uri("/other", UriKind.Relative), null, Webhook.Token);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Fact]
    public async Task The_routes_say_of_themselves_what_a_host_needs_to_know()
    {
        await using var webhook = await Webhook.StartAsync(configure: builder => builder.Services.AddEndpointsApiExplorer());
        var endpoints = webhook.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>().ToList();

        Assert.Equal(["/hooks/mailgun/", "/hooks/mailgun/events", "/hooks/mailgun/mime"], endpoints.Select(endpoint => endpoint.RoutePattern.RawText).Order());
        Assert.All(endpoints, endpoint =>
        {
            Assert.NotNull(endpoint.Metadata.GetMetadata<IAllowAnonymous>());
            Assert.False(endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>()?.RequiresValidation);
            Assert.True(endpoint.Metadata.GetMetadata<OutputCacheAttribute>()?.NoStore);
            Assert.True(endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize > 200_000_000);
            Assert.Equal(["POST"], endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods);
        });
        Assert.Empty(webhook.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>().ApiDescriptionGroups.Items);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Only_a_post_changes_anything(string method)
    {
        await using var webhook = await Webhook.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/hooks/mailgun");

        using var response = await webhook.Client.SendAsync(request, Webhook.Token);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Without_the_call_that_adds_mailgun_the_routes_cannot_be_mapped()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Webhook.StartAsync(isSetUp: false));

        Assert.Contains("AddMailgunInbound()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_limit_of_the_host_is_no_acceptance()
    {
        // It was: the cancelled request ended without a status, which is 200, and Mailgun took the mail for delivered.
        using var limit = new CancellationTokenSource();
        await using var webhook = await Webhook.StartAsync(use: app => app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            context.RequestAborted = limit.Token;
            await next(context);
        }));
        webhook.Processor.Before = async cancellationToken =>
        {
            await limit.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };
        var form = SignedForm.Mail().Sign(Webhook.Start);

        using var response = await webhook.Client.PostAsync(new Uri("/hooks/mailgun", UriKind.Relative), form.UrlEncoded(), Webhook.Token);

        Assert.NotEqual(200, (int)response.StatusCode);
        Assert.NotEqual(406, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_form_that_something_else_has_read_is_a_telling_error()
    {
        Exception? error = null;
        await using var webhook = await Webhook.StartAsync(use: app => app.Use(async (HttpContext context, RequestDelegate next) =>
        {
            await context.Request.ReadFormAsync(context.RequestAborted);
            error = await Record.ExceptionAsync(() => next(context));
        }));

        using var response = await webhook.Client.PostAsync(new Uri("/hooks/mailgun", UriKind.Relative), SignedForm.Mail().Sign(Webhook.Start).UrlEncoded(), Webhook.Token);

        Assert.Contains("has read the form", Assert.IsAssignableFrom<InvalidOperationException>(error).Message, StringComparison.Ordinal);
        Assert.Equal(0, webhook.Processor.Calls);
    }

    private sealed class Nobody(
        Microsoft.Extensions.Options.IOptionsMonitor<AuthenticationSchemeOptions> options,
        Microsoft.Extensions.Logging.ILoggerFactory logger,
        System.Text.Encodings.Web.UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());
    }
}
