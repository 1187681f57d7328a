using System.Security.Cryptography;

namespace HelpDesk.Attachments;

/// <summary>Counts and hashes what a store reads of an upload, and ends it where it becomes too large or is not what its name says.</summary>
internal sealed class MeteredStream(Stream source, long limit, string fileName, AttachmentOptions types) : ReadThroughStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] head = new byte[FileTypes.HeadLength];
    private bool isChecked;

    public long Count { get; private set; }

    /// <summary>Why nothing more could be read: it lies with whoever uploads, not with the store.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether everything was read: a store that stops before the end has not stored the file.</summary>
    public bool IsAtEnd { get; private set; }

    public override long Position
    {
        get => Count;
        set => throw new NotSupportedException();
    }

    public string Sha256() => Convert.ToHexStringLower(hash.GetCurrentHash());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await source.ReadAsync(buffer, cancellationToken);
            Take(buffer.Span[..read], buffer.Length);
            return read;
        }
        catch (Exception exception)
        {
            Failure ??= exception;
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }

    private void Take(ReadOnlySpan<byte> bytes, int wanted)
    {
        if (bytes.Length == 0 && wanted == 0)
            return;

        IsAtEnd |= bytes.Length == 0;
        if (!isChecked)
            CheckType(bytes);
        Count += bytes.Length;
        if (Count > limit)
            throw new TooLargeException($"'{fileName}' is larger than a file may be: {Sizes.Text(limit)}.");
        hash.AppendData(bytes);
    }

    private void CheckType(ReadOnlySpan<byte> bytes)
    {
        bytes[..(int)Math.Min(bytes.Length, head.Length - Count)].CopyTo(head.AsSpan((int)Count));
        var known = (int)Math.Min(Count + bytes.Length, head.Length);
        isChecked = IsAtEnd || known == head.Length;
        if (isChecked && !FileTypes.Fits(types, fileName, head.AsMemory(0, known)))
            throw new ValidationException("attachments", $"'{fileName}' does not hold what its name says.");
    }
}
