using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk.AspNetCore.Attachments;

/// <summary>Says at start where attachments would be kept in the folder that the host serves to everybody.</summary>
internal sealed class AttachmentPathValidator(IWebHostEnvironment? host = null) : IValidateOptions<HelpDeskOptions>
{
    private static readonly StringComparison Names = OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    public ValidateOptionsResult Validate(string? name, HelpDeskOptions options)
    {
        var path = options.Attachments.Path;
        // What is no path at all, the library's own check says.
        if (host is null || string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
            return ValidateOptionsResult.Success;

        var folder = Folder(path, host.ContentRootPath);
        // A host without a web root has one from its next start on, once the first upload has made the folder.
        var webRoot = string.IsNullOrEmpty(host.WebRootPath) ? Path.Combine(host.ContentRootPath, "wwwroot") : host.WebRootPath;
        return folder.StartsWith(Folder(webRoot, host.ContentRootPath), Names)
            ? ValidateOptionsResult.Fail($"HelpDesk:Attachments:Path '{path}' lies in the web root '{webRoot}', where anybody could fetch the files. Use a folder that nothing serves.")
            : ValidateOptionsResult.Success;
    }

    // With a separator at the end, so that wwwroot is not the beginning of wwwroot-files.
    private static string Folder(string path, string root) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, root)) + Path.DirectorySeparatorChar;
}
