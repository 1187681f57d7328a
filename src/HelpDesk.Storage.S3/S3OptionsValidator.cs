using System.Text.RegularExpressions;
using Amazon.Runtime;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.Storage.S3;

internal sealed partial class S3OptionsValidator(IServiceProviderIsService services) : IValidateOptions<S3Options>
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestLink = TimeSpan.FromHours(1);

    public ValidateOptionsResult Validate(string? name, S3Options options)
    {
        var errors = new List<string>();
        CheckBucket(options, errors);
        CheckService(options, errors);
        CheckEncryption(options, errors);
        if (options.HasAccessKey != options.HasSecretKey)
            errors.Add($"HelpDesk:S3:{(options.HasAccessKey ? "SecretKey is missing: it belongs to HelpDesk:S3:AccessKey" : "AccessKey is missing: it belongs to HelpDesk:S3:SecretKey")}.");
        if (options.LinkLifetime is { } lifetime && (lifetime < TimeSpan.FromSeconds(10) || lifetime > LongestLink))
            errors.Add("HelpDesk:S3:LinkLifetime must be 10 seconds to 1 hour, or not be set at all.");
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > LongestTimeout)
            errors.Add("HelpDesk:S3:Timeout must be 1 second to 5 minutes.");
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static void CheckBucket(S3Options options, List<string> errors)
    {
        if (string.IsNullOrWhiteSpace(options.BucketName))
            errors.Add("HelpDesk:S3:BucketName is missing: UseS3Attachments() needs the name of a bucket that is there.");
        else if ((options.BucketName.Contains('/', StringComparison.Ordinal) && !options.BucketName.StartsWith("arn:", StringComparison.Ordinal)) || options.BucketName.Any(char.IsWhiteSpace))
            errors.Add("HelpDesk:S3:BucketName is no name of a bucket: it is the name alone. The address of the service is HelpDesk:S3:ServiceUrl.");
        else if (options.BucketName.EndsWith("--x-s3", StringComparison.Ordinal))
            errors.Add("HelpDesk:S3:BucketName is a directory bucket, which has no ETags to check uploads by. Use a general purpose bucket.");
    }

    // An address may hold a password: it is never repeated in an error.
    private void CheckService(S3Options options, List<string> errors)
    {
        if (options.HasRegion && !RegionName().IsMatch(options.Region!))
            errors.Add("HelpDesk:S3:Region is no name of a region: use one as eu-central-1.");

        if (options.HasServiceUrl)
        {
            if (!Uri.TryCreate(options.ServiceUrl, UriKind.Absolute, out var url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
                errors.Add("HelpDesk:S3:ServiceUrl is no address: use one as https://s3.example.com or http://localhost:9000.");
            else if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
                errors.Add("HelpDesk:S3:ServiceUrl must have no user, query or fragment. Credentials are HelpDesk:S3:AccessKey and HelpDesk:S3:SecretKey.");
        }
        else if (!options.HasRegion && (options.HasConnection || !services.IsService(typeof(IAmazonS3))) && FallbackRegionFactory.GetRegionEndpoint() is null)
        {
            errors.Add("HelpDesk:S3:Region is missing: name the region of Amazon S3, as eu-central-1, or the address of another service as HelpDesk:S3:ServiceUrl.");
        }
    }

    private static void CheckEncryption(S3Options options, List<string> errors)
    {
        if (!string.IsNullOrWhiteSpace(options.ServerSideEncryption) && options.Encryption is null)
            errors.Add($"HelpDesk:S3:ServerSideEncryption '{options.ServerSideEncryption}' is not known. Use AES256 or aws:kms.");
        if (options.HasKmsKey && options.Encryption != ServerSideEncryptionMethod.AWSKMS)
            errors.Add("HelpDesk:S3:KmsKeyId is used with HelpDesk:S3:ServerSideEncryption aws:kms only.");
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]*$")]
    private static partial Regex RegionName();
}
