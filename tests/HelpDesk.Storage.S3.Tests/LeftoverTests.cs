using Amazon.S3.Model;

namespace HelpDesk.Storage.S3;

/// <summary>What a killed process leaves of an upload in parts: no object, but bytes that somebody pays for.</summary>
public sealed class LeftoverTests : StoreTest
{
    [Fact]
    public async Task They_are_listed_with_their_time_and_deleted_under_the_key_that_was_listed()
    {
        var store = Bucket.Store();
        var key = NewKey();
        await BeginAsync(key);
        var other = await BeginAsync(key);
        var elsewhere = await BeginAsync("elsewhere/x");

        var left = await ListAsync(store);
        Assert.Equal(2, left.Count);
        Assert.All(left, one => Assert.StartsWith($"{key}?uploadId=", one.Key, StringComparison.Ordinal));
        Assert.All(left, one => Assert.InRange(one.ModifiedAt, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5)));

        await store.DeleteAsync(left.Single(one => !one.Key.EndsWith(other, StringComparison.Ordinal)).Key, Token);
        Assert.Equal($"{key}?uploadId={other}", Assert.Single(await ListAsync(store)).Key);
        await store.DeleteAsync(left[0].Key, Token);
        await store.DeleteAsync(left[1].Key, Token);
        await store.DeleteAsync(left[1].Key, Token);

        Assert.Empty(await ListAsync(store));
        var uploads = await Bucket.Client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = Bucket.Name }, Token);
        Assert.Equal(elsewhere, Assert.Single(uploads.MultipartUploads).UploadId);
    }

    [Fact]
    public async Task An_object_beside_them_stays()
    {
        var store = Bucket.Store();
        var key = NewKey();
        await store.PutAsync(key, Content(1000), Token);
        var upload = await BeginAsync(key);

        await store.DeleteAsync($"{key}?uploadId={upload}", Token);

        Same(Bytes(1000), await ReadAsync(store, key));
        Assert.Equal(key, Assert.Single(await ListAsync(store)).Key);
    }

    [Fact]
    public async Task Lists_of_several_pages_are_complete()
    {
        var wire = new Wire();
        var store = Bucket.Store(options => (options.Transport, options.PageSize) = (() => wire, 3));
        var keys = Enumerable.Range(0, 10).Select(number => $"attachments/1/2026/11/{number:0000}").ToList();
        foreach (var key in keys)
        {
            await store.PutAsync(key, Content(10), Token);
            await BeginAsync(key);
        }

        var listed = await ListAsync(store);

        Assert.Equal(8, wire.Requests.Count(sent => sent.Method == HttpMethod.Get));
        Assert.Equal(2 * keys.Count, listed.Select(stored => stored.Key).Distinct().Count());
        Assert.Equal(keys, listed.Select(stored => stored.Key).Where(key => !key.Contains('?', StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private async Task<string> BeginAsync(string key)
    {
        var begun = await Bucket.Client.InitiateMultipartUploadAsync(Bucket.Name, key, Token);
        await Bucket.Client.UploadPartAsync(
            new UploadPartRequest { BucketName = Bucket.Name, Key = key, UploadId = begun.UploadId, PartNumber = 1, InputStream = new MemoryStream(Bytes(1000)), PartSize = 1000 }, Token);
        return begun.UploadId;
    }
}
