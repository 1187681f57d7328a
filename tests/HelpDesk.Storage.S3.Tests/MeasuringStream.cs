namespace HelpDesk.Storage.S3;

/// <summary>A file that nothing holds in memory, and how much memory there was while it was read.</summary>
internal sealed class MeasuringStream(long length) : Stream
{
    private long position;

    public long Peak { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Peak = Math.Max(Peak, Environment.WorkingSet);
        var count = (int)Math.Min(Math.Min(buffer.Length, 80 * 1024), length - position);
        buffer.Span[..count].Fill((byte)(position >> 16));
        position += count;
        return ValueTask.FromResult(count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
