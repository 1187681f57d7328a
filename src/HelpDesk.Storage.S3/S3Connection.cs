using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.Storage.S3;

/// <summary>The client: our own, or the one that the host has lent.</summary>
internal sealed class S3Connection : IDisposable
{
    // With the first, three tries in all: a minute at most until a service that hangs is given up.
    private const int Retries = 2;
    private const string RegionOfOthers = "us-east-1";

    private readonly AmazonS3Client? own;
    private readonly S3Transport? transport;

    public S3Connection(IOptions<S3Options> options, IServiceProvider services)
    {
        if (!options.Value.HasConnection && services.GetService<IAmazonS3>() is { } lent)
            Client = lent;
        else
            Client = own = Create(options.Value, transport = new S3Transport(options.Value));
    }

    public IAmazonS3 Client { get; }

    /// <summary>Whether the service is spoken to without TLS.</summary>
    public bool IsPlain => Client.Config.ServiceURL?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) ?? Client.Config.UseHttp;

    public void Dispose()
    {
        own?.Dispose();
        transport?.Dispose();
    }

    private static AmazonS3Client Create(S3Options options, S3Transport transport)
    {
        var config = new AmazonS3Config
        {
            HttpClientFactory = transport,
            Timeout = options.Timeout,
            MaxErrorRetry = Retries,
            ForcePathStyle = options.ForcePathStyle ?? options.HasServiceUrl,
        };
        if (options.HasServiceUrl)
            Aim(config, options);
        else if (options.HasRegion)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);

        return options.HasAccessKey ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config) : new AmazonS3Client(config);
    }

    private static void Aim(AmazonS3Config config, S3Options options)
    {
        config.ServiceURL = options.ServiceUrl;
        config.AuthenticationRegion = options.HasRegion ? options.Region : RegionOfOthers;
        // Services other than Amazon's know the SDK's own checksums in part, or refuse them. Uploads are checked without them; see S3AttachmentStore.
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
    }
}
