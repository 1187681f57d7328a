using HelpDesk.Portal;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk;

/// <summary>Maps the pages of the help desk.</summary>
public static class HelpDeskPortalEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the portal and the agents' dashboard below a prefix. They use the API that <c>MapHelpDesk</c> has mapped, with the cookie by which the host signs its users in.
    /// Who is not signed in by the host's default authorization policy is sent to the host's sign-in.
    /// </summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="prefix">Where the portal begins.</param>
    /// <param name="configure">Sets name, logo, language and sign-in.</param>
    /// <returns>A builder for conventions of the host on the pages, as <c>RequireAuthorization("policy")</c> or <c>RequireHost</c>.</returns>
    /// <exception cref="ArgumentException">An option cannot be used.</exception>
    /// <exception cref="InvalidOperationException"><c>AddHelpDesk()</c> or <c>AddAuthorization()</c> was not called, or the host does not find the portal's files.</exception>
    public static IEndpointConventionBuilder MapHelpDeskPortal(this IEndpointRouteBuilder endpoints, string prefix = "/support", Action<HelpDeskPortalOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var options = new HelpDeskPortalOptions();
        configure?.Invoke(options);
        options.Validate();

        var services = endpoints.ServiceProvider;
        if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(IPolicyEvaluator)) != true)
            throw new InvalidOperationException("HelpDesk's portal is for people who are signed in, but nothing here can tell who is. Call builder.Services.AddAuthorization() and set up authentication.");

        var files = new ClientFiles(services.GetRequiredService<IWebHostEnvironment>());
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("HelpDesk.Portal");
        if (files.Client is null)
            Log.PagesAreMissing(logger, prefix);
        // The API may be mapped after the portal: when the host has started, it is there or it is missing.
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() =>
        {
            var all = services.GetRequiredService<EndpointDataSource>().Endpoints;
            if (!all.Any(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName == Shell.ApiRoute))
                Log.ApiIsMissing(logger, Shell.ApiIsMissing);
        });

        var portal = endpoints.MapGroup(prefix);
        // The host's fallback policy is for endpoints that say nothing of authorization; the pages are closed by the shell itself, the scripts hold nothing secret.
        portal.WithMetadata(new AuthorizationPolicyBuilder().RequireAssertion(static _ => true).Build());
        portal.ExcludeFromDescription();
        portal.MapMethods($"{ClientFiles.Folder}/{{file}}", [HttpMethods.Get, HttpMethods.Head], files.Serve);
        portal.MapMethods("/{**page}", [HttpMethods.Get, HttpMethods.Head], new Shell(options, files).ServeAsync);
        return new ConventionBuilder(portal);
    }

    /// <summary>Hides the group: conventions may be added, endpoints may not.</summary>
    private sealed class ConventionBuilder(RouteGroupBuilder group) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => ((IEndpointConventionBuilder)group).Add(convention);

        public void Finally(Action<EndpointBuilder> finallyConvention) => ((IEndpointConventionBuilder)group).Finally(finallyConvention);
    }
}
