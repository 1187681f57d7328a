using HelpDesk.Attachments;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A store in memory that a test can take away.</summary>
internal sealed class TestStore : IAttachmentStore
{
    private readonly Dictionary<string, byte[]> objects = [];

    public bool IsAway { get; set; }

    public int BreaksAfter { get; set; } = int.MaxValue;

    public Uri? Link { get; init; }

    public AttachmentLink? Asked { get; private set; }

    public void Clear() => objects.Clear();

    public async Task<StoredContent> PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        Require();
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellationToken);
        objects[key] = bytes.ToArray();
        return new StoredContent { Size = bytes.Length };
    }

    public Task<Stream?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        Require();
        return Task.FromResult<Stream?>(objects.TryGetValue(key, out var bytes) ? new MemoryStream(bytes, (int)offset, Math.Min(bytes.Length, BreaksAfter) - (int)offset) : null);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        Require();
        objects.Remove(key);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken) => AsyncEnumerable.Empty<StoredObject>();

    public ValueTask<Uri?> GetLinkAsync(AttachmentLink link, CancellationToken cancellationToken)
    {
        Require();
        Asked = link;
        return ValueTask.FromResult(Link);
    }

    private void Require()
    {
        if (IsAway)
            throw new HttpRequestException("The store is away.");
    }
}
