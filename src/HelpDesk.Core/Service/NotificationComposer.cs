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
    private const int MostReferences = 10;

    public async Task<IReadOnlyList<Notification>> ComposeAsync(IReadOnlyList<Letter> letters, Ticket ticket, TicketEventPayload payload, CancellationToken cancellationToken)
    {
        var message = payload.MessageId is { } messageId
            ? await db.Messages.AsNoTracking().Where(m => m.Id == messageId)
                .Select(m => new { Message = m, Author = db.Participants.Where(p => p.Id == m.AuthorParticipantId).Select(p => p.Name).FirstOrDefault() })
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        var requester = await db.Participants.AsNoTracking().Where(p => p.Id == ticket.RequesterParticipantId).Select(p => p.Name).FirstOrDefaultAsync(cancellationToken);
        var authorId = message is { Message.AuthorKind: not TicketRole.System } ? message.Message.AuthorId : null;
        var people = await People.FindAsync(directory, [ticket.RequesterId, ticket.AssigneeId, authorId, .. letters.Select(letter => letter.Person.UserId)], cancellationToken);
        var earlier = await EarlierAsync(letters, ticket, cancellationToken);
        var languages = await LanguagesAsync(letters, cancellationToken);

        return [.. letters.Select(letter =>
        {
            var isAgent = letter.Person.Id != ticket.RequesterParticipantId;
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
                    Language = languages.GetValueOrDefault(letter.Row.Id) ?? options.Value.Notifications.Language,
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
                    AssigneeName = ticket.AssigneeId is null ? null : people.Name(ticket.AssigneeId, null),
                },
                Message = message is not null && IsShown(message.Message, letter.Row.Kind, isAgent) ? Shown(message.Message, message.Author, people) : null,
                Targets = isAgent ? [.. payload.Targets.Select(target => new NotifiedTarget { Kind = target.Kind, DueAt = target.DueAt })] : [],
                Link = Links.Of(options.Value.PublicBaseUrl, ticket.Number, isAgent),
                IsAutomatic = letter.Row.Kind is not (NotificationKind.AgentReplied or NotificationKind.Resolved) || message is not { Message.AuthorKind: TicketRole.Agent },
                MessageId = letter.Row.MessageId,
                References = MailThread.References(earlier[letter.Person.Id]),
            };
        })];
    }

    /// <summary>
    /// A note is for agents alone, whatever the plan says. And what a requester wrote is not sent to the address that the requester has given: it may be a stranger's, who would
    /// be sent any text in our name.
    /// </summary>
    private static bool IsShown(TicketMessage message, NotificationKind kind, bool isAgent) => isAgent || (!message.IsPrivate && kind != NotificationKind.Received);

    private static NotifiedMessage Shown(TicketMessage message, string? author, People people) => new()
    {
        AuthorName = message.AuthorKind == TicketRole.System ? message.AuthorId ?? "" : people.Name(message.AuthorId, author),
        Body = message.Body,
        IsPrivate = message.IsPrivate,
        CreatedAt = message.CreatedAt,
    };

    /// <summary>The Message-IDs of what each person got of the ticket lately.</summary>
    private async Task<ILookup<Guid, string>> EarlierAsync(IReadOnlyList<Letter> letters, Ticket ticket, CancellationToken cancellationToken)
    {
        var (ticketId, sender, sequence) = (ticket.Id, letters[0].Row.Sender, letters[0].Row.TicketSequence);
        var people = letters.Select(letter => letter.Person.Id).ToList();
        var rows = await db.Notifications.AsNoTracking()
            .Where(row => row.TicketId == ticketId && people.Contains(row.ParticipantId) && row.TicketSequence < sequence && row.Sender == sender && row.State == NotificationState.Sent)
            .OrderByDescending(row => row.TicketSequence)
            .Select(row => new { row.ParticipantId, row.MessageId })
            .Take(people.Count * MostReferences)
            .ToListAsync(cancellationToken);
        return Enumerable.Reverse(rows).ToLookup(row => row.ParticipantId, row => row.MessageId);
    }

    private async Task<Dictionary<Guid, string?>> LanguagesAsync(IReadOnlyList<Letter> letters, CancellationToken cancellationToken)
    {
        var languages = new Dictionary<Guid, string?>();
        foreach (var ofKind in letters.Where(letter => letter.Person.UserId is not null).GroupBy(letter => letter.Row.Kind))
        {
            var chosen = await preferences.FindAsync([.. ofKind.Select(letter => letter.Person.UserId!)], ofKind.Key, cancellationToken);
            foreach (var letter in ofKind)
                languages[letter.Row.Id] = chosen.GetValueOrDefault(letter.Person.UserId!)?.Language;
        }

        return languages;
    }
}

/// <summary>What is to be sent to whom, as stored.</summary>
internal sealed record Letter(TicketNotification Row, Participant Person);
