using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;
using HelpDesk.Attachments;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Storage.S3;

/// <summary>Keeps files in a bucket: small ones by one request, others in parts, of which one at a time is in memory.</summary>
/// <remarks>
/// Every body is signed with its SHA-256 and carries its MD5, so that the service refuses what has changed on the way; and where its answer has a checksum, that is compared.
/// </remarks>
internal sealed class S3AttachmentStore(S3Connection connection, IOptions<S3Options> options, ILogger<S3AttachmentStore> logger) : IAttachmentStore
{
    // What a bucket that somebody has opened by mistake would serve: nothing that a browser shows.
    internal const string StoredType = "application/octet-stream";

    // What cleans up must not be stopped by what made the upload fail, nor go on for ever.
    private static readonly TimeSpan CleaningTimeout = TimeSpan.FromSeconds(10);

    private readonly IAmazonS3 s3 = connection.Client;
    private readonly S3Options settings = options.Value;
    private readonly string bucket = options.Value.BucketName!;

    public async Task<StoredContent> PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var part = new PartBuffer();
        await part.FillAsync(content, cancellationToken);
        var size = part.IsFull ? await PutPartsAsync(key, part, content, cancellationToken) : await PutWholeAsync(key, part, cancellationToken);
        part.Release();
        return new StoredContent { Size = size };
    }

    public async Task<Stream?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest { BucketName = bucket, Key = key };
        if (offset > 0)
            request.ByteRange = new ByteRange($"bytes={offset}-");
        try
        {
            var response = await s3.GetObjectAsync(request, cancellationToken);
            if (offset == 0 || response.HttpStatusCode == HttpStatusCode.PartialContent)
                return new DownloadStream(response, settings.Timeout);

            response.Dispose();
            throw new IOException("The service does not heed where to begin.");
        }
        catch (AmazonS3Exception exception) when (exception.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // There is nothing behind the last byte.
            return Stream.Null;
        }
        catch (AmazonS3Exception exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    public async Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (UnfinishedUpload.Parse(key) is { } upload)
            await AbortAsync(upload, cancellationToken);
        else
            await s3.DeleteObjectAsync(bucket, key, cancellationToken);
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Collections without elements are null here.
        var objects = new ListObjectsV2Request { BucketName = bucket, Prefix = prefix, MaxKeys = settings.PageSize };
        await foreach (var page in s3.Paginators.ListObjectsV2(objects).Responses.WithCancellation(cancellationToken))
        {
            foreach (var stored in page.S3Objects ?? [])
                yield return new StoredObject { Key = stored.Key, ModifiedAt = Time(stored.LastModified) };
        }

        var uploads = new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix, MaxUploads = settings.PageSize };
        await foreach (var page in s3.Paginators.ListMultipartUploads(uploads).Responses.WithCancellation(cancellationToken))
        {
            foreach (var upload in page.MultipartUploads ?? [])
                yield return new StoredObject { Key = new UnfinishedUpload(upload.Key, upload.UploadId).ToString(), ModifiedAt = Time(upload.Initiated) };
        }
    }

    public async ValueTask<Uri?> GetLinkAsync(AttachmentLink link, CancellationToken cancellationToken)
    {
        if (settings.LinkLifetime is not { } lifetime)
            return null;

        var address = await s3.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = link.Key,
            Verb = HttpVerb.GET,
            Protocol = connection.IsPlain ? Protocol.HTTP : Protocol.HTTPS,
            // The world's clock, whatever the host's says: the service goes by it, and the SDK signs with it.
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime + lifetime,
            ResponseHeaderOverrides = new ResponseHeaderOverrides { ContentDisposition = link.ContentDisposition, ContentType = link.ContentType, CacheControl = "no-store" },
        });
        return new Uri(address);
    }

    private async Task<long> PutWholeAsync(string key, PartBuffer part, CancellationToken cancellationToken)
    {
        var md5 = part.Md5();
        await using var body = part.OpenRead();
        var request = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = body,
            ContentType = StoredType,
            MD5Digest = Convert.ToBase64String(md5),
            UseChunkEncoding = false,
            ServerSideEncryptionMethod = settings.Encryption,
            ServerSideEncryptionKeyManagementServiceKeyId = settings.HasKmsKey ? settings.KmsKeyId : null,
        };
        var response = await s3.PutObjectAsync(request, cancellationToken);
        await CheckAsync(key, () => ETag.Check(response.ETag, response.ServerSideEncryptionMethod, md5));
        return part.Count;
    }

    private async Task<long> PutPartsAsync(string key, PartBuffer part, Stream content, CancellationToken cancellationToken)
    {
        var begun = await s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                ContentType = StoredType,
                ServerSideEncryptionMethod = settings.Encryption,
                ServerSideEncryptionKeyManagementServiceKeyId = settings.HasKmsKey ? settings.KmsKeyId : null,
            },
            cancellationToken);
        var upload = new UnfinishedUpload(key, begun.UploadId);
        try
        {
            var (size, tags, checksums) = (0L, new List<PartETag>(), new List<byte[]>());
            do
            {
                checksums.Add(part.Md5());
                tags.Add(new PartETag(tags.Count + 1, await PutPartAsync(upload, tags.Count + 1, part, checksums[^1], cancellationToken)));
                size += part.Count;
                await part.FillAsync(content, cancellationToken);
            }
            while (part.Count > 0);

            await CompleteAsync(upload, tags, cancellationToken);
            var stored = await s3.GetObjectMetadataAsync(bucket, key, cancellationToken);
            await CheckAsync(key, () =>
            {
                if (stored.ContentLength != size)
                    throw new OtherBytesException($"The service has stored {stored.ContentLength} bytes of {size}.");
                ETag.Check(stored.ETag, stored.ServerSideEncryptionMethod, checksums);
            });
            return size;
        }
        catch
        {
            await CleanAsync(token => AbortAsync(upload, token));
            // Where it was completed, and only what came after has failed, there is nothing to abort.
            await CleanAsync(token => s3.DeleteObjectAsync(bucket, key, token));
            throw;
        }
    }

    private async Task<string> PutPartAsync(UnfinishedUpload upload, int number, PartBuffer part, byte[] md5, CancellationToken cancellationToken)
    {
        await using var body = part.OpenRead();
        var response = await s3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = upload.Key,
                UploadId = upload.UploadId,
                PartNumber = number,
                PartSize = part.Count,
                InputStream = body,
                MD5Digest = Convert.ToBase64String(md5),
                UseChunkEncoding = false,
            },
            cancellationToken);
        ETag.Check(response.ETag, response.ServerSideEncryptionMethod, md5);
        return response.ETag;
    }

    private async Task CompleteAsync(UnfinishedUpload upload, List<PartETag> parts, CancellationToken cancellationToken)
    {
        try
        {
            await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = bucket, Key = upload.Key, UploadId = upload.UploadId, PartETags = parts }, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (IsAborted(exception))
        {
            // The client asks again when an answer is lost, and an upload ends but once. What is there now decides.
        }
    }

    private async Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken)
    {
        try
        {
            await s3.AbortMultipartUploadAsync(bucket, upload.Key, upload.UploadId, cancellationToken);
        }
        catch (AmazonS3Exception exception) when (IsAborted(exception))
        {
            // Then it has ended already.
        }
    }

    private async Task CheckAsync(string key, Action check)
    {
        try
        {
            check();
        }
        catch (OtherBytesException)
        {
            await CleanAsync(token => s3.DeleteObjectAsync(bucket, key, token));
            throw;
        }
    }

    private async Task CleanAsync(Func<CancellationToken, Task> clean)
    {
        using var timeout = new CancellationTokenSource(CleaningTimeout);
        try
        {
            await clean(timeout.Token);
        }
        catch (Exception exception)
        {
            // The upload's own failure is what the caller must see.
            Log.NotCleaned(logger, exception);
        }
    }

    private static bool IsMissing(AmazonS3Exception exception) => exception.StatusCode == HttpStatusCode.NotFound && exception.ErrorCode != "NoSuchBucket";

    private static bool IsAborted(AmazonS3Exception exception) => exception.ErrorCode == "NoSuchUpload";

    private static DateTimeOffset Time(DateTime? time) => new(time!.Value.ToUniversalTime());
}
