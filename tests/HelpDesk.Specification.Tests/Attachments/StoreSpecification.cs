using System.Buffers.Binary;
using System.Security.Cryptography;
using HelpDesk.Attachments;

namespace HelpDesk.Specification.Attachments;

/// <summary>What every store of files must do.</summary>
public abstract class StoreSpecification : IAsyncLifetime
{
    private IAttachmentStore? store;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected IAttachmentStore Store => store!;

    /// <summary>The sizes at which a store does things differently: none, one, its buffers and parts, and just beside them.</summary>
    public static TheoryData<int> Sizes => [0, 1, 80 * 1024, 1_000_000, (5 * 1024 * 1024) - 1, 5 * 1024 * 1024, (5 * 1024 * 1024) + 1, 17 * 1024 * 1024];

    public async ValueTask InitializeAsync() => store = await StartAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task What_was_stored_comes_back(int size)
    {
        var key = NewKey();
        var bytes = Bytes(size);

        var stored = await Store.PutAsync(key, new TrickleStream(bytes), Token);

        Assert.Equal(size, stored.Size);
        Assert.True(stored.Sha256 is null || stored.Sha256 == Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Same(bytes, await ReadAsync(key));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999_999)]
    [InlineData(70_000)]
    [InlineData(1_000_000)]
    public async Task It_is_read_from_any_byte_on(int offset)
    {
        var key = NewKey();
        var bytes = Bytes(1_000_000);
        await Store.PutAsync(key, new TrickleStream(bytes), Token);

        Same(bytes[offset..], await ReadAsync(key, offset));
    }

    [Fact]
    public async Task What_is_not_there_is_null()
    {
        Assert.Null(await Store.OpenAsync(NewKey(), 0, Token));
        Assert.Null(await Store.OpenAsync(NewKey(), 5, Token));
    }

    [Fact]
    public async Task What_was_deleted_is_not_there_and_deleting_it_again_is_no_error()
    {
        var key = NewKey();
        await Store.PutAsync(key, new TrickleStream(Bytes(100)), Token);

        await Store.DeleteAsync(key, Token);
        await Store.DeleteAsync(key, Token);

        Assert.Null(await Store.OpenAsync(key, 0, Token));
        await Store.DeleteAsync(NewKey(), Token);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(11 * 1024 * 1024)]
    public async Task What_breaks_off_leaves_nothing_and_its_exception_comes_through(int after)
    {
        var key = NewKey();
        var broken = new TrickleStream(Bytes(after)) { AtEnd = new InvalidDataException("The browser has gone.") };

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => Store.PutAsync(key, broken, Token));

        Assert.Equal("The browser has gone.", exception.Message);
        Assert.Null(await Store.OpenAsync(key, 0, Token));
        Assert.Empty(await ListAsync(key));
    }

    [Fact]
    public async Task What_is_cancelled_leaves_nothing()
    {
        var key = NewKey();
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var content = new TrickleStream(Bytes(12 * 1024 * 1024)) { BeforeRead = read => { if (read > 7 * 1024 * 1024) cancelled.Cancel(); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.PutAsync(key, content, cancelled.Token));

        Assert.Null(await Store.OpenAsync(key, 0, Token));
        Assert.Empty(await ListAsync(key));
    }

    [Fact]
    public async Task Nobody_finds_it_before_it_is_whole()
    {
        var key = NewKey();
        var early = new List<Stream?>();
        var content = new TrickleStream(Bytes(12 * 1024 * 1024)) { BeforeRead = _ => early.Add(Store.OpenAsync(key, 0, Token).GetAwaiter().GetResult()), Step = 4 * 1024 * 1024 };

        await Store.PutAsync(key, content, Token);

        Assert.True(early.Count >= 3);
        Assert.All(early, Assert.Null);
    }

    [Fact]
    public async Task A_list_has_what_begins_with_the_prefix_and_when_it_was_written()
    {
        var folder = $"attachments/{Guid.NewGuid():N}";
        string[] keys = [$"{folder}/2026/01/a", $"{folder}/2026/02/b", $"{folder}/2027/01/c", $"{folder}x/2026/01/d"];
        foreach (var key in keys)
            await Store.PutAsync(key, new TrickleStream(Bytes(10)), Token);

        var listed = await ListAsync($"{folder}/");

        Assert.Equal(keys[..3], listed.Select(stored => stored.Key).Order(StringComparer.Ordinal));
        Assert.All(listed, stored => Assert.InRange(stored.ModifiedAt, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5)));
        Assert.Equal(keys[0], Assert.Single(await ListAsync($"{folder}/2026/01/")).Key);
        Assert.Empty(await ListAsync($"{folder}/2028/"));
    }

    [Fact]
    public async Task Many_at_once_do_not_disturb_each_other()
    {
        var files = Enumerable.Range(0, 24).Select(number => (Key: NewKey(), Bytes: Bytes(number * 40_000))).ToList();

        await Task.WhenAll(files.Select(file => Store.PutAsync(file.Key, new TrickleStream(file.Bytes), Token)));

        foreach (var file in files)
            Same(file.Bytes, await ReadAsync(file.Key));
    }

    /// <summary>A store that the class has to itself, or whose other objects do not matter.</summary>
    protected abstract Task<IAttachmentStore> StartAsync();

    protected static string NewKey() => $"attachments/{Guid.NewGuid():N}/2026/11/{Guid.NewGuid():N}";

    /// <summary>Bytes of which no part is like another, so that a part in the wrong place is seen.</summary>
    protected static byte[] Bytes(int size)
    {
        var bytes = new byte[size];
        for (var i = 0; i + 4 <= size; i += 4)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(i), (i * 7919) ^ size);
        return bytes;
    }

    protected async Task<byte[]> ReadAsync(string key, long offset = 0)
    {
        await using var stream = await Store.OpenAsync(key, offset, Token) ?? throw new InvalidOperationException("There is no such object.");
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Token);
        return copy.ToArray();
    }

    // An assertion that prints megabytes helps nobody.
    protected static void Same(byte[] expected, byte[] actual) => Assert.True(expected.AsSpan().SequenceEqual(actual), $"{actual.Length} bytes, other than the {expected.Length} expected.");

    protected async Task<IReadOnlyList<StoredObject>> ListAsync(string prefix) => await Store.ListAsync(prefix, Token).ToListAsync(Token);
}
