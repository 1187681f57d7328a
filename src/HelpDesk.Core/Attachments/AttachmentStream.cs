namespace HelpDesk.Attachments;

/// <summary>A stored file that can be read from any position. Nothing is opened before the first read, so that whoever wants the end of a file does not fetch its beginning.</summary>
internal sealed class AttachmentStream(IAttachmentStore store, string storageKey, long size, Action<Exception?> failed) : Stream
{
    private Stream? opened;
    private long position;
    private bool isDisposed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => size;

    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            if (value == position)
                return;
            position = value;
            Close(ref opened);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (position >= size || buffer.Length == 0)
            return 0;

        try
        {
            opened ??= await store.OpenAsync(storageKey, position, cancellationToken) ?? throw new NotFoundException();
            var read = await opened.ReadAsync(buffer[..(int)Math.Min(buffer.Length, size - position)], cancellationToken);
            if (read == 0)
                throw new EndOfStreamException($"The object has {position} bytes of {size}.");
            position += read;
            return read;
        }
        catch (NotFoundException)
        {
            failed(null);
            throw;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            failed(exception);
            Close(ref opened);
            throw new StorageUnavailableException(exception);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A stored file is read asynchronously.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        SeekOrigin.End => size + offset,
        _ => throw new ArgumentOutOfRangeException(nameof(origin)),
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        isDisposed = true;
        if (opened is not null)
            await opened.DisposeAsync();
        opened = null;
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        isDisposed = true;
        if (disposing)
            Close(ref opened);
        base.Dispose(disposing);
    }

    private static void Close(ref Stream? stream)
    {
        stream?.Dispose();
        stream = null;
    }
}
