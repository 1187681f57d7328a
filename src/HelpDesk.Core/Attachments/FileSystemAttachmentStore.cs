using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk.Attachments;

/// <summary>Keeps files in a folder: written beside their place, brought to the disk, then renamed, which is all or nothing.</summary>
internal sealed class FileSystemAttachmentStore(IOptions<HelpDeskOptions> options, IHostEnvironment? host = null) : IAttachmentStore
{
    private const string Partial = ".partial";
    private const int BufferSize = 80 * 1024;

    private readonly string root = Path.GetFullPath(options.Value.Attachments.Path, host?.ContentRootPath ?? AppContext.BaseDirectory);

    // The folders of which this process knows that their names are on the disk: another one may have made them a moment ago.
    private readonly ConcurrentDictionary<string, bool> flushed = new();

    public async Task<StoredContent> PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var file = FileOf(key);
        var folder = Path.GetDirectoryName(file)!;
        var partial = file + Partial;
        try
        {
            PrepareFolder(folder);
            var size = await WriteAsync(partial, content, cancellationToken);
            File.Move(partial, file, overwrite: false);
            DiskFlush.OfName(file);
            return new StoredContent { Size = size };
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"The folder '{root}' cannot hold attachments: {exception.Message} Set HelpDesk:Attachments:Path to one that this process may write to.", exception);
        }
        catch
        {
            TryDelete(partial);
            throw;
        }
    }

    public Task<Stream?> OpenAsync(string key, long offset, CancellationToken cancellationToken)
    {
        try
        {
            var stream = new FileStream(FileOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan);
            stream.Position = offset;
            return Task.FromResult<Stream?>(stream);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            File.Delete(FileOf(key));
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A prefix ends anywhere: the folder that it certainly lies in is listed, and compared.
        var folder = Path.GetDirectoryName(FileOf(prefix[..(prefix.LastIndexOf('/') + 1)] + "x"))!;
        if (!Directory.Exists(folder))
            yield break;

        await Task.Yield();
        // Links are not followed: behind one lies what has another key, or is none of ours at all.
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            // What others leave in a folder (of NFS, of a desktop) is none of ours.
            if (key.StartsWith(prefix, StringComparison.Ordinal) && IsKey(key))
                yield return new StoredObject { Key = key, ModifiedAt = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) };
        }
    }

    private static bool IsKey(string key) => key.Length is > 0 and <= 255
        && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/' or '.')
        && key.Split('/').All(part => part.Length > 0 && part[0] != '.' && part[^1] != '.');

    private static async Task<long> WriteAsync(string file, Stream content, CancellationToken cancellationToken)
    {
        var writing = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            writing.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        await using var target = new FileStream(file, writing);
        await content.CopyToAsync(target, BufferSize, cancellationToken);
        target.Flush(flushToDisk: true);
        return target.Length;
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The failure that led here is the one to report; the sweep finds what is left.
        }
    }

    /// <summary>Where a key lies: inside the folder, whatever the key is.</summary>
    private string FileOf(string key) => IsKey(key)
        ? Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar))
        : throw new ArgumentException($"'{key}' is no key of a file: use ASCII letters, digits, '-', '.' and '/', without empty or dotted parts.", nameof(key));

    /// <summary>Makes sure that the folder is there, and is on the disk: a new folder is a name in the one above it.</summary>
    private void PrepareFolder(string folder)
    {
        if (flushed.ContainsKey(folder) && Directory.Exists(folder))
            return;

        try
        {
            MakeFolder(folder);
        }
        catch (IOException exception)
        {
            throw new UnauthorizedAccessException(exception.Message, exception);
        }

        for (var made = folder; made.Length >= root.Length && Path.GetDirectoryName(made) is not null; made = Path.GetDirectoryName(made)!)
            DiskFlush.OfName(made);
        flushed[folder] = true;
    }

    /// <summary>Each folder from the root on is closed to others; .NET would close the last one only.</summary>
    private void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        if (folder.Length > root.Length && Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent))
            MakeFolder(parent);
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
    }
}
