namespace HelpDesk.Inbound.Mailgun.Forms;

/// <summary>Bytes that are written once and then read from anywhere: in memory while they are few, else in a file that is gone when this is disposed of.</summary>
internal sealed class Spool : IAsyncDisposable
{
    /// <summary>Up to here they stay in memory.</summary>
    public const int MemoryBytes = 128 * 1024;

    private const int FileBuffer = 64 * 1024;

    // Anybody can post: what is on the disk at once is bounded, whoever it is from.
    private const int MostFiles = 64;

    private static int files;

    private readonly MemoryStream memory = new();
    private FileStream? file;

    public long Length { get; private set; }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (file is null && memory.Length + bytes.Length > MemoryBytes)
        {
            if (Interlocked.Increment(ref files) > MostFiles)
            {
                Interlocked.Decrement(ref files);
                throw new IOException($"More than {MostFiles} large deliveries are under way at once.");
            }

            try
            {
                file = Create();
            }
            catch
            {
                Interlocked.Decrement(ref files);
                throw;
            }

            await file.WriteAsync(memory.GetBuffer().AsMemory(0, (int)memory.Length), cancellationToken);
            memory.SetLength(0);
            memory.Capacity = 0;
        }

        if (file is null)
            memory.Write(bytes.Span);
        else
            await file.WriteAsync(bytes, cancellationToken);
        Length += bytes.Length;
    }

    /// <summary>To be called when all is written, before anything is read.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken) => file?.FlushAsync(cancellationToken) ?? Task.CompletedTask;

    /// <returns>0 at the end.</returns>
    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (file is not null)
            return await RandomAccess.ReadAsync(file.SafeFileHandle, buffer, offset, cancellationToken);

        var count = (int)Math.Min(buffer.Length, Math.Max(0, memory.Length - offset));
        memory.GetBuffer().AsSpan((int)offset, count).CopyTo(buffer.Span);
        return count;
    }

    public Stream OpenRead(long offset, long length) => new SpoolStream(this, offset, length);

    public async Task<byte[]> ToArrayAsync(long offset, long length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await using var content = OpenRead(offset, length);
        await content.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        if (file is null)
            return;

        await file.DisposeAsync();
        file = null;
        Interlocked.Decrement(ref files);
    }

    private static FileStream Create()
    {
        // The folder that ASP.NET Core has for its own buffers.
        var folder = Environment.GetEnvironmentVariable("ASPNETCORE_TEMP");
        var path = Path.Combine(string.IsNullOrEmpty(folder) ? Path.GetTempPath() : folder, $"HelpDesk-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = FileBuffer,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (OperatingSystem.IsWindows())
            return new FileStream(path, options);

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        // An open file needs no name: a process that is killed leaves nobody's mail behind.
        File.Delete(path);
        return file;
    }
}
