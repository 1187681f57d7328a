namespace HelpDesk.Specification.Attachments;

/// <summary>A stream as a network gives it: read once, asynchronously, in pieces of any size, of unknown length, and with whatever may happen to it.</summary>
public sealed class TrickleStream(ReadOnlyMemory<byte> bytes) : Stream
{
    private int position;

    /// <summary>The most that one read gives.</summary>
    public int Step { get; init; } = 30_011;

    /// <summary>Thrown where the end should be.</summary>
    public Exception? AtEnd { get; init; }

    /// <summary>Called once where the end is.</summary>
    public Action? AtEndDo { get; set; }

    /// <summary>Called before each read with what was read so far.</summary>
    public Action<int>? BeforeRead { get; init; }

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
        BeforeRead?.Invoke(position);
        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(Math.Min(Step, buffer.Length), bytes.Length - position);
        if (count == 0 && buffer.Length > 0 && AtEnd is not null)
            throw AtEnd;
        if (count == 0)
        {
            AtEndDo?.Invoke();
            AtEndDo = null;
        }

        bytes.Span.Slice(position, count).CopyTo(buffer.Span);
        position += count;
        return ValueTask.FromResult(count);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous reading only.");

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
