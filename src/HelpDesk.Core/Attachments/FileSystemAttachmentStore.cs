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

    public async Task<StoredContent> PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        var file = FileOf(key);
        var folder = Path.GetDirectoryName(file)!;
        var isNew = CreateFolder(folder);
        var partial = file + Partial;
        try
        {
            long size;
            await using (var target = new FileStream(partial, ForWriting()))
            {
                await content.CopyToAsync(target, BufferSize, cancellationToken);
                target.Flush(flushToDisk: true);
                size = target.Length;
            }

            File.Move(partial, file, overwrite: false);
            FlushFolders(folder, isNew);
            return new StoredContent { Size = size };
        }
        catch
        {
            Delete(partial);
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
        Delete(FileOf(key));
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A prefix ends anywhere: the folder that it certainly lies in is listed, and compared.
        var folder = FileOf(prefix[..(prefix.LastIndexOf('/') + 1)] + "x");
        folder = Path.GetDirectoryName(folder)!;
        if (!Directory.Exists(folder))
            yield break;

        await Task.Yield();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = Path.GetRelativePath(root, file.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (key.StartsWith(prefix, StringComparison.Ordinal))
                yield return new StoredObject { Key = key, ModifiedAt = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) };
        }
    }

    /// <summary>Where a key lies: inside the folder, whatever the key is.</summary>
    private string FileOf(string key)
    {
        var isKey = key.Length is > 0 and <= 255
            && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '/' or '.')
            && key.Split('/').All(part => part.Length > 0 && part[0] != '.' && part[^1] != '.');
        if (!isKey)
            throw new ArgumentException($"'{key}' is no key of a file: use ASCII letters, digits, '-', '.' and '/', without empty or dotted parts.", nameof(key));
        return Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));
    }

    private static FileStreamOptions ForWriting()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        return options;
    }

    /// <returns>Whether it was not there before.</returns>
    private bool CreateFolder(string folder)
    {
        if (Directory.Exists(folder))
            return false;

        try
        {
            MakeFolder(folder);
            return true;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new IOException($"The folder '{root}' cannot hold attachments: {exception.Message} Set HelpDesk:Attachments:Path to one that this process may write to.", exception);
        }
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

    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (DirectoryNotFoundException)
        {
            // Then the file is not there either.
        }
    }

    /// <summary>The new name is in the folder, which has to reach the disk as the bytes had; and a new folder is a name in the one above it.</summary>
    private void FlushFolders(string folder, bool isNew)
    {
        FolderFlush.ToDisk(folder);
        while (isNew && folder.Length > root.Length && Path.GetDirectoryName(folder) is { } parent)
        {
            FolderFlush.ToDisk(parent);
            folder = parent;
        }
    }
}
