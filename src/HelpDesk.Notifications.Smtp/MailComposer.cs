using System.Text;
using HelpDesk.Events;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.Extensions.Options;
using MimeKit;
using MimeKit.Utils;

namespace HelpDesk.Notifications.Smtp;

/// <summary>Makes a mail of a notification: its headers, and its text and HTML.</summary>
internal sealed class MailComposer(MailTemplates templates, IOptions<SmtpOptions> smtp, IOptions<HelpDeskOptions> options, TimeProvider clock)
{
    private const int BodyLength = 20_000;
    private const int HeaderLength = 400;

    private readonly MailboxAddress from = smtp.Value.FromMailbox() ?? throw new InvalidOperationException("HelpDesk:Smtp:From is not one address.");
    private readonly string? replyDomain = smtp.Value.AsciiReplyDomain();

    /// <exception cref="PermanentFailureException">The person has no address.</exception>
    public async Task<MimeMessage> ComposeAsync(Notification notification)
    {
        var to = AddressOf(notification.Recipient);
        var language = templates.LanguageOf(notification.Kind, notification.Recipient.Language, options.Value.Notifications.Language);
        var model = Model(notification, language);
        var (subject, paragraphs) = await templates.RenderAsync(notification.Kind, language, model);
        model["subject"] = subject = Line(subject, HeaderLength) ?? notification.Ticket.Number;
        model["sentences"] = paragraphs;

        var mail = new MimeMessage();
        mail.From.Add(new MailboxAddress(Encoding.UTF8, Line(from.Name, TicketLimits.NameLength), from.Address));
        mail.To.Add(to);
        mail.Subject = subject;
        mail.Date = clock.GetUtcNow();
        mail.MessageId = notification.MessageId;
        if (notification.References.Count > 0)
        {
            mail.References.AddRange(notification.References.SelectMany(MimeUtils.EnumerateReferences));
            mail.InReplyTo = notification.References[^1];
        }

        if (CanReply(notification))
            mail.ReplyTo.Add(new MailboxAddress(Encoding.UTF8, Line(from.Name, TicketLimits.NameLength), $"reply+{notification.Recipient.ReplyToken}@{replyDomain}"));
        if (notification.IsAutomatic)
        {
            mail.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
            mail.Headers.Add("X-Auto-Response-Suppress", "All");
        }

        mail.Body = new MultipartAlternative
        {
            Part("plain", await templates.RenderTextAsync(language, model)),
            Part("html", await templates.RenderHtmlAsync(language, model)),
        };
        // Whatever the server offers: a mail that is plain ASCII on the wire survives every relay, and its signature too.
        mail.Prepare(EncodingConstraint.SevenBit);
        return mail;
    }

    /// <summary>What is answered goes to the requester. A mail about a note is the wrong place for that.</summary>
    private bool CanReply(Notification notification) => replyDomain is not null && notification.Kind != NotificationKind.NoteAdded;

    private static MailboxAddress AddressOf(NotificationRecipient recipient)
    {
        if (string.IsNullOrWhiteSpace(recipient.Email))
            throw new PermanentFailureException($"{recipient.Name} has no address.");

        // By two parsers, since the address becomes a line of its own between us and the server: nothing but a plain one may pass.
        if (TextRules.NormalizeEmail(recipient.Email) is { } email
            && Domain.ToAscii(email[(email.LastIndexOf('@') + 1)..]) is { } domain
            && $"{email[..email.LastIndexOf('@')]}@{domain}" is var address
            && MailboxAddress.TryParse(address, out var parsed) && parsed.GetAddress(idnEncode: true) == address && string.IsNullOrEmpty(parsed.Name))
            return new MailboxAddress(Encoding.UTF8, Line(recipient.Name, TicketLimits.NameLength), address);

        throw new PermanentFailureException($"{recipient.Name} has no address that mail can be sent to.");
    }

    private Dictionary<string, object?> Model(Notification notification, string language)
    {
        var (ticket, message) = (notification.Ticket, notification.Message);
        var body = message is null ? "" : Clean(message.Body);
        var isCut = body.Length > BodyLength;
        if (isCut)
            body = body[..(char.IsHighSurrogate(body[BodyLength - 1]) ? BodyLength - 1 : BodyLength)];
        return new Dictionary<string, object?>
        {
            ["kind"] = notification.Kind.ToString(),
            ["language"] = language,
            ["recipient"] = new Dictionary<string, object?> { ["name"] = Line(notification.Recipient.Name), ["is_agent"] = notification.Recipient.IsAgent, ["is_assignee"] = notification.Recipient is { IsAgent: true, UserId: { } userId } && userId == ticket.AssigneeId },
            ["sender"] = new Dictionary<string, object?> { ["name"] = Line(from.Name) },
            ["ticket"] = new Dictionary<string, object?>
            {
                ["number"] = Line(ticket.Number),
                ["subject"] = Line(ticket.Subject),
                ["status"] = Word(ticket.Status),
                ["priority"] = Word(ticket.Priority),
                ["category"] = Line(ticket.Category),
                ["requester"] = Line(ticket.RequesterName),
                ["assignee"] = Line(ticket.AssigneeName),
            },
            ["message"] = message is null ? null : new Dictionary<string, object?>
            {
                ["author"] = Line(message.AuthorName),
                ["body"] = body,
                ["lines"] = body.Split('\n').Select(Indented).ToList(),
                ["is_cut"] = isCut,
                ["is_note"] = message.IsPrivate,
                ["files"] = message.Files.Select(name => Line(name)).ToList(),
                ["created_at"] = message.CreatedAt.ToUniversalTime(),
            },
            ["targets"] = notification.Targets.Select(target => new Dictionary<string, object?> { ["kind"] = Word(target.Kind), ["due_at"] = target.DueAt.ToUniversalTime() }).ToList(),
            ["link"] = notification.Link?.AbsoluteUri,
            ["can_reply"] = CanReply(notification),
        };
    }

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype);
        part.SetText(Encoding.UTF8, text.ReplaceLineEndings("\r\n"));
        return part;
    }

    /// <summary>Text of several lines: no control characters but line breaks and tabs.</summary>
    private static string Clean(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(c => c is '\n' or '\t' || !char.IsControl(c))).Trim('\n');

    /// <summary>A line whose indentation is seen in HTML too.</summary>
    private static string Indented(string line)
    {
        var text = line.TrimStart(' ', '\t');
        return string.Concat(line[..^text.Length].Replace("\t", "    ", StringComparison.Ordinal).Replace(' ', '\u00a0'), text);
    }

    /// <summary>Text of one line, null where there is none. Nothing in it can pass for an encoded word, which a mail program would decode.</summary>
    private static string? Line(string? text) => text is null || TextRules.OneLine(text) is not { Length: > 0 } line ? null : line.Replace("=?", "= ?", StringComparison.Ordinal);

    private static string? Line(string? text, int length) => Line(text) is { } line ? TextRules.Cut(line, length) : null;

    private static string Word<T>(T value)
        where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Word(TicketPriority priority) => Word<TicketPriority>(priority);

    private static string Word(TargetKind kind) => Word<TargetKind>(kind);
}
