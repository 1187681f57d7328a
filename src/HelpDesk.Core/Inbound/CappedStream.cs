namespace HelpDesk.Inbound;

/// <summary>Keeps the first bytes that are written to it, and forgets the rest.</summary>
internal sealed class CappedStream(int most) : Stream
{
    private readonly MemoryStream kept = new();

    public bool IsFull { get; private set; }

    public ReadOnlySpan<byte> Written => kept.GetBuffer().AsSpan(0, (int)kept.Length);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => kept.Length;

    public override long Position
    {
        get => kept.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var room = most - (int)kept.Length;
        IsFull |= buffer.Length > room;
        kept.Write(buffer[..Math.Min(room, buffer.Length)]);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            kept.Dispose();
        base.Dispose(disposing);
    }
}
