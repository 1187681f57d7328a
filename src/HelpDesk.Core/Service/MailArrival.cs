using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>A mail at its receipt.</summary>
internal sealed record MailArrival(InboundEmail Email, string DeliveryKey, string DuplicateKey, MailHead Head)
{
    public InboundMail ToMail(Upload upload, string duplicateKey, DateTimeOffset now)
    {
        var mail = new InboundMail(Email.Source, DeliveryKey, duplicateKey, upload.StorageKey, upload.Size, now)
        {
            Sender = Email.Sender is null ? "" : Email.Sender.Trim() is { Length: > 0 } sender ? Line(sender, TicketLimits.EnvelopeAddressLength) : "<>",
            Recipient = Line(AddressIn(Email.Recipient), TicketLimits.EnvelopeAddressLength),
            Remarks = Email.Remarks.Count == 0 ? null : Line(string.Join(' ', Email.Remarks), TicketLimits.ReasonLength),
        };
        mail.Describe(Head);
        return mail;
    }

    /// <summary>The address alone, where a source has it with a name or in brackets.</summary>
    private static string AddressIn(string text) => text.TrimEnd() is [.., '>'] closed && closed.LastIndexOf('<') is >= 0 and var open ? closed[(open + 1)..^1] : text;

    private static string Line(string text, int length) => TextRules.Cut(TextRules.OneLine(text), length);
}
