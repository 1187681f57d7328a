namespace HelpDesk.Attachments;

/// <summary>Stores files ahead of the command that takes them. Call it; do not implement it.</summary>
/// <remarks>
/// <para>
/// Scoped. Stage each file, then name the ids in <see cref="Tickets.OpenTicket.Attachments"/> or <see cref="Tickets.ReplyToTicket.Attachments"/>: the command's commit makes
/// them attachments of its message. What no command takes is deleted after <see cref="AttachmentOptions.UploadLifetime"/>, at once by <see cref="DiscardAsync"/>.
/// </para>
/// <para>
/// Each call commits by itself, in a scope and context of its own and never in a transaction of the host. What such a context must know (a tenant's connection, say) has to be
/// ambient, as the HttpContext is: a scoped service of the caller's is not seen. SQLite has one writer: there, stage before you begin a transaction.
/// </para>
/// </remarks>
public interface IAttachmentUploads
{
    /// <summary>Stores a file, while it is read, under the limits of <see cref="HelpDeskOptions.Limits"/> and <see cref="HelpDeskOptions.Attachments"/>.</summary>
    /// <exception cref="ValidationException">Files of this type are not allowed, the scanner has found something, or the file took longer than <see cref="AttachmentOptions.UploadTimeout"/> to arrive.</exception>
    /// <exception cref="TooLargeException">The file is larger than <see cref="LimitOptions.AttachmentSize"/>.</exception>
    /// <exception cref="StorageUnavailableException">The store or the scanner did not do its work.</exception>
    /// <exception cref="InvalidOperationException">A transaction is open on the host's context, on SQLite.</exception>
    Task<StagedUpload> StageAsync(StageUpload command, CancellationToken cancellationToken = default);

    /// <summary>Deletes files that no command is to take. Those that a command has taken stay, and so do other people's.</summary>
    /// <returns>How many were deleted.</returns>
    Task<int> DiscardAsync(DiscardUploads command, CancellationToken cancellationToken = default);
}

/// <summary>Stores a file.</summary>
public sealed record StageUpload
{
    /// <summary>Who uploads: the only one whose commands can take it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The name as it came. It is cleaned: no path, no control or invisible characters, no device name, at most 255 bytes of UTF-8.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type as it came; what is none becomes <c>application/octet-stream</c>. Parameters are dropped.</summary>
    public string? ContentType { get; init; }

    /// <summary>The bytes, read once to their end; not disposed of.</summary>
    public required Stream Content { get; init; }
}

/// <summary>A file that waits for a command.</summary>
public sealed record StagedUpload
{
    internal StagedUpload()
    {
    }

    /// <summary>The id by which a command takes it; afterwards the id of the attachment.</summary>
    public required Guid Id { get; init; }

    /// <summary>The cleaned name.</summary>
    public required string FileName { get; init; }

    /// <summary>The media type.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>Deletes staged files.</summary>
public sealed record DiscardUploads
{
    /// <summary>Who uploaded them.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Their ids.</summary>
    public required IReadOnlyCollection<Guid> Uploads { get; init; }
}
