using HelpDesk.Numbering;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>The commands. Each coordinates: the model decides, the runner stores, and what is answered is known before the commit.</summary>
internal sealed partial class TicketService(
    HelpDeskDb db,
    CommandRunner runner,
    TicketCounters counters,
    Idempotency idempotency,
    ITicketNumberGenerator numbers,
    Assigner assigner,
    Roster roster,
    SlaKeeper sla,
    StoredFiles files,
    InboundLedger ledger,
    ITicketAccess access,
    IUserDirectory directory,
    TimeProvider clock,
    IOptions<HelpDeskOptions> options) : ITicketService
{
    private const string OpenRoute = "open";
    private const string ReplyRoute = "reply";

    public async Task<TicketConversation> OpenAsync(OpenTicket command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        var mayActForOthers = actor.HasAgentRights;
        var check = new InputCheck(options.Value);
        var draft = new Draft(
            check.Subject(command.Subject),
            check.Body(command.Body),
            command.Priority,
            check.Category(command.Category),
            mayActForOthers ? command.RequesterId : null,
            mayActForOthers ? command.RequesterEmail : null,
            LinkedTicketId: null);
        check.Defined("priority", command.Priority);
        check.Attachments(command.Attachments);
        check.IdempotencyKey(command.IdempotencyKey);
        check.ThrowIfWrong();

        var done = await runner.RunAsync<Func<TicketConversation>>(
            "ticket.open",
            async (attempt, token) =>
            {
                var now = clock.GetStorableNow();
                var sent = await FindFilesAsync(command.Attachments, actor, command.IdempotencyKey, attempt, token);
                var claim = await idempotency.FindAsync(actor, OpenRoute, command.IdempotencyKey, new { draft, sent.Facts }, now, token);
                if (claim is { IsDone: true })
                {
                    var stored = await GetAsync(new GetTicket { Actor = actor, Ticket = claim.Row.TicketId }, token) ?? throw new NotFoundException();
                    return () => stored;
                }

                var opened = await OpenAsync(attempt, actor, draft, sent, now, token);
                claim?.Complete(attempt, opened.Row.Ticket.Id, opened.Message.Message.Id);
                return () => Conversation(opened.Row, opened.IsInternal, [opened.Message], olderMessages: null, opened.People);
            },
            cancellationToken);
        return done();
    }

    public async Task<MessageReceipt> ReplyAsync(ReplyToTicket command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        var check = new InputCheck(options.Value);
        var body = check.Body(command.Body);
        check.Attachments(command.Attachments);
        check.IdempotencyKey(command.IdempotencyKey);
        check.ThrowIfWrong();

        var done = await runner.RunAsync<Func<MessageReceipt>>(
            "ticket.reply",
            async (attempt, token) =>
            {
                var loaded = await RequireAsync(command.Ticket, actor, attempt, token);
                var ticket = loaded.Row.Ticket;
                var now = clock.GetStorableNow(ticket);
                var isNote = command.IsPrivate && loaded.IsInternal;
                Demand(actor, ticket, isNote ? TicketAction.Note : TicketAction.Reply);
                var sent = await FindFilesAsync(command.Attachments, actor, command.IdempotencyKey, attempt, token);
                var claim = await idempotency.FindAsync(actor, ReplyRoute, command.IdempotencyKey, new { ticket.Id, body, isNote, sent.Facts }, now, token);
                if (claim is { IsDone: true })
                {
                    var stored = await ReceiptAsync(claim.Row, actor, token);
                    return () => stored;
                }

                RequireVersion(loaded, command.IfVersion);
                sent.RequireAll();
                var change = new TicketChange(ticket, actor, loaded.Role, now, TicketRules.From(options.Value));
                var isOver = ticket.Status is TicketStatus.Resolved or TicketStatus.Closed;
                if (loaded.Role == TicketRole.Requester && isOver && !ticket.TakesReply(change))
                {
                    var draft = new Draft(ticket.Subject, body, ticket.Priority, ticket.Category, ticket.RequesterId, RequesterEmail: null, ticket.Id);
                    var opened = await OpenAsync(attempt, actor, draft, sent, now, token);
                    claim?.Complete(attempt, opened.Row.Ticket.Id, opened.Message.Message.Id);
                    return () => Receipt(opened.Row.Ticket, opened.IsInternal, opened.Message, opened.People);
                }

                if (isNote)
                    ticket.Note(change, body);
                else
                    ticket.Reply(change, body);

                var people = await People.FindAsync(directory, [actor.Kind == ActorKind.User ? actor.Id : null], token);
                Join(loaded, change, people);
                if (isNote)
                    attempt.Store(change, mayCollide: Joins(loaded, change));
                else
                    await StoreAsync(attempt, change, loaded, people, token);
                var message = change.Messages[0];
                var attachments = Attach(attempt, message, sent);
                claim?.Complete(attempt, ticket.Id, message.Id);
                return () => Receipt(ticket, loaded.IsInternal, Written(message, actor, people, attachments), people);
            },
            cancellationToken);
        return done();
    }

    public async Task<TicketView> ChangeAsync(ChangeTicket command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        var check = new InputCheck(options.Value);
        var subject = command.Subject.IsPresent ? check.Subject(command.Subject.Value) : null;
        var category = command.Category.IsPresent ? check.Category(command.Category.Value) : null;
        check.Defined("priority", command.Priority.Or(TicketPriority.Normal));
        check.Defined("status", command.Status.Or(TicketStatus.Open));
        check.ThrowIfWrong();

        var done = await runner.RunAsync<Func<TicketView>>(
            "ticket.change",
            async (attempt, token) =>
            {
                var loaded = await RequireAsync(command.Ticket, actor, attempt, token);
                var ticket = loaded.Row.Ticket;
                var now = clock.GetStorableNow(ticket);
                Demand(actor, ticket, TicketAction.Change);
                if (command.AssigneeId.IsPresent)
                    Demand(actor, ticket, TicketAction.Assign);
                RequireVersion(loaded, command.IfVersion);
                await RequireAssignableAsync(command.AssigneeId.Value, token);

                var change = new TicketChange(ticket, actor, loaded.Role, now, TicketRules.From(options.Value));
                ticket.Describe(
                    change, subject ?? ticket.Subject, command.Priority.Or(ticket.Priority), command.Category.IsPresent ? category : ticket.Category);
                if (command.Status.IsPresent)
                    ticket.SetStatus(change, command.Status.Value);
                if (command.DueAt.IsPresent)
                    SetDue(change, command.DueAt.Value, loaded.Targets);
                if (command.AssigneeId.IsPresent)
                    ticket.Assign(change, command.AssigneeId.Value, reason: null);

                var people = await People.FindAsync(directory, loaded.Row.UserIds, token);
                await StoreAsync(attempt, change, loaded, people, token, isAssignedByHand: command.AssigneeId.IsPresent);
                return () => TicketProjection.View(loaded.Row, loaded.IsInternal, people);
            },
            cancellationToken);
        return done();
    }

    public Task<TicketView> ResolveAsync(ResolveTicket command, CancellationToken cancellationToken = default) =>
        MoveAsync(command, TicketAction.Resolve, static (ticket, change, body) => ticket.Resolve(change, body), cancellationToken);

    public Task<TicketView> CloseAsync(CloseTicket command, CancellationToken cancellationToken = default) =>
        MoveAsync(command, TicketAction.Close, static (ticket, change, body) => ticket.Close(change, body), cancellationToken);

    public Task<TicketView> ReopenAsync(ReopenTicket command, CancellationToken cancellationToken = default) =>
        MoveAsync(command, TicketAction.Reopen, static (ticket, change, body) => ticket.Reopen(change, body), cancellationToken);

    private async Task<TicketView> MoveAsync(
        TicketMoveCommand command, TicketAction action, Action<Ticket, TicketChange, string?> move, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        var check = new InputCheck(options.Value);
        var body = check.Message(command.Message);
        check.ThrowIfWrong();

        var done = await runner.RunAsync<Func<TicketView>>(
            $"ticket.{Words.Of(action)}",
            async (attempt, token) =>
            {
                var loaded = await RequireAsync(command.Ticket, actor, attempt, token);
                var ticket = loaded.Row.Ticket;
                var now = clock.GetStorableNow(ticket);
                Demand(actor, ticket, action);
                RequireVersion(loaded, command.IfVersion);

                var change = new TicketChange(ticket, actor, loaded.Role, now, TicketRules.From(options.Value));
                move(ticket, change, body);

                var people = await People.FindAsync(
                    directory, [.. loaded.Row.UserIds, actor.Kind == ActorKind.User ? actor.Id : null], token);
                if (body is not null)
                    Join(loaded, change, people);
                await StoreAsync(attempt, change, loaded, people, token);
                var row = body is null ? loaded.Row : loaded.Row.With(new StoredLastMessage(new StoredAuthor(actor.Id, null, loaded.Role), now));
                return () => TicketProjection.View(row, loaded.IsInternal, people);
            },
            cancellationToken);
        return done();
    }

    /// <summary>Stores a change of an existing ticket, with what follows from it: due times, and an agent where it was reopened.</summary>
    private async Task StoreAsync(
        CommandTry attempt, TicketChange change, Loaded loaded, People people, CancellationToken cancellationToken, bool isAssignedByHand = false)
    {
        var ticket = change.Ticket;
        var writesTarget = await sla.FollowAsync(change, loaded.Targets, loaded.WasEnded, cancellationToken);
        if (change.Deeds.Count == 0)
            return;

        var isReopened = change.StatusBefore is TicketStatus.Resolved or TicketStatus.Closed && !ticket.IsEnded;
        var hasAgent = isAssignedByHand || (change.Actor.IsAssignable && ticket.AssigneeId == change.Actor.Id);
        if (assigner.IsOn && isReopened && !hasAgent)
            attempt.Store(change, async token => people.Add((await assigner.KeepOrAssignAsync(change, attempt, token)).Agent), mayCollide: true);
        else
            attempt.Store(change, mayCollide: writesTarget || (change.Messages.Count > 0 && Joins(loaded, change)));
    }

    private async Task<Opened> OpenAsync(CommandTry attempt, Actor actor, Draft draft, CommandFiles sent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        sent.RequireAll();
        var (requester, people) = await RequesterAsync(actor, draft, cancellationToken);
        return await OpenAsync(attempt, actor, draft, requester, people, sent, now, cancellationToken);
    }

    /// <summary>Prepares a new ticket with requester and first message; the number is taken just before the save.</summary>
    private async Task<Opened> OpenAsync(
        CommandTry attempt, Actor actor, Draft draft, Requester requester, People people, CommandFiles sent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ticket = new Ticket(requester.UserId, draft.Subject, draft.Priority, draft.Category, actor.Channel, draft.LinkedTicketId, now);
        db.Tickets.Add(ticket);
        var participant = new Participant(ticket.Id, ParticipantKind.Requester, requester.UserId, requester.Email, Cut(requester.Name), ReplyToken.Create())
        {
            NoAutomaticMail = requester.NoAutomaticMail,
            Complained = requester.Complained,
        };
        db.Participants.Add(participant);
        ticket.HasRequester(participant);

        var isOwn = actor.Kind == ActorKind.User && requester.UserId == actor.StoredId;
        var role = actor.Kind == ActorKind.System ? TicketRole.System : isOwn || !actor.IsAgent ? TicketRole.Requester : TicketRole.Agent;
        var change = new TicketChange(ticket, actor, role, now, TicketRules.From(options.Value));
        ticket.Open(change, draft.Body, draft.Reason);
        if (isOwn)
            change.Messages[0].AuthorParticipantId = participant.Id;
        else
            Join(ticket, change, people);

        await sla.FollowAsync(change, known: [], wasEnded: false, cancellationToken);
        attempt.Store(change, async token =>
        {
            ticket.Numbered(await NextNumberAsync(ticket, attempt, now, token));
            // After whatever wait the number may have cost: the loads must be those of now.
            if (assigner.IsOn)
                people.Add((await assigner.AssignAsync(change, attempt, token)).Agent);
        });
        var attachments = Attach(attempt, change.Messages[0], sent);
        var first = new StoredLastMessage(new StoredAuthor(actor.Id, null, role), now);
        var row = new TicketRow { Ticket = ticket, RequesterName = requester.Name, RequesterEmail = requester.Email, Last = first, LastPublic = first };
        return new Opened(row, access.Allows(actor, ticket, TicketAction.ReadInternal), Written(change.Messages[0], actor, people, attachments), people);
    }

    private async Task<(Requester Requester, People People)> RequesterAsync(Actor actor, Draft draft, CancellationToken cancellationToken)
    {
        if (draft.RequesterId is not null && draft.RequesterEmail is not null)
            throw new ValidationException("requesterId", "Name the requester by id or by e-mail address, not by both.");

        if (draft.RequesterId is { } id && (id.Length is 0 or > TicketLimits.KeyLength || !TextRules.IsStorable(id)))
            throw new ValidationException("requesterId", "There is no such user.");

        var owner = draft.RequesterEmail is { } address ? await FindByEmailAsync(address, cancellationToken) : null;
        var mailOnly = draft.RequesterEmail is not null && owner is null ? TextRules.NormalizeEmail(draft.RequesterEmail) : null;
        var actorId = actor.Kind == ActorKind.User ? actor.Id : null;
        var requesterId = owner?.Id ?? draft.RequesterId ?? (mailOnly is null ? actorId : null);
        var people = await People.FindAsync(directory, [requesterId, actorId], cancellationToken);
        if (mailOnly is not null)
            return (new Requester(null, mailOnly, mailOnly[..mailOnly.IndexOf('@', StringComparison.Ordinal)]), people);
        if (requesterId is null)
            throw new ValidationException("requesterId", "A job opens tickets on behalf of somebody: name the requester.");

        var user = people.Find(requesterId);
        if (user is null && requesterId != actorId)
            throw new ValidationException("requesterId", "There is no such user.");
        return (new Requester(requesterId, TextRules.NormalizeEmail(user?.Email), people.Name(requesterId, null)), people);
    }

    private async Task<DirectoryUser?> FindByEmailAsync(string address, CancellationToken cancellationToken)
    {
        var email = TextRules.NormalizeEmail(address) ?? throw new ValidationException("requesterEmail", "This is no e-mail address.");
        return await directory.FindByEmailAsync(email, cancellationToken);
    }

    private async Task<string> NextNumberAsync(Ticket ticket, CommandTry attempt, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var context = new TicketNumberContext
        {
            Now = now,
            RequesterId = ticket.RequesterId,
            Category = ticket.Category,
            Channel = ticket.Channel,
            NextAsync = (scope, token) => counters.NextAsync(scope, attempt, token),
        };
        var number = await numbers.NextAsync(context, cancellationToken);
        var isUsable = number is { Length: > 0 and <= TicketLimits.NumberLength }
            && TextRules.IsStorable(number)
            && !number.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '/')
            && TicketKey.Parse(number).Number is not null;
        if (!isUsable)
        {
            throw new InvalidOperationException(
                $"{numbers.GetType().Name} returned the number '{number}'. A number has 1 to {TicketLimits.NumberLength} characters without white space or '/', and is no Guid.");
        }

        return number;
    }

    private async Task<Loaded> RequireAsync(TicketKey key, Actor actor, CommandTry attempt, CancellationToken cancellationToken)
    {
        await attempt.LockAsync(key, cancellationToken);
        var actorId = actor.Id;
        var found = await TicketProjection.Rows(db, key.In(access.Visible(db.Tickets.AsTracking(), actor)))
            .Select(row => new
            {
                Row = row,
                Targets = db.Targets
                    .Where(target => target.TicketId == row.Ticket.Id
                        && !db.Targets.Any(later => later.TicketId == target.TicketId && later.Kind == target.Kind && later.Instance > target.Instance))
                    .ToList(),
                WasEnded = db.Audit.Any(entry => entry.TicketId == row.Ticket.Id && (entry.Changes.Contains("\"resolved\"") || entry.Changes.Contains("\"closed\""))),
                ParticipantId = db.Participants.Where(p => p.TicketId == row.Ticket.Id && p.UserId == actorId).Select(p => (Guid?)p.Id).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null || !await attempt.TrackAsync(found.Row.Ticket, cancellationToken) || !access.Allows(actor, found.Row.Ticket, TicketAction.Read))
            throw new NotFoundException();

        var targets = new List<TicketTarget>();
        foreach (var target in found.Targets)
        {
            if (await attempt.TrackAsync(target, cancellationToken))
                targets.Add(target);
        }

        var isInternal = access.Allows(actor, found.Row.Ticket, TicketAction.ReadInternal);
        var role = actor.Kind == ActorKind.System ? TicketRole.System : isInternal ? TicketRole.Agent : TicketRole.Requester;
        return new Loaded(found.Row, targets, found.WasEnded, found.ParticipantId, isInternal, role);
    }

    private void Demand(Actor actor, Ticket ticket, TicketAction action)
    {
        if (!access.Allows(actor, ticket, action))
            throw new ForbiddenException();
    }

    private static void RequireVersion(Loaded loaded, Guid? version)
    {
        var current = loaded.IsInternal ? loaded.Row.Ticket.Version : loaded.Row.Ticket.PublicVersion;
        if (version is not null && version != current)
            throw new VersionMismatchException(current);
    }

    private async Task RequireAssignableAsync(string? assigneeId, CancellationToken cancellationToken)
    {
        if (assigneeId is null)
            return;
        var isAssignable = assigneeId.Length is > 0 and <= TicketLimits.KeyLength
            && TextRules.IsStorable(assigneeId)
            && (await directory.GetRolesAsync(assigneeId, cancellationToken)).HasFlag(HelpDeskRoles.Support);
        if (!isAssignable)
            throw new ValidationException("assigneeId", "Tickets can be assigned to agents of the role support only.");
    }

    private void SetDue(TicketChange change, DateTimeOffset? dueAt, List<TicketTarget> targets)
    {
        var ticket = change.Ticket;
        if (ticket.IsEnded)
        {
            // What was promised is judged. Giving back what cannot be due is nothing.
            if (dueAt is not null)
                throw new ValidationException("dueAt", "A ticket that is resolved or closed is not due. Reopen it first.");
            return;
        }

        var due = dueAt?.ToUniversalTime();
        if (due is { } time)
        {
            if (time < ticket.CreatedAt || time >= Ticket.NeverDue)
                throw new ValidationException("dueAt", "A due time lies after the opening of the ticket and before the year 9999-12-31.");
            due = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
        }

        var target = targets.Find(target => target.Kind == TargetKind.Resolution);
        if (target is null && due is null)
            return;

        if (target is null)
        {
            db.Targets.Add(target = new TicketTarget(ticket.Id, TargetKind.Resolution, 1, ticket.CreatedAt));
            targets.Add(target);
        }

        Ticket.SetDue(change, target, due);
    }

    /// <summary>Whoever writes is a participant; an agent becomes one with the first message.</summary>
    private void Join(Loaded loaded, TicketChange change, People people)
    {
        if (change.Actor.Kind == ActorKind.User && loaded.ParticipantId is { } id)
            change.Messages[0].AuthorParticipantId = id;
        else
            Join(loaded.Row.Ticket, change, people);
    }

    // A sender of notifications may make the same person a participant at the same time.
    private static bool Joins(Loaded loaded, TicketChange change) => change.Actor.Kind == ActorKind.User && loaded.ParticipantId is null;

    private void Join(Ticket ticket, TicketChange change, People people)
    {
        if (change.Actor.Kind != ActorKind.User)
            return;

        var user = people.Find(change.Actor.Id);
        var kind = change.Role == TicketRole.Agent ? ParticipantKind.Agent : ParticipantKind.Cc;
        var participant = new Participant(
            ticket.Id, kind, change.Actor.Id, TextRules.NormalizeEmail(user?.Email), Cut(people.Name(change.Actor.Id, null)), ReplyToken.Create());
        db.Participants.Add(participant);
        change.Messages[0].AuthorParticipantId = participant.Id;
    }

    private static MessageRow Written(TicketMessage message, Actor actor, People people, IReadOnlyList<AttachmentView> attachments) =>
        new() { Message = message, AuthorName = people.Find(actor.Id)?.Name, Attachments = attachments };

    private static string Cut(string name) => name.Length <= TicketLimits.NameLength ? name : name[..TicketLimits.NameLength];

    private static MessageReceipt Receipt(Ticket ticket, bool isInternal, MessageRow message, People people) => new()
    {
        Message = message.View(isInternal, people),
        TicketId = ticket.Id,
        TicketNumber = ticket.Number,
        TicketStatus = ticket.Status,
        TicketVersion = isInternal ? ticket.Version : ticket.PublicVersion,
    };

    private async Task<MessageReceipt> ReceiptAsync(IdempotencyKey key, Actor actor, CancellationToken cancellationToken)
    {
        var row = await FindRowAsync(key.TicketId, actor, cancellationToken) ?? throw new NotFoundException();
        var isInternal = access.Allows(actor, row.Ticket, TicketAction.ReadInternal);
        var message = await MessageRows(row.Ticket.Id, isInternal).Where(m => m.Message.Id == key.MessageId).FirstOrDefaultAsync(cancellationToken)
            ?? throw new NotFoundException();
        return Receipt(row.Ticket, isInternal, message, await People.FindAsync(directory, [message.Author.UserId], cancellationToken));
    }

    /// <summary>What a new ticket is made from, checked; also what its idempotency key stands for.</summary>
    private sealed record Draft(
        string Subject, string Body, TicketPriority Priority, string? Category, string? RequesterId, string? RequesterEmail, Guid? LinkedTicketId, string? Reason = null);

    private sealed record Requester(string? UserId, string? Email, string Name, bool NoAutomaticMail = false, bool Complained = false);

    private sealed record Opened(TicketRow Row, bool IsInternal, MessageRow Message, People People);

    private sealed record Loaded(TicketRow Row, List<TicketTarget> Targets, bool WasEnded, Guid? ParticipantId, bool IsInternal, TicketRole Role);
}
