using HelpDesk.AspNetCore;
using HelpDesk.AspNetCore.Attachments;
using HelpDesk.AspNetCore.Authorization;
using HelpDesk.AspNetCore.Http;
using HelpDesk.AspNetCore.Identity;
using HelpDesk.Events;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpDesk;

/// <summary>Adds the help desk to an ASP.NET Core application.</summary>
public static class HelpDeskAspNetCoreExtensions
{
    /// <summary>Adds the help desk with its settings from configuration.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section, usually <c>builder.Configuration.GetSection("HelpDesk")</c>.</param>
    /// <returns>The builder, on which <c>UseDbContext&lt;T&gt;()</c> and <c>UseIdentity&lt;TUser&gt;()</c> (or another user directory) must be named.</returns>
    public static HelpDeskBuilder AddHelpDesk(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var builder = services.AddHelpDesk();
        services.AddSingleton(new HelpDeskConfiguration(configuration));
        services.Configure<HelpDeskOptions>(configuration);
        services.Configure<HelpDeskHttpOptions>(configuration);
        services.Configure<HelpDeskRoleNames>(configuration.GetSection("Roles"));
        return builder.AddHttp();
    }

    /// <summary>Makes actors from requests in the host's own way.</summary>
    /// <typeparam name="T">The host's implementation; scoped.</typeparam>
    /// <param name="builder">The builder.</param>
    public static HelpDeskBuilder UseActorResolver<T>(this HelpDeskBuilder builder)
        where T : class, IActorResolver
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.Replace(ServiceDescriptor.Scoped<IActorResolver, T>());
        return builder.AddHttp();
    }

    /// <summary>Adds one webhook for each child of a section, by the child's name; see <see cref="HelpDeskBuilder.AddWebhook"/>.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">The section, usually <c>builder.Configuration.GetSection("HelpDesk:Webhooks")</c>. A changed setting counts from the next post on; a new endpoint, from the next start.</param>
    /// <exception cref="ArgumentException">A child's name is no name of a webhook.</exception>
    public static HelpDeskBuilder AddWebhooks(this HelpDeskBuilder builder, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        foreach (var endpoint in section.GetChildren())
        {
            builder.AddWebhook(endpoint.Key, options => WebhookSettings.Bind(endpoint, options));
            builder.Services.AddSingleton<IOptionsChangeTokenSource<WebhookOptions>>(new ConfigurationChangeTokenSource<WebhookOptions>(endpoint.Key, endpoint));
        }

        return builder;
    }

    internal static HelpDeskBuilder AddHttp(this HelpDeskBuilder builder)
    {
        builder.Services.AddAuthorization();
        builder.Services.AddOptions<HelpDeskHttpOptions>().ValidateOnStart();
        builder.Services.AddOptions<HelpDeskRoleNames>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HelpDeskHttpOptions>, HelpDeskHttpOptionsValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HelpDeskOptions>, AttachmentPathValidator>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HelpDeskRoleNames>, HelpDeskRoleNamesValidator>());
        builder.Services.TryAddScoped<IActorResolver, ActorResolver>();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, ApiDescriptions>());
        return builder;
    }
}
