using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Tells people of an event by one sender. First it decides whom, and stores that with a delivery for each; then it tells each of them, whenever that succeeds.</summary>
internal sealed class NotificationHandler(
    string name,
    INotificationSender sender,
    HelpDeskDb db,
    CommandRunner runner,
    NotificationPlan plan,
    NotificationComposer composer,
    AutomaticMailCaps caps,
    IUserDirectory directory,
    ITicketAccess access,
    INotificationPreferences preferences,
    TimeProvider clock,
    IOptions<HelpDeskOptions> options,
    ILogger<NotificationHandler> logger) : IRecipientHandler
{
    private static readonly Actor Self = Actor.System("notifications");

    public async Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken)
    {
        // Null where it was deleted since it was claimed.
        if (await FindTicketAsync(ticketEvent, cancellationToken) is not { } ticket)
            return;

        var planned = await plan.MakeAsync(ticketEvent, ticketEvent.ReadPayload(), ticket, cancellationToken);
        if (ticketEvent.Kind == TicketEventKinds.TicketAssigned && planned.Count > 0)
            planned = await WithoutActorsAsync(planned, ticketEvent, cancellationToken);
        var told = await WhoWantsAsync(planned, ticket, cancellationToken);
        if (told.Count > 0)
            await WriteAsync(ticketEvent, ticket, told, cancellationToken);
    }

    public async Task HandleAsync(TicketEvent ticketEvent, Guid participantId, CancellationToken cancellationToken)
    {
        var eventId = ticketEvent.Id;
        var letter = await db.Notifications.AsNoTracking().Where(row => row.EventId == eventId && row.Sender == name && row.ParticipantId == participantId)
            .Join(db.Participants.AsNoTracking(), row => row.ParticipantId, person => person.Id, (row, person) => new Letter(row, person))
            .FirstOrDefaultAsync(cancellationToken);
        if (letter is not { Row.State: NotificationState.Pending } || await FindTicketAsync(ticketEvent, cancellationToken) is not { } ticket)
            return;

        // Since it was decided, days may have passed.
        if (letter.IsForAgent && !await MaySeeAsync(letter.Person.UserId!, ticket, cancellationToken))
            await MarkAsync(letter.Row, NotificationState.Refused, "May no longer see the ticket.");
        else if (await caps.FindAsync(letter, ticket, cancellationToken) is { } cap)
            await RefusedAsync(letter, ticket, cap);
        else
            await SendAsync(letter, ticket, ticketEvent.ReadPayload(), cancellationToken);
    }

    /// <summary>The library assigns in the commit of somebody's command. Whom it then chooses may be the one who gave it, and knows.</summary>
    private async Task<IReadOnlyList<NotificationPlan.Told>> WithoutActorsAsync(
        IReadOnlyList<NotificationPlan.Told> planned, TicketEvent ticketEvent, CancellationToken cancellationToken)
    {
        var (ticketId, version) = (ticketEvent.TicketId, ticketEvent.Version);
        var payloads = await db.Events.AsNoTracking().Where(e => e.TicketId == ticketId && e.Version == version).Select(e => e.Payload).ToListAsync(cancellationToken);
        var actors = payloads.Select(TicketEventPayload.Parse).Where(payload => payload.ActorKind != TicketRole.System).Select(payload => payload.ActorId).ToHashSet();
        return [.. planned.Where(one => !actors.Contains(one.UserId))];
    }

    private Task<Ticket?> FindTicketAsync(TicketEvent ticketEvent, CancellationToken cancellationToken)
    {
        var id = ticketEvent.TicketId;
        return db.Tickets.AsNoTracking().FirstOrDefaultAsync(ticket => ticket.Id == id, cancellationToken);
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
                if (isKnown && (!one.IsAgent || await MaySeeAsync(one.UserId!, ticket, cancellationToken)))
                    wanted.Add(new Person(one, user));
            }
        }

        return wanted;
    }

    // A host may let agents see some tickets only; what one must not see is not sent either. Directories keep the roles in a cache.
    private async Task<bool> MaySeeAsync(string agentId, Ticket ticket, CancellationToken cancellationToken) =>
        access.Allows(Actor.User(agentId, await directory.GetRolesAsync(agentId, cancellationToken)), ticket, TicketAction.ReadInternal);

    /// <summary>Writes down who is told, behind the ticket's lock, under which the others write who take part.</summary>
    private Task WriteAsync(TicketEvent ticketEvent, Ticket ticket, IReadOnlyList<Person> told, CancellationToken cancellationToken) => runner.RunAsync(
        "notification.plan",
        async (attempt, token) =>
        {
            await attempt.LockAsync(ticket.Id, evenFirst: true, token);
            var payload = ticketEvent.ReadPayload();
            var (ticketId, eventId, version) = (ticket.Id, ticketEvent.Id, ticketEvent.Version);
            var people = await db.Participants.AsNoTracking().Where(person => person.TicketId == ticketId).ToListAsync(token);
            var rows = await db.Notifications.AsNoTracking()
                .Where(row => row.TicketId == ticketId && row.Sender == name && row.Version == version)
                .Select(row => new { row.ParticipantId, row.EventId })
                .ToListAsync(token);
            // It was all written, by a process that did not live to say so.
            if (rows.Exists(row => row.EventId == eventId))
                return false;

            foreach (var (one, user) in told)
            {
                var participant = people.Find(person => one.ParticipantId is { } id ? person.Id == id : person.UserId == one.UserId) ?? Join(ticketId, user!);
                // Whom a command concerned already, as one who was opened a ticket or answered, need not hear that it is also assigned to them.
                var isSaid = one.Kind == NotificationKind.Assigned && rows.Exists(row => row.ParticipantId == participant.Id);
                var isAutomatic = NotificationComposer.IsAutomatic(one.Kind, payload);
                var isUnreachable = participant.Undeliverable || (one.UserId is null && participant.Email is null);
                if (isUnreachable || (isAutomatic && (participant.NoAutomaticMail || participant.Complained)) || isSaid)
                    continue;

                var email = one.UserId is null ? participant.Email : TextRules.NormalizeEmail(user?.Email);
                var row = new TicketNotification(eventId, name, ticketId, ticketEvent.TicketSequence, version, participant.Id, one.Kind, isAutomatic && payload.ActorKind != TicketRole.Agent, email, clock.GetStorableNow());
                row.MessageId = $"<{row.Id:N}@{options.Value.Notifications.MessageIdDomain ?? "helpdesk.invalid"}>";
                db.Notifications.Add(row);
                db.Deliveries.Add(new Delivery(eventId, name, ticketId, ticketEvent.TicketSequence, clock.GetStorableNow(), $"{participant.Id:N}"));
            }

            attempt.StoreRows(mayCollide: true);
            return true;
        },
        cancellationToken);

    private Participant Join(Guid ticketId, DirectoryUser user)
    {
        var participant = new Participant(
            ticketId, ParticipantKind.Agent, user.Id, TextRules.NormalizeEmail(user.Email), TextRules.Cut(user.Name, TicketLimits.NameLength), ReplyToken.Create());
        db.Participants.Add(participant);
        return participant;
    }

    private async Task SendAsync(Letter letter, Ticket ticket, TicketEventPayload payload, CancellationToken cancellationToken)
    {
        var notification = await composer.ComposeAsync(letter, ticket, payload, cancellationToken);
        string? refusal = null;
        try
        {
            await sender.SendAsync(notification, cancellationToken);
        }
        catch (PermanentFailureException exception)
        {
            refusal = exception.Message;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new NotificationFailedException(exception);
        }

        if (refusal is not null)
            await RefusedAsync(letter, ticket, refusal);
        else
            await MarkAsync(letter.Row, NotificationState.Sent, error: null);
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
