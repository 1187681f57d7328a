using HelpDesk.Tickets;
using MimeKit;

namespace HelpDesk.Inbound;

/// <summary>What the headers of a mail say about itself; nothing of it is proven.</summary>
internal sealed record MailHead
{
    private const int LongestMessageId = 250;

    public static readonly MailHead Unreadable = new() { Senders = [], FromCount = 0, Subject = "", MessageId = null };

    /// <summary>Every sender of every header From; null for one without a usable address.</summary>
    public required IReadOnlyList<MailSender?> Senders { get; init; }

    /// <summary>How many headers From there are.</summary>
    public required int FromCount { get; init; }

    /// <summary>One line, at most 255 characters; empty for none.</summary>
    public required string Subject { get; init; }

    /// <summary>With its angle brackets; null for none, or one that is no Message-ID.</summary>
    public required string? MessageId { get; init; }

    /// <summary>Who wrote it; null where that is not exactly one person with an address.</summary>
    public MailSender? Sender => FromCount == 1 && Senders.Count == 1 ? Senders[0] : null;

    public static MailHead Of(HeaderList headers)
    {
        var from = headers.Where(header => header.Id == HeaderId.From).ToList();
        return new MailHead
        {
            FromCount = from.Count,
            Senders = [.. from.SelectMany(Addresses)],
            Subject = TextRules.Cut(TextRules.OneLine(headers[HeaderId.Subject] ?? ""), TicketLimits.SubjectLength),
            MessageId = Ids(headers, HeaderId.MessageId).FirstOrDefault(),
        };
    }

    /// <summary>The Message-IDs that a header names, with their angle brackets.</summary>
    public static IEnumerable<string> Ids(HeaderList headers, HeaderId id) =>
        headers.Where(header => header.Id == id)
            .SelectMany(header => MimeKit.Utils.MimeUtils.EnumerateReferences(header.RawValue, 0, header.RawValue.Length))
            .Where(messageId => messageId.Length <= LongestMessageId && TextRules.IsStorable(messageId))
            .Select(messageId => $"<{messageId}>");

    private static IEnumerable<MailSender?> Addresses(Header header) =>
        InternetAddressList.TryParse(header.RawValue, 0, header.RawValue.Length, out var addresses) ? addresses.Mailboxes.Select(SenderOf) : [null];

    private static MailSender? SenderOf(MailboxAddress mailbox)
    {
        if (TextRules.NormalizeEmail(mailbox.Address) is not { } email)
            return null;

        var name = TextRules.Cut(TextRules.OneLine(mailbox.Name ?? ""), TicketLimits.NameLength);
        return new MailSender(email, name.Length == 0 ? email[..email.LastIndexOf('@')] : name);
    }
}
