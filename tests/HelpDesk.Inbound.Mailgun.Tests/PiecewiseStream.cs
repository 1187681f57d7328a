namespace HelpDesk.Inbound.Mailgun;

/// <summary>Gives bytes in pieces, as a network does: the first of one size, the others of another.</summary>
internal sealed class PiecewiseStream(byte[] bytes, int first, int others = int.MaxValue) : ReadOnlyStream
{
    private int position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var size = position == 0 && first > 0 ? first : others;
        var count = Math.Min(Math.Min(buffer.Length, size), bytes.Length - position);
        bytes.AsMemory(position, count).CopyTo(buffer);
        position += count;
        return ValueTask.FromResult(count);
    }
}

/// <summary>Gives bytes, and then fails.</summary>
internal sealed class FailingStream(byte[] bytes, Exception failure) : ReadOnlyStream
{
    private bool isRead;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (isRead)
            throw failure;
        isRead = true;
        bytes.CopyTo(buffer);
        return ValueTask.FromResult(bytes.Length);
    }
}

internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
