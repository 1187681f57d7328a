using System.Runtime.InteropServices;
using System.Text;

namespace HelpDesk.Attachments;

/// <summary>Brings the names in a folder to the disk, for which .NET has no call: it opens no folders.</summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <exception cref="IOException">The disk has failed.</exception>
    public static void ToDisk(string folder)
    {
        // Windows does it with the rename.
        if (OperatingSystem.IsWindows())
            return;

        var handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle < 0)
            throw Failure(folder);
        try
        {
            // Some file systems, mostly remote ones, know no such thing (EINVAL).
            if (Flush(handle) != 0 && Marshal.GetLastPInvokeError() != 22)
                throw Failure(folder);
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
