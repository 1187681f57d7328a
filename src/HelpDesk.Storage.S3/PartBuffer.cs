using System.Buffers;

namespace HelpDesk.Storage.S3;

/// <summary>One part of a file in memory. It grows as far as the file does: many small files at once shall not cost a part each.</summary>
internal sealed class PartBuffer
{
    /// <summary>The least that S3 takes for a part which is not the last one; with its 10,000 parts a file can have 48 GiB.</summary>
    public const int Size = 5 * 1024 * 1024;

    private const int FirstSize = 64 * 1024;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    public int Count { get; private set; }

    /// <summary>Whether there may be more.</summary>
    public bool IsFull => Count == Size;

    /// <summary>Reads on until it is full or the content ends.</summary>
    public async Task FillAsync(Stream content, CancellationToken cancellationToken)
    {
        Count = 0;
        try
        {
            while (!IsFull)
            {
                if (Count == bytes.Length)
                    Grow();
                var read = await content.ReadAsync(bytes.AsMemory(Count, Math.Min(bytes.Length, Size) - Count), cancellationToken);
                if (read == 0)
                    return;
                Count += read;
            }
        }
        catch
        {
            // While it is filled, no request reads from it.
            Release();
            throw;
        }
    }

    public Stream OpenRead() => new MemoryStream(bytes, 0, Count, writable: false);

    public byte[] Md5() => S3.Md5.Of(bytes.AsSpan(0, Count));

    /// <summary>Gives the memory back. Not after a request that was given up: it may still read from here, and must not find somebody else's bytes.</summary>
    public void Release()
    {
        if (bytes.Length is > 0 and < Size)
            ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private void Grow()
    {
        // The pool would give 8 MiB for a part of 5.
        var larger = 4 * bytes.Length < Size ? ArrayPool<byte>.Shared.Rent(4 * bytes.Length) : GC.AllocateUninitializedArray<byte>(Size);
        bytes.CopyTo(larger, 0);
        Release();
        bytes = larger;
    }
}
