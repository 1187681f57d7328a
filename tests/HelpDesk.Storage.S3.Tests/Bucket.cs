using Amazon.Runtime;
using Amazon.S3;
using HelpDesk.Specification.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HelpDesk.Storage.S3;

/// <summary>A bucket of a test's own, stores on it, and a client that goes past them.</summary>
internal sealed class Bucket : IDisposable
{
    private readonly List<IDisposable> connections = [];
    private readonly S3Server server;

    private Bucket(S3Server server)
    {
        this.server = server;
        Client = new AmazonS3Client(new BasicAWSCredentials(server.AccessKey, server.SecretKey), new AmazonS3Config
        {
            ServiceURL = server.Endpoint,
            ForcePathStyle = true,
            AuthenticationRegion = "us-east-1",
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public string Name { get; } = S3Server.NewBucketName();

    public AmazonS3Client Client { get; }

    /// <summary>Skips the test, or fails it, where there is no service.</summary>
    public static async Task<Bucket> CreateAsync(CancellationToken cancellationToken)
    {
        var bucket = new Bucket(await S3Server.GetAsync(cancellationToken));
        await bucket.Client.PutBucketAsync(bucket.Name, cancellationToken);
        return bucket;
    }

    public S3AttachmentStore Store(Action<S3Options>? configure = null)
    {
        var options = new S3Options { ServiceUrl = server.Endpoint, BucketName = Name, AccessKey = server.AccessKey, SecretKey = server.SecretKey };
        configure?.Invoke(options);
        var connection = new S3Connection(Options.Create(options), new ServiceCollection().BuildServiceProvider());
        connections.Add(connection);
        return new S3AttachmentStore(connection, Options.Create(options), NullLogger<S3AttachmentStore>.Instance);
    }

    public S3AttachmentStore Store(Wire wire) => Store(options => options.Transport = () => wire);

    public void Dispose()
    {
        connections.ForEach(connection => connection.Dispose());
        Client.Dispose();
    }
}
