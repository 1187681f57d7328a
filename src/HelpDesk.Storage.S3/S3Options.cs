using Amazon.S3;

namespace HelpDesk.Storage.S3;

/// <summary>The service, the bucket, and how files are kept there. Bound from <c>HelpDesk:S3</c>; validated at start.</summary>
/// <remarks>
/// A host that has registered an <see cref="IAmazonS3"/> of its own and sets none of <see cref="ServiceUrl"/>, <see cref="Region"/>, <see cref="AccessKey"/> and
/// <see cref="ForcePathStyle"/> lends us that client, with its retries and time-outs. Otherwise the library makes one of its own, which nobody else sees.
/// </remarks>
public sealed class S3Options
{
    /// <summary>Where the service is, as <c>https://s3.example.com</c> or <c>http://localhost:9000</c>.</summary>
    /// <value>Default: null, which is Amazon S3 in <see cref="Region"/>.</value>
    public string? ServiceUrl { get; set; }

    /// <summary>The region, as <c>eu-central-1</c>. With a <see cref="ServiceUrl"/> it is what requests are signed for; few services but Amazon's mind.</summary>
    /// <value>Default: null. On Amazon S3 that is what the environment, the profile or the machine says, as the AWS SDK finds it; with a <see cref="ServiceUrl"/>, <c>us-east-1</c>.</value>
    public string? Region { get; set; }

    /// <summary>The bucket. It must be there, and private. Required.</summary>
    /// <value>Default: null.</value>
    public string? BucketName { get; set; }

    /// <summary>The access key.</summary>
    /// <value>Default: null, and the AWS SDK looks for credentials itself: environment, profile, container, machine.</value>
    public string? AccessKey { get; set; }

    /// <summary>The secret of <see cref="AccessKey"/>.</summary>
    /// <value>Default: null.</value>
    public string? SecretKey { get; set; }

    /// <summary>Whether the bucket is in the path of an address (<c>https://s3.example.com/bucket</c>) and not in its name (<c>https://bucket.s3.example.com</c>), which needs DNS for each bucket.</summary>
    /// <value>Default: null, which is true with a <see cref="ServiceUrl"/> and false without.</value>
    public bool? ForcePathStyle { get; set; }

    /// <summary>How the service encrypts what it stores: <c>AES256</c> with keys of its own, or <c>aws:kms</c> with <see cref="KmsKeyId"/>.</summary>
    /// <value>Default: null, and the bucket's own setting holds: on Amazon S3, everything is encrypted as with <c>AES256</c>.</value>
    public string? ServerSideEncryption { get; set; }

    /// <summary>The key of <c>aws:kms</c>: an id, an ARN or an alias.</summary>
    /// <value>Default: null, which is the account's own key for S3.</value>
    public string? KmsKeyId { get; set; }

    /// <summary>For how long a link to the service itself is good, by which browsers then fetch files. Whoever has the link has the file until then.</summary>
    /// <value>Default: null, and files go through the host, which checks each request; otherwise 10 seconds to 1 hour.</value>
    public TimeSpan? LinkLifetime { get; set; }

    /// <summary>How long the service may take to answer one request, which carries at most 5 MiB of a file, and how long a download may stand still. A request is tried three times.</summary>
    /// <value>Default: 20 seconds; 1 second to 5 minutes. It does not hold for requests of a client that the host has lent, but for downloads.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>For tests: what the connections are made of.</summary>
    internal Func<HttpMessageHandler>? Transport { get; set; }

    /// <summary>For tests: how many objects a service names in one answer.</summary>
    internal int PageSize { get; set; } = 1000;

    /// <summary>Whether anything says which service it is, or who we are there.</summary>
    internal bool HasConnection => HasServiceUrl || HasRegion || HasAccessKey || HasSecretKey || ForcePathStyle is not null;

    internal bool HasServiceUrl => !string.IsNullOrWhiteSpace(ServiceUrl);

    internal bool HasRegion => !string.IsNullOrWhiteSpace(Region);

    internal bool HasAccessKey => !string.IsNullOrWhiteSpace(AccessKey);

    internal bool HasSecretKey => !string.IsNullOrWhiteSpace(SecretKey);

    internal bool HasKmsKey => !string.IsNullOrWhiteSpace(KmsKeyId);

    /// <summary>What to ask for; null where nothing is asked for, or something that is not known.</summary>
    internal ServerSideEncryptionMethod? Encryption => ServerSideEncryption?.Trim().ToUpperInvariant() switch
    {
        "AES256" => ServerSideEncryptionMethod.AES256,
        "AWS:KMS" => ServerSideEncryptionMethod.AWSKMS,
        _ => null,
    };
}
