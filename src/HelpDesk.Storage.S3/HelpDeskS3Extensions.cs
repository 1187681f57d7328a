using HelpDesk.Attachments;
using HelpDesk.Storage.S3;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HelpDesk;

/// <summary>Adds storage on S3 to the help desk.</summary>
public static class HelpDeskS3Extensions
{
    /// <summary>Keeps the bytes of files in a bucket of Amazon S3, or of a service that speaks its protocol. May be called again: settings add up.</summary>
    /// <remarks>The bucket must be there and be private. Nothing is looked up at start: a service that is down is an error of the upload or download that needs it.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Settings on top of those of the section <c>S3</c> in the configuration that <c>AddHelpDesk(configuration)</c> was given; null for none.
    /// <see cref="S3Options.BucketName"/> is required.</param>
    public static HelpDeskBuilder UseS3Attachments(this HelpDeskBuilder builder, Action<S3Options>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (!services.Any(service => service.ServiceType == typeof(S3Connection)))
        {
            builder.Configure<S3Options>("S3", static (section, options) => section.Bind(options));
            services.AddOptions<S3Options>().ValidateOnStart();
        }

        if (configure is not null)
            services.Configure(configure);

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<S3Options>, S3OptionsValidator>());
        services.TryAddSingleton<S3Connection>();
        services.Replace(ServiceDescriptor.Singleton<IAttachmentStore, S3AttachmentStore>());
        return builder;
    }
}
