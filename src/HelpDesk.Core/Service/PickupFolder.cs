using HelpDesk.Inbound;
using HelpDesk.Inbound.Pickup;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace HelpDesk.Service;

/// <summary>Receives the files of a folder. A file is deleted after its receipt; a process that dies in between, or another node, delivers it again under the same key.</summary>
internal sealed class PickupFolder(IInboundEmailProcessor processor, IOptions<HelpDeskOptions> options, ILogger<PickupFolder> logger, IHostEnvironment? host = null) : IPickupFolder
{
    private const int LongestHead = MailMeter.LongestHeader;
    private static readonly string[] RecipientHeaders = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];

    private readonly PickupFolderOptions pickup = options.Value.Inbound.Pickup;

    public async Task<int> CollectAsync(CancellationToken cancellationToken = default)
    {
        var folder = Path.GetFullPath(pickup.Path!, host?.ContentRootPath ?? AppContext.BaseDirectory);
        Directory.CreateDirectory(folder);
        var received = 0;
        // Oldest first, as they came.
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.eml").OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal))
        {
            // A link could lead to a file that is no mail, and what is empty may be a pipe, at which we would wait for ever.
            if (file is { LinkTarget: null, Length: > 0 } && await ReceiveAsync(file, cancellationToken))
                received++;
        }

        return received;
    }

    private async Task<bool> ReceiveAsync(FileInfo file, CancellationToken cancellationToken)
    {
        string? refusal;
        try
        {
            await using (var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous))
                refusal = await ReceiveAsync(file, content, cancellationToken);
            if (refusal is null)
            {
                Delete(file);
                return true;
            }
        }
        catch (FileNotFoundException)
        {
            // Another node was faster.
            return false;
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException or ValidationException)
        {
            // It stays where it is, and keeps none of the others.
            Log.PickupUnreadable(logger, file.Name, exception);
            return false;
        }
        catch (TooLargeException exception)
        {
            refusal = exception.Message;
        }

        Log.PickupRejected(logger, file.Name, refusal);
        MoveAside(file);
        return false;
    }

    /// <summary>Deletes what was received. What has come under its name since is another mail.</summary>
    private static void Delete(FileInfo file)
    {
        var (length, at) = (file.Length, file.LastWriteTimeUtc);
        file.Refresh();
        if (file.Exists && file.Length == length && file.LastWriteTimeUtc == at)
            file.Delete();
    }

    private void MoveAside(FileInfo file)
    {
        try
        {
            var aside = Directory.CreateDirectory(Path.Combine(file.DirectoryName!, "rejected")).FullName;
            var target = Path.Combine(aside, file.Name);
            file.MoveTo(File.Exists(target) ? Path.Combine(aside, $"{Guid.NewGuid():N}-{file.Name}") : target);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            Log.PickupUnreadable(logger, file.Name, exception);
        }
    }

    /// <returns>Why the mail can never be received; null where it is.</returns>
    private async Task<string?> ReceiveAsync(FileInfo file, FileStream content, CancellationToken cancellationToken)
    {
        var headers = await HeadAsync(content, cancellationToken);
        var recipient = RecipientHeaders.Select(name => headers?.FirstOrDefault(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value.Trim().Trim('<', '>'))
            .FirstOrDefault(address => !string.IsNullOrEmpty(address)) ?? pickup.Recipient;
        if (recipient is null)
            return "No header says to whom it was delivered. Let the mail server write Delivered-To, or set HelpDesk:Inbound:Pickup:Recipient.";

        await processor.ReceiveAsync(
            new InboundEmail
            {
                Source = PickupFolderSource.Called,
                DeliveryKey = $"{file.Name}|{file.LastWriteTimeUtc.Ticks}|{content.Length}",
                Recipient = recipient,
                Sender = headers?.FirstOrDefault(header => header.Id == HeaderId.ReturnPath)?.Value.Trim().Trim('<', '>'),
                Content = content,
            },
            cancellationToken);
        return null;
    }

    private static async Task<HeaderList?> HeadAsync(FileStream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(LongestHead, content.Length)];
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        content.Position = 0;
        return MailDigest.ReadHeaders(buffer.AsSpan(0, length));
    }
}
