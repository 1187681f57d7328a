using System.Text;
using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>The bytes of received mail: the raw form out of the store, and the files in it into the store.</summary>
internal sealed class InboundFiles(HelpDeskDb db, IAttachmentStore store, UploadStaging staging, IOptions<HelpDeskOptions> options)
{
    private const int LargestInMemory = 1024 * 1024;

    /// <summary>Opens the raw mail so that it can be read more than once.</summary>
    /// <exception cref="StorageUnavailableException">The store does not answer, or does not have it: a folder that is not mounted looks like that, so it is tried again.</exception>
    public async Task<Stream> OpenAsync(InboundMail mail, CancellationToken cancellationToken)
    {
        var copy = Scratch(mail.Size);
        try
        {
            await using var raw = await ReadAsync(mail.StorageKey, cancellationToken) ?? throw new StorageUnavailableException(new IOException("The store does not have the raw mail: it is another one than before, or has lost it."));
            await CopyAsync(raw, copy, cancellationToken);
            if (copy.Length != mail.Size)
                throw new StorageUnavailableException(new IOException($"The store gave {copy.Length} bytes of {mail.Size}."));
            copy.Position = 0;
            return copy;
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stages the files of a mail, under the host's rules for files: what those refuse is left out, and said.</summary>
    public async Task<IReadOnlyList<StagedFile>> StageAsync(ParsedMail mail, long size, List<Guid> staged, List<string> remarks, CancellationToken cancellationToken)
    {
        var files = new List<StagedFile>();
        var rules = new StagingRules(options.Value.Inbound.MaximumSize, options.Value.Attachments, IsScanned: true);
        foreach (var file in mail.Files)
        {
            await using var content = Scratch(size);
            await file.WriteToAsync(content, cancellationToken);
            content.Position = 0;
            try
            {
                var upload = await staging.StageAsync(new StageUpload { Actor = InboundLedger.Self, FileName = file.Name, ContentType = file.ContentType, Content = content }, rules, cancellationToken);
                staged.Add(upload.Id);
                files.Add(new StagedFile(upload.Id, file.ContentId));
            }
            catch (Exception exception) when (exception is ValidationException or TooLargeException)
            {
                remarks.Add(exception.Message);
            }
        }

        return files;
    }

    /// <summary>The beginning of the raw bytes of a mail that cannot be read, as far as they are text; null where the store does not give them.</summary>
    public async Task<string?> ExcerptAsync(ClaimedMail claim, CancellationToken cancellationToken)
    {
        var key = await db.InboundMail.AsNoTracking().Where(mail => mail.Id == claim.Id).Select(mail => mail.StorageKey).FirstOrDefaultAsync(cancellationToken);
        if (key is null)
            return null;

        var buffer = new byte[InboundLedger.LongestExcerpt];
        try
        {
            await using var raw = await store.OpenAsync(key, 0, cancellationToken);
            var length = raw is null ? 0 : await raw.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return MailText.Clean(Encoding.UTF8.GetString(buffer, 0, length));
        }
        catch (Exception)
        {
            // The failure that led here is the one to tell of; a store has exceptions of its own.
            return null;
        }
    }

    /// <summary>A place for bytes that are read more than once: on the disk where they are many, for nobody else to read, and gone with the process.</summary>
    private static Stream Scratch(long size)
    {
        if (size <= LargestInMemory)
            return new MemoryStream();

        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = 64 * 1024,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var file = new FileStream(path, options);
        // There the name is all that is deleted; the bytes stay for as long as the file is open, and no longer, however the process ends.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    private async Task<Stream?> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await store.OpenAsync(key, 0, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException(exception);
        }
    }

    private static async Task CopyAsync(Stream raw, Stream copy, CancellationToken cancellationToken)
    {
        try
        {
            await raw.CopyToAsync(copy, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException(exception);
        }
    }
}

/// <summary>A file of a mail that waits in the store for the message.</summary>
internal sealed record StagedFile(Guid UploadId, string? ContentId);
