using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Makes of what is stored what a sender gets: everything that this person is to know, and nothing else.</summary>
internal sealed class NotificationComposer(HelpDeskDb db, IUserDirectory directory, INotificationPreferences preferences, IOptions<HelpDeskOptions> options)
{
    public async Task<Notification> ComposeAsync(Letter letter, Ticket ticket, TicketEventPayload payload, CancellationToken cancellationToken)
    {
        var message = payload.MessageId is { } messageId
            ? await db.Messages.AsNoTracking().AsSingleQuery().Where(m => m.Id == messageId)
                .Select(m => new
                {
                    Message = m,
                    Author = db.Participants.Where(p => p.Id == m.AuthorParticipantId).Select(p => p.Name).FirstOrDefault(),
                    Files = db.Attachments.Where(a => a.MessageId == m.Id).OrderBy(a => a.Position).Select(a => a.FileName).ToList(),
                })
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        var isAgent = letter.IsForAgent;
        var requester = letter.Person.Id != ticket.RequesterParticipantId
            ? await db.Participants.AsNoTracking().Where(p => p.Id == ticket.RequesterParticipantId).Select(p => p.Name).FirstOrDefaultAsync(cancellationToken)
            : letter.Person.Name;
        var authorId = message is { Message.AuthorKind: not TicketRole.System } ? message.Message.AuthorId : null;
        var people = await People.FindAsync(directory, [ticket.RequesterId, ticket.AssigneeId, authorId, letter.Person.UserId], cancellationToken);
        return new Notification
        {
            Id = letter.Row.Id,
            Kind = letter.Row.Kind,
            Recipient = new NotificationRecipient
            {
                UserId = letter.Person.UserId,
                Name = people.Name(letter.Person.UserId, letter.Person.Name),
                Email = letter.Row.Email,
                IsAgent = isAgent,
                Language = await LanguageAsync(letter, cancellationToken) ?? options.Value.Notifications.Language,
                ReplyToken = letter.Person.ReplyToken,
            },
            Ticket = new NotifiedTicket
            {
                Id = ticket.Id,
                Number = ticket.Number,
                Subject = ticket.Subject,
                Status = ticket.Status,
                Priority = ticket.Priority,
                Category = ticket.Category,
                RequesterName = people.Name(ticket.RequesterId, requester),
                AssigneeId = ticket.AssigneeId,
                AssigneeName = ticket.AssigneeId is null ? null : people.Name(ticket.AssigneeId, null),
            },
            Message = message is not null && IsShown(message.Message, letter.Row.Kind, isAgent) ? Shown(message.Message, message.Author, message.Files, people) : null,
            Targets = isAgent ? [.. payload.Targets.Select(target => new NotifiedTarget { Kind = target.Kind, DueAt = target.DueAt })] : [],
            // Who is kept in copy sees the mails, but not the ticket.
            Link = letter.Person.Kind == ParticipantKind.Cc ? null : Links.Of(options.Value.PublicBaseUrl, ticket.Number, isAgent),
            IsAutomatic = IsAutomatic(letter.Row.Kind, payload),
            MessageId = letter.Row.MessageId,
            References = MailThread.References(await EarlierAsync(letter, cancellationToken)),
        };
    }

    /// <summary>Whether the mail says nothing that an agent wrote.</summary>
    public static bool IsAutomatic(NotificationKind kind, TicketEventPayload payload) =>
        kind is not (NotificationKind.AgentReplied or NotificationKind.Resolved) || payload is not { ActorKind: TicketRole.Agent, MessageId: not null };

    /// <summary>
    /// A note is for agents alone, whatever the plan says. And what a requester wrote is not sent to the address that the requester has given: it may be a stranger's, who would
    /// be sent any text in our name.
    /// </summary>
    private static bool IsShown(TicketMessage message, NotificationKind kind, bool isAgent) => isAgent || (!message.IsPrivate && kind != NotificationKind.Received);

    private static NotifiedMessage Shown(TicketMessage message, string? author, IReadOnlyList<string> files, People people) => new()
    {
        AuthorName = message.AuthorKind == TicketRole.System ? message.AuthorId ?? "" : people.Name(message.AuthorId, author),
        Body = message.Body,
        IsPrivate = message.IsPrivate,
        Files = files,
        CreatedAt = message.CreatedAt,
    };

    /// <summary>The Message-IDs of what the person got and wrote of the ticket lately, oldest first: it is their conversation that the mail continues.</summary>
    private async Task<IEnumerable<string>> EarlierAsync(Letter letter, CancellationToken cancellationToken)
    {
        var (ticketId, participantId, sender, sequence) = (letter.Row.TicketId, letter.Person.Id, letter.Row.Sender, letter.Row.TicketSequence);
        var sent = db.Notifications.AsNoTracking()
            .Where(row => row.TicketId == ticketId && row.ParticipantId == participantId && row.TicketSequence < sequence && row.Sender == sender && row.State == NotificationState.Sent)
            .Select(row => new { row.MessageId, Sequence = row.TicketSequence });
        var received = db.Messages.AsNoTracking()
            .Where(message => message.TicketId == ticketId && message.AuthorParticipantId == participantId && message.Channel == TicketChannel.Email && message.Sequence < sequence)
            .Join(db.InboundMail.AsNoTracking(), message => message.Id, mail => mail.MessageId, (message, mail) => new { MessageId = mail.InternetMessageId!, message.Sequence })
            .Where(mail => mail.MessageId != null);
        var newestFirst = await sent.Concat(received).OrderByDescending(mail => mail.Sequence).Select(mail => mail.MessageId).Take(MailThread.Most).ToListAsync(cancellationToken);
        return Enumerable.Reverse(newestFirst);
    }

    private async Task<string?> LanguageAsync(Letter letter, CancellationToken cancellationToken) => letter.Person.UserId is { } userId
        ? (await preferences.FindAsync([userId], letter.Row.Kind, cancellationToken)).GetValueOrDefault(userId)?.Language
        : null;
}

/// <summary>What is to be sent to whom, as stored.</summary>
internal sealed record Letter(TicketNotification Row, Participant Person)
{
    /// <summary>Whether the person gets to know what agents know.</summary>
    public bool IsForAgent => Person.Kind == ParticipantKind.Agent;
}
