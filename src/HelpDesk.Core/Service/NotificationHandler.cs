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
    NotificationComposer composer,
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
        if (ticket is null)
            return; // Deleted since it was claimed.

        var letters = await StoredAsync(ticketEvent, cancellationToken);
        if (letters.Count > 0)
        {
            await SendAsync(await StillAllowedAsync(letters, ticket, cancellationToken), ticket, payload, cancellationToken);
            return;
        }

        var told = await WhoWantsAsync(await plan.MakeAsync(ticketEvent, payload, ticket, cancellationToken), ticket, cancellationToken);
        if (told.Count > 0)
            await SendAsync(await WriteAsync(ticketEvent, ticket, told, cancellationToken), ticket, payload, cancellationToken);
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
        var people = await People.FindAsync(directory, on.Select(one => one.UserId), cancellationToken);
        var wanted = new List<Person>();
        foreach (var ofKind in on.GroupBy(one => one.Kind))
        {
            var chosen = await preferences.FindAsync([.. ofKind.Select(one => one.UserId).OfType<string>()], ofKind.Key, cancellationToken);
            foreach (var one in ofKind)
            {
                var user = people.Find(one.UserId);
                var isKnown = one.UserId is null || (user is not null && chosen.GetValueOrDefault(one.UserId) is not { IsWanted: false });
                if (isKnown && (one.IsRequester || await MaySeeAsync(one.UserId!, ticket, cancellationToken)))
                    wanted.Add(new Person(one, user));
            }
        }

        return wanted;
    }

    /// <summary>Leaves out the agents who may no longer see the ticket: since it was decided, a day may have passed.</summary>
    private async Task<IReadOnlyList<Letter>> StillAllowedAsync(IReadOnlyList<Letter> letters, Ticket ticket, CancellationToken cancellationToken)
    {
        var allowed = new List<Letter>();
        foreach (var letter in letters.Where(letter => letter.Row.State == NotificationState.Pending))
        {
            if (letter.Person.Id == ticket.RequesterParticipantId || await MaySeeAsync(letter.Person.UserId!, ticket, cancellationToken))
                allowed.Add(letter);
            else
                await MarkAsync(letter.Row, NotificationState.Refused, "May no longer see the ticket.");
        }

        return allowed;
    }

    // A host may let agents see some tickets only; what one must not see is not sent either. Directories keep the roles in a cache.
    private async Task<bool> MaySeeAsync(string agentId, Ticket ticket, CancellationToken cancellationToken) =>
        access.Allows(Actor.User(agentId, await directory.GetRolesAsync(agentId, cancellationToken)), ticket, TicketAction.ReadInternal);

    /// <summary>Writes down who is told, behind the ticket's lock, under which the others write who take part.</summary>
    private Task<List<Letter>> WriteAsync(TicketEvent ticketEvent, Ticket ticket, IReadOnlyList<Person> told, CancellationToken cancellationToken) => runner.RunAsync(
        "notification.plan",
        async (attempt, token) =>
        {
            await attempt.LockAsync(ticket.Id, evenFirst: true, token);
            var (ticketId, version) = (ticket.Id, ticketEvent.Version);
            var people = await db.Participants.AsNoTracking().Where(person => person.TicketId == ticketId).OrderBy(person => person.Id).ToListAsync(token);
            var already = await db.Notifications.AsNoTracking()
                .Where(row => row.TicketId == ticketId && row.Sender == name && row.Version == version)
                .Select(row => row.ParticipantId)
                .ToListAsync(token);
            var letters = new List<Letter>();
            foreach (var (one, user) in told)
            {
                var known = people.FindAll(person => one.IsRequester ? person.Id == ticket.RequesterParticipantId : person.UserId == one.UserId);
                // Whom a command concerned already, as one who was opened a ticket or answered, need not hear that it is also assigned to them.
                if (one.Kind == NotificationKind.Assigned && known.Exists(person => already.Contains(person.Id)))
                    continue;

                var participant = known.Count > 0 ? known[0] : Join(ticketId, user!);
                if (participant.Undeliverable)
                    continue;

                var email = one.UserId is null ? participant.Email : TextRules.NormalizeEmail(user?.Email);
                var row = new TicketNotification(ticketEvent.Id, name, ticketId, ticketEvent.TicketSequence, version, participant.Id, one.Kind, email);
                db.Notifications.Add(row);
                row.MessageId = $"<{row.Id:N}@{options.Value.Notifications.MessageIdDomain ?? "helpdesk.invalid"}>";
                letters.Add(new Letter(row, participant));
            }

            attempt.StoreRows(mayCollide: false);
            return letters;
        },
        cancellationToken);

    private Participant Join(Guid ticketId, DirectoryUser user)
    {
        var participant = new Participant(
            ticketId, ParticipantKind.Agent, user.Id, TextRules.NormalizeEmail(user.Email), TextRules.Cut(user.Name, TicketLimits.NameLength), ReplyToken.Create());
        db.Participants.Add(participant);
        return participant;
    }

    private async Task SendAsync(IReadOnlyList<Letter> letters, Ticket ticket, TicketEventPayload payload, CancellationToken cancellationToken)
    {
        if (letters.Count == 0)
            return;

        var notifications = await composer.ComposeAsync(letters, ticket, payload, cancellationToken);
        var refused = new List<(Letter Letter, string Error)>();
        Exception? failure = null;
        foreach (var (letter, notification) in letters.Zip(notifications))
        {
            try
            {
                await sender.SendAsync(notification, cancellationToken);
                await MarkAsync(letter.Row, NotificationState.Sent, error: null);
            }
            catch (PermanentFailureException exception)
            {
                refused.Add((letter, exception.Message));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The others need not wait until this one can be reached. What the sender has left in the context is not ours to store.
                failure = exception;
                db.Context.ChangeTracker.Clear();
            }
        }

        foreach (var (letter, error) in refused)
            await RefusedAsync(letter, ticket, error);
        if (failure is not null)
            throw new NotificationsFailedException(failure.Message, failure);
    }

    // Also while the process stops: what was sent must not be sent again.
    private Task MarkAsync(TicketNotification row, NotificationState state, string? error) => runner.RunAsync(
        "notification.mark",
        async (attempt, _) =>
        {
            if (db.Dialect.HasSingleWriter)
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
        // Who has no address was never to be reached this way: that is no news.
        if (letter.Row.Email is not null)
            await RecordAsync(ticket.Id, $"{letter.Person.Name} could not be told: {error}");
        await MarkAsync(letter.Row, NotificationState.Refused, TextRules.Cut(error, TicketLimits.ReasonLength));
    }

    private Task RecordAsync(Guid ticketId, string reason) => runner.RunAsync(
        "notification.refused",
        async (attempt, token) =>
        {
            await attempt.LockAsync(ticketId, token);
            var ticket = await db.Tickets.AsTracking().FirstOrDefaultAsync(t => t.Id == ticketId, token);
            if (ticket is null || !await attempt.TrackAsync(ticket, token))
                return false;

            var change = new TicketChange(ticket, Self, TicketRole.System, clock.GetStorableNow(ticket), TicketRules.From(options.Value));
            change.Record("undeliverable", eventKind: null, isPublic: false, reason: reason);
            attempt.Store(change);
            return true;
        },
        CancellationToken.None);

    private sealed record Person(NotificationPlan.Told Told, DirectoryUser? User);
}
