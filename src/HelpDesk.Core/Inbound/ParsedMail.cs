using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>A mail, read. Its files are read from the raw bytes, which must stay open.</summary>
internal sealed record ParsedMail
{
    public required MailHead Head { get; init; }

    public required HeaderList Headers { get; init; }

    /// <summary>The Message-IDs that it answers, the nearest first; at most 20.</summary>
    public required IReadOnlyList<string> Answers { get; init; }

    /// <summary>Valid text with \n for line breaks; empty where the mail has none.</summary>
    public required string Text { get; init; }

    /// <summary>As it came; null for none.</summary>
    public required string? Html { get; init; }

    public required IReadOnlyList<MailFile> Files { get; init; }

    /// <summary>What was left out, for agents to know.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    public ContentType? Type { get; init; }

    public required MimeMessage Message { get; init; }
}

/// <summary>A part of a mail that is kept as a file.</summary>
internal sealed record MailFile(MimeEntity Entity, string Name, string ContentType, string? ContentId)
{
    /// <summary>Writes the bytes of the file, decoded.</summary>
    public Task WriteToAsync(Stream stream, CancellationToken cancellationToken) => Entity switch
    {
        MimePart { Content: { } content } => content.DecodeToAsync(stream, cancellationToken),
        MessagePart { Message: { } message } => message.WriteToAsync(stream, cancellationToken),
        _ => Task.CompletedTask,
    };
}

/// <summary>What a mail server says of a mail that it could not deliver.</summary>
/// <param name="IsPermanent">Whether it has given up.</param>
/// <param name="Recipients">Whom it could not reach, in lower case, as far as it says.</param>
/// <param name="MessageIds">The Message-IDs that it names, those of the returned mail first; at most 20.</param>
/// <param name="Reason">What it says of the cause; null for nothing.</param>
internal sealed record BounceReport(bool IsPermanent, IReadOnlyList<string> Recipients, IReadOnlyList<string> MessageIds, string? Reason);
