using HelpDesk.Notifications.Smtp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpDesk;

/// <summary>Adds mail to the help desk.</summary>
public static class HelpDeskSmtpExtensions
{
    /// <summary>Tells people by mail of what concerns them. May be called again: settings add up.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings on top of those of the section <c>Smtp</c> in the configuration that <c>AddHelpDesk(configuration)</c> was given; null for none.
    /// <see cref="SmtpOptions.Host"/> and <see cref="SmtpOptions.From"/> are required.</param>
    public static HelpDeskBuilder AddSmtpNotifications(this HelpDeskBuilder builder, Action<SmtpOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(TemplateFolder)))
        {
            builder.Configure<SmtpOptions>("Smtp", static (section, options) => section.Bind(options));
            services.AddOptions<SmtpOptions>().ValidateOnStart();
            services.AddOptions<HelpDeskOptions>().PostConfigure<IOptions<SmtpOptions>>(KnowOurselves);
        }

        if (configure is not null)
            services.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SmtpOptions>, SmtpOptionsValidator>());
        services.TryAddSingleton<TemplateFolder>();
        services.TryAddSingleton(static provider => MailTemplates.Load(
            provider.GetRequiredService<TemplateFolder>().PathOf(provider.GetRequiredService<IOptions<SmtpOptions>>().Value), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<MailComposer>();
        services.TryAddSingleton<SmtpConnections>();
        return builder.AddNotificationSender<SmtpSender>("smtp");
    }

    private static void KnowOurselves(HelpDeskOptions options, IOptions<SmtpOptions> smtp)
    {
        try
        {
            options.Notifications.MessageIdDomain ??= smtp.Value.AsciiReplyDomain() ?? smtp.Value.AsciiFromDomain();
            // What says to be from ourselves is no request.
            options.Inbound.ReplyDomain ??= smtp.Value.AsciiReplyDomain();
            if (smtp.Value.FromMailbox() is { } from)
                options.Inbound.OwnAddresses.Add(from.Address);
        }
        catch (OptionsValidationException)
        {
            // The check of the options themselves says so, once.
        }
    }
}
