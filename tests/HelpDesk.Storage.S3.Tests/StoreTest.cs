using HelpDesk.Attachments;
using HelpDesk.Specification.Attachments;

namespace HelpDesk.Storage.S3;

/// <summary>A test with a bucket of its own.</summary>
public abstract class StoreTest : IAsyncLifetime
{
    private Bucket? bucket;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    internal Bucket Bucket => bucket!;

    public async ValueTask InitializeAsync() => bucket = await Bucket.CreateAsync(Token);

    public ValueTask DisposeAsync()
    {
        bucket?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected static string NewKey() => $"attachments/1/2026/11/{Guid.NewGuid():N}";

    protected static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        new Random(size).NextBytes(bytes);
        return bytes;
    }

    protected static TrickleStream Content(int size) => new(Bytes(size)) { Step = 100_000 };

    protected static async Task<byte[]?> ReadAsync(IAttachmentStore store, string key)
    {
        await using var stream = await store.OpenAsync(key, 0, Token);
        if (stream is null)
            return null;

        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }

    protected static async Task<IReadOnlyList<StoredObject>> ListAsync(IAttachmentStore store) => await store.ListAsync("attachments/", Token).ToListAsync(Token);

    // An assertion that prints megabytes helps nobody.
    protected static void Same(byte[] expected, byte[]? actual) => Assert.True(expected.AsSpan().SequenceEqual(actual), $"{actual?.Length} bytes, other than the {expected.Length} expected.");
}
