using System.Runtime.InteropServices;
using System.Text;

namespace HelpDesk.Attachments;

/// <summary>Brings the name of a file or folder to the disk. On Unix that is a matter of the folder that it is in, for which .NET has no call: it opens no folders.</summary>
internal static class DiskFlush
{
    private const int ReadOnly = 0;
    private const int Interrupted = 4;

    // EINVAL, ENOSYS, ENOTSUP and EOPNOTSUPP of Linux and macOS: some file systems, mostly remote ones, know no such thing.
    private static readonly int[] NotKnown = [22, 38, 45, 78, 95, 102];

    /// <exception cref="IOException">The disk has failed.</exception>
    public static void OfName(string path)
    {
        if (OperatingSystem.IsWindows())
            OnWindows(path);
        else
            OnUnix(Path.GetDirectoryName(path)!);
    }

    // NTFS writes the name with the file's own record.
    private static void OnWindows(string path)
    {
        if (!File.Exists(path))
            return;
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    private static void OnUnix(string folder)
    {
        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle < 0)
            throw Failure(folder);
        try
        {
            while (Flush(handle) != 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (Array.IndexOf(NotKnown, error) >= 0)
                    return;
                if (error != Interrupted)
                    throw Failure(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static IOException Failure(string folder) => new($"The folder '{folder}' could not be brought to the disk: {Marshal.GetLastPInvokeErrorMessage()}");

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
