using HelpDesk.Inbound.Mailgun;
using HelpDesk.Inbound.Mailgun.Http;
using HelpDesk.Inbound.Mailgun.Signatures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpDesk;

/// <summary>Adds mail by Mailgun to the help desk.</summary>
public static class HelpDeskMailgunExtensions
{
    /// <summary>Takes in mail that Mailgun's routes forward, and what its event webhooks say of mail that was sent; see <see cref="MapMailgunInbound"/>. May be called again: settings add up.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings on top of those of the section <c>Mailgun</c> in the configuration that <c>AddHelpDesk(configuration)</c> was given; null for none.
    /// <see cref="MailgunOptions.SigningKey"/> is required.</param>
    public static HelpDeskBuilder AddMailgunInbound(this HelpDeskBuilder builder, Action<MailgunOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(MailgunSignature)))
        {
            builder.Configure<MailgunOptions>("Mailgun", static (section, options) => section.Bind(options));
            services.AddOptions<MailgunOptions>().ValidateOnStart();
        }

        if (configure is not null)
            services.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MailgunOptions>, MailgunOptionsValidator>());
        services.TryAddSingleton<MailgunSignature>();
        return builder.AddInboundSource<MailgunSource>();
    }

    /// <summary>Maps what Mailgun posts to: the prefix for mail that it has taken apart, <c>/mime</c> below it for raw mail, which is the better choice, and <c>/events</c> for event webhooks.</summary>
    /// <remarks>
    /// Anybody can reach them, whatever the host's authorization says: the signature is what lets in. They take bodies of the size of a mail, whatever limit the host has; a server before
    /// it may have one of its own.
    /// </remarks>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="prefix">Where they begin.</param>
    /// <returns>A builder for conventions of the host on all of them, as <c>RequireRateLimiting</c> or <c>RequireHost</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddMailgunInbound()</c> was not called.</exception>
    public static IEndpointConventionBuilder MapMailgunInbound(this IEndpointRouteBuilder endpoints, string prefix = "/hooks/mailgun")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(MailgunSignature)) != true)
            throw new InvalidOperationException("Mail by Mailgun is not set up. Call AddMailgunInbound() on what builder.Services.AddHelpDesk(…) returns, before builder.Build().");

        var group = endpoints.MapGroup(prefix);
        group.AllowAnonymous();
        group.DisableAntiforgery();
        group.ExcludeFromDescription();
        group.WithMetadata(new OutputCacheAttribute { NoStore = true }, new DisableRequestTimeoutAttribute(), new RequestSize(endpoints.ServiceProvider.GetRequiredService<IOptions<HelpDeskOptions>>()));
        group.MapPost("", MailEndpoints.Parsed);
        group.MapPost("/mime", MailEndpoints.Raw);
        group.MapPost("/events", EventEndpoint.Events);
        return new ConventionBuilder(group);
    }

    /// <summary>Hides the group: conventions may be added, endpoints may not.</summary>
    private sealed class ConventionBuilder(RouteGroupBuilder group) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => ((IEndpointConventionBuilder)group).Add(convention);

        public void Finally(Action<EndpointBuilder> finallyConvention) => ((IEndpointConventionBuilder)group).Finally(finallyConvention);
    }
}
