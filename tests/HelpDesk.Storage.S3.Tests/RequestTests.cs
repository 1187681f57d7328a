using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using HelpDesk.Specification.Attachments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HelpDesk.Storage.S3;

/// <summary>What is asked of services that no test can have: Amazon's, and those with encryption, which Ceph's refuses without TLS.</summary>
public sealed class RequestTests
{
    private const int Large = 6 * 1024 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("AES256", null, "AES256")]
    [InlineData("aws:kms", null, "aws:kms")]
    [InlineData("AWS:KMS", "alias/helpdesk", "aws:kms")]
    public async Task Encryption_is_asked_for_where_it_is_set(string? setting, string? key, string? expected)
    {
        foreach (var size in new[] { 100, Large })
        {
            var sent = await PutAsync(options => (options.ServerSideEncryption, options.KmsKeyId) = (setting, key), size);

            Assert.Equal((size == 100 ? HttpMethod.Put : HttpMethod.Post, expected), (sent.Method, sent.Headers.GetValueOrDefault("x-amz-server-side-encryption")));
            Assert.Equal(key, sent.Headers.GetValueOrDefault("x-amz-server-side-encryption-aws-kms-key-id"));
        }
    }

    [Theory]
    [InlineData(null, "eu-central-1", null, "https://bucket.s3.eu-central-1.amazonaws.com/attachments/x", "eu-central-1")]
    [InlineData(null, "eu-central-1", true, "https://s3.eu-central-1.amazonaws.com/bucket/attachments/x", "eu-central-1")]
    [InlineData("http://localhost:9000", null, null, "http://localhost:9000/bucket/attachments/x", "us-east-1")]
    [InlineData("https://s3.example.com/", "nl-ams", null, "https://s3.example.com/bucket/attachments/x", "nl-ams")]
    [InlineData("https://s3.example.com", null, false, "https://bucket.s3.example.com/attachments/x", "us-east-1")]
    [InlineData("https://example.com/storage/v1/s3", null, null, "https://example.com/storage/v1/s3/bucket/attachments/x", "us-east-1")]
    public async Task A_request_goes_to_the_bucket_and_is_signed_for_its_region(string? url, string? region, bool? pathStyle, string address, string signedFor)
    {
        var sent = await PutAsync(options => (options.ServiceUrl, options.Region, options.ForcePathStyle) = (url, region, pathStyle));

        Assert.Equal(address, sent.Address.GetLeftPart(UriPartial.Path));
        Assert.Contains($"Credential=key/{TimeProvider.System.GetUtcNow().ToString("yyyyMMdd", CultureInfo.InvariantCulture)}/{signedFor}/s3/", sent.Headers["authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sdk_finds_credentials_where_none_are_set()
    {
        var sent = await PutAsync(options => (options.AccessKey, options.SecretKey) = (null, null));

        Assert.Contains($"Credential={Surroundings.AccessKey}/", sent.Headers["authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:9000")]
    [InlineData("https://s3.example.com")]
    [InlineData(null)]
    public async Task A_body_is_sent_plainly_with_its_checksums_before_it(string? url)
    {
        var sent = await PutAsync(options => options.ServiceUrl = url);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(new byte[100])), sent.Headers["x-amz-content-sha256"]);
        Assert.Equal(Convert.ToBase64String(Md5.Of(new byte[100])), sent.Headers["content-md5"]);
        Assert.Equal("100", sent.Headers["content-length"]);
        Assert.Equal("application/octet-stream", sent.Headers["content-type"]);
        Assert.Equal(url is null, sent.Headers.ContainsKey("x-amz-checksum-crc32"));
        Assert.DoesNotContain("x-amz-trailer", sent.Headers.Keys);
        Assert.DoesNotContain("aws-chunked", sent.Headers.GetValueOrDefault("content-encoding", ""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("AES256", true)]
    [InlineData("aws:kms", false)]
    public async Task A_tag_is_a_checksum_except_under_a_key_of_kms(string? encryption, bool counts)
    {
        var wire = new Wire { Answer = (_, _, _) => Task.FromResult(Ok(encryption)) };
        using var connection = Connect(wire, _ => { }, out var store);

        var put = store.PutAsync("attachments/x", new TrickleStream(new byte[100]), Token);

        if (counts)
            await Assert.ThrowsAsync<OtherBytesException>(() => put);
        else
            Assert.Equal(100, (await put).Size);
    }

    private static HttpResponseMessage Ok(string? encryption)
    {
        var answer = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        answer.Headers.ETag = new($"\"{new string('a', 32)}\"");
        if (encryption is not null)
            answer.Headers.Add("x-amz-server-side-encryption", encryption);
        return answer;
    }

    /// <summary>The first request of an upload; the service refuses it.</summary>
    private static async Task<Wire.Sent> PutAsync(Action<S3Options> configure, int size = 100)
    {
        var wire = new Wire { Answer = (_, _, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = new ByteArrayContent([]) }) };
        using var connection = Connect(wire, configure, out var store);

        await Assert.ThrowsAsync<AmazonS3Exception>(() => store.PutAsync("attachments/x", new TrickleStream(new byte[size]) { Step = 1_000_000 }, Token));

        return wire.Requests[0];
    }

    private static S3Connection Connect(Wire wire, Action<S3Options> configure, out S3AttachmentStore store)
    {
        var options = new S3Options { Region = "eu-central-1", BucketName = "bucket", AccessKey = "key", SecretKey = "secret", Transport = () => wire };
        configure(options);
        var connection = new S3Connection(Options.Create(options), new ServiceCollection().BuildServiceProvider());
        store = new S3AttachmentStore(connection, Options.Create(options), NullLogger<S3AttachmentStore>.Instance);
        return connection;
    }
}
