using System.Net.Http.Headers;
using System.Text;

namespace HelpDesk.Tickets;

/// <summary>A file of a message that the actor may read. Valid as long as the scope that it came from.</summary>
public sealed class AttachmentFile
{
    // What a browser can do nothing with but show. Everything else is nothing but bytes.
    private static readonly string[] Inert = ["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"];

    private readonly Func<AttachmentFile, CancellationToken, ValueTask<Uri?>> link;
    private readonly Func<Stream> open;

    internal AttachmentFile(TicketAttachment attachment, Func<Stream> open, Func<AttachmentFile, CancellationToken, ValueTask<Uri?>> link)
    {
        Id = attachment.Id;
        FileName = attachment.FileName;
        ContentType = attachment.ContentType;
        Size = attachment.Size;
        Sha256 = attachment.Sha256;
        this.open = open;
        this.link = link;
    }

    /// <summary>The id.</summary>
    public Guid Id { get; }

    /// <summary>The cleaned name.</summary>
    public string FileName { get; }

    /// <summary>The media type as it was sent: do not serve it with that, but with <see cref="DownloadType"/>.</summary>
    public string ContentType { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public string Sha256 { get; }

    /// <summary>The media type to serve it with: a picture (PNG, JPEG, GIF, WebP) or plain text as such, everything else as <c>application/octet-stream</c>.</summary>
    public string DownloadType => Array.IndexOf(Inert, ContentType) >= 0 ? ContentType : "application/octet-stream";

    /// <summary>The value of <c>Content-Disposition</c> to serve it with: a download under its name, never a page.</summary>
    public string ContentDisposition => new ContentDispositionHeaderValue("attachment")
    {
        // For clients that know no other: what ASCII has of the name. The header class quotes, and encodes the star form.
        FileName = $"\"{Ascii(FileName)}\"",
        FileNameStar = FileName,
    }.ToString();

    /// <summary>Opens the bytes: seekable, of which the position decides where the store is opened at the first read. Asynchronous reading only.</summary>
    /// <remarks>The first read throws <see cref="NotFoundException"/> where the store has lost the object, and any read <see cref="StorageUnavailableException"/> where it does not answer.</remarks>
    public Stream OpenRead() => open();

    /// <summary>A short-lived link to the store itself, which serves the file as a download of <see cref="DownloadType"/>; null where the store makes none.</summary>
    /// <exception cref="StorageUnavailableException">The store could not make it.</exception>
    public ValueTask<Uri?> GetLinkAsync(CancellationToken cancellationToken = default) =>
        link(this, cancellationToken);

    private static string Ascii(string name)
    {
        var ascii = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
            ascii.Append(rune.IsAscii && rune.Value is not ('"' or '\\' or '%') ? (char)rune.Value : '_');
        return ascii.ToString();
    }
}
