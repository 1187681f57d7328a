using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Tells people of an event by one sender: decides once whom, stores that, and sends what is not sent yet.</summary>
internal sealed class NotificationHandler(
    string name,
    INotificationSender sender,
    HelpDeskDb db,
    CommandRunner runner,
    NotificationPlan plan,
    IUserDirectory directory,
    ITicketAccess access,
    INotificationPreferences preferences,
    TimeProvider clock,
    IOptions<HelpDeskOptions> options,
    ILogger<NotificationHandler> logger) : ITicketEventHandler
{
    private static readonly Actor Self = Actor.System("notifications");

    public async Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken)
    {
        var payload = ticketEvent.ReadPayload();
        var ticketId = ticketEvent.TicketId;
        var ticket = await db.Tickets.AsNoTracking().FirstOrDefaultAsync(t => t.Id == ticketId, cancellationToken);
        // Not there where a filter of the host hides it from this process; it must not be told of by mail either.
        if (ticket is null)
            return;

        var letters = await StoredAsync(ticketEvent, cancellationToken);
        if (letters.Count == 0)
        {
            var told = await WhoWantsAsync(await plan.MakeAsync(ticketEvent, payload, ticket, cancellationToken), ticket, cancellationToken);
            if (told.Count == 0)
                return;

            await WriteAsync(ticketEvent, ticket, told, cancellationToken);
            letters = await StoredAsync(ticketEvent, cancellationToken);
        }

        await SendAsync(letters, ticket, payload, cancellationToken);
    }

    /// <summary>What was decided before, with the persons. Also what is sent already, so that nothing is decided twice.</summary>
    private Task<List<Letter>> StoredAsync(TicketEvent ticketEvent, CancellationToken cancellationToken)
    {
        var eventId = ticketEvent.Id;
        return db.Notifications.AsNoTracking().Where(row => row.EventId == eventId && row.Sender == name)
            .Join(db.Participants.AsNoTracking(), row => row.ParticipantId, person => person.Id, (row, person) => new Letter(row, person))
            .ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Person>> WhoWantsAsync(IReadOnlyList<NotificationPlan.Told> told, Ticket ticket, CancellationToken cancellationToken)
    {
        var on = told.Where(one => options.Value.Notifications.IsOn(one.Kind)).ToList();
        var ids = on.Select(one => one.AgentId ?? ticket.RequesterId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var users = ids.Count == 0 ? new Dictionary<string, DirectoryUser>() : await directory.FindAsync(ids, cancellationToken);
        var wanted = new List<Person>();
        foreach (var ofKind in on.GroupBy(one => one.Kind))
        {
            var chosen = await preferences.FindAsync([.. ofKind.Select(one => one.AgentId ?? ticket.RequesterId).OfType<string>()], ofKind.Key, cancellationToken);
            foreach (var one in ofKind)
            {
                var userId = one.AgentId ?? ticket.RequesterId;
                if (userId is not null && chosen.TryGetValue(userId, out var preference) && !preference.IsWanted)
                    continue;
                var user = userId is null ? null : users.GetValueOrDefault(userId);
                if (one.AgentId is null || (user is not null && await MaySeeAsync(one.AgentId, ticket, cancellationToken)))
                    wanted.Add(new Person(one.Kind, one.AgentId, user));
            }
        }

        return wanted;
    }

    // A host may let agents see some tickets only; what one must not see is not sent either. The roles come from a cache.
    private async Task<bool> MaySeeAsync(string agentId, Ticket ticket, CancellationToken cancellationToken) =>
        access.Allows(Actor.User(agentId, await directory.GetRolesAsync(agentId, cancellationToken)), ticket, TicketAction.ReadInternal);

    /// <summary>Writes down who is told, behind the ticket's lock, under which the others write who take part.</summary>
    private Task WriteAsync(TicketEvent ticketEvent, Ticket ticket, IReadOnlyList<Person> told, CancellationToken cancellationToken) => runner.RunAsync(
        "notification.plan",
        async (attempt, token) =>
        {
            await attempt.LockAsync(ticket.Id, evenFirst: true, token);
            var (ticketId, version, eventId) = (ticket.Id, ticketEvent.Version, ticketEvent.Id);
            var people = await db.Participants.AsNoTracking().Where(person => person.TicketId == ticketId).OrderBy(person => person.Id).ToListAsync(token);
            var already = await db.Notifications.AsNoTracking()
                .Where(row => row.TicketId == ticketId && row.Sender == name && (row.Version == version || row.EventId == eventId))
                .Select(row => row.ParticipantId)
                .ToListAsync(token);
            foreach (var one in told)
            {
                var participant = one.AgentId is null ? people.Find(person => person.Id == ticket.RequesterParticipantId) : people.Find(person => person.UserId == one.AgentId) ?? Join(ticketId, one);
                // What one command did is told once, in the words of its first event.
                if (participant is null or { Undeliverable: true } || already.Contains(participant.Id))
                    continue;

                var email = TextRules.NormalizeEmail(one.User?.Email) ?? participant.Email;
                var row = new TicketNotification(eventId, name, ticketId, ticketEvent.TicketSequence, version, participant.Id, one.Kind, email);
                db.Notifications.Add(row);
                row.MessageId = $"<{row.Id:N}@{options.Value.Notifications.MessageIdDomain ?? "helpdesk.invalid"}>";
            }

            attempt.StoreRows(mayCollide: true);
            return true;
        },
        cancellationToken);

    private Participant Join(Guid ticketId, Person one)
    {
        var participant = new Participant(
            ticketId, ParticipantKind.Agent, one.AgentId, TextRules.NormalizeEmail(one.User!.Email), TextRules.Cut(one.User.Name, TicketLimits.NameLength), ReplyToken.Create());
        db.Participants.Add(participant);
        return participant;
    }

    private async Task SendAsync(IReadOnlyList<Letter> letters, Ticket ticket, TicketEventPayload payload, CancellationToken cancellationToken)
    {
        var open = letters.Where(letter => letter.Row.State == NotificationState.Pending).ToList();
        if (open.Count == 0)
            return;

        var notifications = await NotificationsAsync(open, ticket, payload, cancellationToken);
        Exception? failure = null;
        foreach (var (letter, notification) in open.Zip(notifications))
        {
            try
            {
                await sender.SendAsync(notification, cancellationToken);
                await MarkAsync(letter.Row, NotificationState.Sent, error: null);
            }
            catch (PermanentFailureException exception)
            {
                await RefusedAsync(letter, ticket, exception.Message);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                // The others need not wait until this one can be reached.
                failure = exception;
            }
        }

        if (failure is not null)
            throw new NotificationsFailedException(failure.Message, failure);
    }

    private async Task<IReadOnlyList<Notification>> NotificationsAsync(
        IReadOnlyList<Letter> letters, Ticket ticket, TicketEventPayload payload, CancellationToken cancellationToken)
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
            // Whatever the plan says: a note is for agents alone.
            var shown = message is null || (message.Message.IsPrivate && !isAgent) ? null : message.Message;
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
                Message = shown is null ? null : new NotifiedMessage
                {
                    AuthorName = shown.AuthorKind == TicketRole.System ? shown.AuthorId ?? "" : people.Name(shown.AuthorId, message!.Author),
                    Body = shown.Body,
                    IsPrivate = shown.IsPrivate,
                    CreatedAt = shown.CreatedAt,
                },
                Targets = isAgent ? [.. payload.Targets.Select(target => new NotifiedTarget { Kind = target.Kind, DueAt = target.DueAt })] : [],
                Link = Links.Of(options.Value.PublicBaseUrl, ticket.Number, isAgent),
                IsAutomatic = letter.Row.Kind is not (NotificationKind.AgentReplied or NotificationKind.Resolved) || shown is not { AuthorKind: TicketRole.Agent },
                MessageId = letter.Row.MessageId,
                References = MailThread.References(earlier[letter.Person.Id]),
            };
        })];
    }

    /// <summary>The Message-IDs of what each person got of the ticket before.</summary>
    private async Task<ILookup<Guid, string>> EarlierAsync(IReadOnlyList<Letter> letters, Ticket ticket, CancellationToken cancellationToken)
    {
        var (ticketId, sequence) = (ticket.Id, letters[0].Row.TicketSequence);
        var people = letters.Select(letter => letter.Person.Id).ToList();
        var rows = await db.Notifications.AsNoTracking()
            .Where(row => row.TicketId == ticketId && people.Contains(row.ParticipantId) && row.TicketSequence < sequence && row.Sender == name && row.State == NotificationState.Sent)
            .OrderBy(row => row.TicketSequence)
            .Select(row => new { row.ParticipantId, row.MessageId })
            .ToListAsync(cancellationToken);
        return rows.ToLookup(row => row.ParticipantId, row => row.MessageId);
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

    // Also while the process stops: what was sent must not be sent again.
    private Task MarkAsync(TicketNotification row, NotificationState state, string? error) => runner.RunAsync(
        "notification.mark",
        async (attempt, _) =>
        {
            await attempt.EnsureTransactionAsync(CancellationToken.None);
            DateTimeOffset? sentAt = state == NotificationState.Sent ? clock.GetStorableNow() : null;
            await db.Notifications.Where(stored => stored.Id == row.Id).ExecuteUpdateAsync(
                set => set.SetProperty(stored => stored.State, state).SetProperty(stored => stored.SentAt, sentAt).SetProperty(stored => stored.Error, error), CancellationToken.None);
            attempt.StoreRows(mayCollide: false);
            return true;
        },
        CancellationToken.None);

    /// <summary>Says in the history, for agents, that somebody cannot be reached.</summary>
    private async Task RefusedAsync(Letter letter, Ticket ticket, string error)
    {
        Log.NotificationRefused(logger, name, letter.Person.Id, ticket.Id);
        await MarkAsync(letter.Row, NotificationState.Refused, TextRules.Cut(error, TicketLimits.ReasonLength));
        // Who has no address was never to be reached this way.
        if (letter.Row.Email is null)
            return;

        await runner.RunAsync(
            "notification.refused",
            async (attempt, token) =>
            {
                await attempt.LockAsync(ticket.Id, token);
                var id = ticket.Id;
                var stored = await db.Tickets.AsTracking().FirstOrDefaultAsync(t => t.Id == id, token);
                if (stored is null || !await attempt.TrackAsync(stored, token))
                    return false;

                var change = new TicketChange(stored, Self, TicketRole.System, clock.GetStorableNow(stored), TicketRules.From(options.Value));
                change.Record("undeliverable", eventKind: null, isPublic: false, reason: $"{letter.Person.Name} could not be told: {error}");
                attempt.Store(change);
                return true;
            },
            CancellationToken.None);
    }

    private sealed record Person(NotificationKind Kind, string? AgentId, DirectoryUser? User);

    private sealed record Letter(TicketNotification Row, Participant Person);
}
