using HelpDesk.Tickets;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>Reads a mail with MimeKit, within bounds: depth, parts, headers, decoded text and files.</summary>
internal static class MailParser
{
    public const int MostFiles = 200;
    public const int MostAnswered = 20;
    private const int Deepest = 100;

    static MailParser() => MailText.KnowCharsets();

    /// <exception cref="UnreadableMailException">It cannot be read, or there is too much in it.</exception>
    public static async Task<ParsedMail> ParseAsync(Stream mail, CancellationToken cancellationToken)
    {
        var options = new ParserOptions { MaxMimeDepth = Deepest };
        try
        {
            await MailMeter.MeasureAsync(options, mail, cancellationToken);
            // The one that is built on the reader which has just measured it: the other one may take something else for a header.
            var message = await new ExperimentalMimeParser(options, mail, MimeFormat.Entity, persistent: true).ParseMessageAsync(cancellationToken);
            return Read(message, cancellationToken);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or NotSupportedException or NullReferenceException)
        {
            // Whatever a parser stumbles over, it would stumble over again.
            throw new UnreadableMailException($"The mail cannot be read: {exception.Message}", exception);
        }
    }

    private static ParsedMail Read(MimeMessage message, CancellationToken cancellationToken)
    {
        var parts = new MailParts();
        if (message.Body is { } body)
            parts.Add(body, cancellationToken);
        var (text, html) = (parts.Text(), parts.Html());
        var remarks = new List<string>();
        if (parts.Files.Count > MostFiles)
            remarks.Add($"It has {parts.Files.Count} files, of which the first {MostFiles} are kept.");
        if (parts.IsCut)
            remarks.Add("Its text is longer than what is kept.");

        var answers = MailHead.Ids(message.Headers, HeaderId.InReplyTo).Concat(MailHead.Ids(message.Headers, HeaderId.References).Reverse());
        return new ParsedMail
        {
            Head = MailHead.Of(message.Headers),
            Headers = message.Headers,
            Type = message.Body?.ContentType,
            Answers = [.. answers.Distinct(StringComparer.Ordinal).Take(MostAnswered)],
            Text = text,
            Html = html,
            Files = [.. parts.Files.Take(MostFiles).Select(File)],
            Remarks = remarks,
            Message = message,
        };
    }

    private static MailFile File(MimeEntity entity)
    {
        var type = entity.ContentType?.MimeType ?? "application/octet-stream";
        var id = entity.ContentId is { Length: > 0 and <= TicketLimits.ContentIdLength } contentId && TextRules.IsStorable(contentId) ? contentId : null;
        return entity switch
        {
            MessagePart { Message.Subject: { Length: > 0 } subject } nested when NameOf(nested) is null => new MailFile(entity, $"{subject}.eml", type, id),
            _ => new MailFile(entity, NameOf(entity) ?? Nameless(entity), type, id),
        };
    }

    private static string? NameOf(MimeEntity entity)
    {
        var name = entity.ContentDisposition?.FileName ?? entity.ContentType?.Name;
        return string.IsNullOrWhiteSpace(name) ? null : name;
    }

    private static string Nameless(MimeEntity entity)
    {
        if (entity is MessagePart)
            return "message.eml";
        MimeTypes.TryGetExtension(entity.ContentType?.MimeType ?? "", out var extension);
        return $"{(entity.ContentType?.IsMimeType("image", "*") == true ? "image" : "attachment")}{extension}";
    }
}
