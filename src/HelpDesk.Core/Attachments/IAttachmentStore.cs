namespace HelpDesk.Attachments;

/// <summary>Keeps the bytes of files. What belongs to them (name, type, message) is in the database.</summary>
/// <remarks>
/// Replace it with <c>UseAttachmentStore&lt;T&gt;()</c>; the default keeps them in a folder. The library calls it outside every transaction, from several threads at
/// once, and repeats deletions after a crash. A key is <c>attachments/…</c>, of ASCII letters, digits, <c>-</c>, <c>/</c> and <c>.</c>, at most 128 characters, holds
/// no text of a user and is never written twice. Any exception counts as "not available": a command then fails, and what may be left of it is swept.
/// </remarks>
public interface IAttachmentStore
{
    /// <summary>Stores a file whole, or not at all: until it returns, nobody may find the object.</summary>
    /// <param name="key">The key.</param>
    /// <param name="content">The bytes, to be read once from where it stands to its end. Their number is not known before. What it throws must be let through.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What is stored now, as the store knows it: the library compares it with what it has read.</returns>
    Task<StoredContent> PutAsync(string key, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a file for reading.</summary>
    /// <param name="key">The key.</param>
    /// <param name="offset">The first byte to read; 0 to the size of the file.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The bytes from there to the end; null where there is no such object.</returns>
    Task<Stream?> OpenAsync(string key, long offset, CancellationToken cancellationToken);

    /// <summary>Deletes a file, under a key that it was stored under or that <see cref="ListAsync"/> gave. Nothing to delete is no error.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Lists everything whose key begins with a prefix, in any order: also what uploads have left that never ended, under whatever keys <see cref="DeleteAsync"/> takes.</summary>
    IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Makes a link by which a browser can fetch the file from the store itself. Null, as by default, where files go through the host.</summary>
    ValueTask<Uri?> GetLinkAsync(AttachmentLink link, CancellationToken cancellationToken) => ValueTask.FromResult<Uri?>(null);
}

/// <summary>What a store has stored.</summary>
public sealed record StoredContent
{
    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 in hexadecimal, where the store has computed it from what it has; null where it checks by other means.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>An object that a store holds.</summary>
public sealed record StoredObject
{
    /// <summary>Its key.</summary>
    public required string Key { get; init; }

    /// <summary>When it was written, or begun.</summary>
    public required DateTimeOffset ModifiedAt { get; init; }
}

/// <summary>A link that a store is asked for.</summary>
public sealed record AttachmentLink
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The value of <c>Content-Disposition</c> with which the store must serve it: always an attachment.</summary>
    public required string ContentDisposition { get; init; }

    /// <summary>The media type with which the store must serve it: one that no browser runs.</summary>
    public required string ContentType { get; init; }
}
