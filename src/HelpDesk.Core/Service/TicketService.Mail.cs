using HelpDesk.Inbound;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Mail that becomes a message. Its row is settled in the same commit, so that it becomes one message and no second.</summary>
internal sealed partial class TicketService
{
    private const string NoSubject = "(no subject)";

    /// <returns>The ticket; null where somebody else has settled the mail.</returns>
    /// <exception cref="TransitionNotAllowedException">An agent's answer to a closed ticket.</exception>
    public Task<Guid?> TakeMailAsync(MailMessage mail, CancellationToken cancellationToken) => runner.RunAsync<Guid?>(
        "ticket.mail",
        async (attempt, token) =>
        {
            if (await ledger.TakeAsync(mail.Claim, attempt, token) is not { } row)
                return null;

            var sent = await FindFilesAsync([.. mail.Files.Select(file => file.UploadId)], InboundLedger.Self, idempotencyKey: null, attempt, token);
            sent.RequireAll();
            sent = sent with { ContentIds = mail.ContentIds };
            var (ticket, message) = mail.Decision.TicketId is { } ticketId
                ? await AddMailAsync(attempt, ticketId, mail, sent, token)
                : await OpenByMailAsync(attempt, mail, mail.Head.Subject.Length == 0 ? NoSubject : mail.Head.Subject, linkedTo: null, sent, token);
            message.HasHtml = mail.Html is not null;
            message.HasQuoted = mail.WholeText is not null;
            if (mail.Html is not null || mail.WholeText is not null)
                db.Originals.Add(new MessageOriginal(message.Id, mail.WholeText, mail.Html));
            row.Remarks = mail.Remarks;
            row.Describe(mail.Head);
            row.Become(ticket.Id, message.Id, mail.Decision.Reason);
            return ticket.Id;
        },
        cancellationToken);

    private async Task<(Ticket Ticket, TicketMessage Message)> AddMailAsync(CommandTry attempt, Guid ticketId, MailMessage mail, CommandFiles sent, CancellationToken cancellationToken)
    {
        var loaded = await RequireAsync(ticketId, InboundLedger.Self, attempt, cancellationToken);
        var ticket = loaded.Row.Ticket;
        var decision = mail.Decision;
        var participant = await AuthorAsync(attempt, ticket, decision, cancellationToken);
        var role = participant.Kind == ParticipantKind.Agent ? TicketRole.Agent : TicketRole.Requester;
        var actor = ActorOf(participant, decision.Author);
        // A host may let agents answer some tickets only. What an agent has released, that agent answers for.
        if (role == TicketRole.Agent && mail.Claim.State == InboundMailState.Received)
            Demand(actor, ticket, decision.IsNote ? TicketAction.Note : TicketAction.Reply);
        var change = new TicketChange(ticket, actor, role, clock.GetStorableNow(ticket), TicketRules.From(options.Value));
        if (!decision.IsNote && role == TicketRole.Requester && ticket.IsEnded && !ticket.TakesReply(change))
            return await OpenByMailAsync(attempt, mail, ticket.Subject, ticket, sent, cancellationToken);

        if (decision.IsNote)
            ticket.Note(change, mail.Body, mail.Reason);
        else
            ticket.Reply(change, mail.Body, mail.Reason);
        if (!decision.IsAutomatic && participant.Undeliverable)
        {
            participant.Undeliverable = false;
            if (participant.Email is { } email)
                await CanBeReachedAsync(email, attempt, cancellationToken);
        }

        var message = change.Messages[0];
        message.AuthorParticipantId = participant.Id;
        if (decision.IsNote)
            attempt.Store(change, mayCollide: true);
        else
            await StoreAsync(attempt, change, loaded, await People.FindAsync(directory, [], cancellationToken), cancellationToken);
        Attach(attempt, message, sent);
        return (ticket, message);
    }

    private async Task<(Ticket Ticket, TicketMessage Message)> OpenByMailAsync(
        CommandTry attempt, MailMessage mail, string subject, Ticket? linkedTo, CommandFiles sent, CancellationToken cancellationToken)
    {
        var author = mail.Decision.Author;
        var people = await People.FindAsync(directory, [author.UserId], cancellationToken);
        var (isMarked, hasComplained) = await FindMarksAsync(author.Email, cancellationToken);
        if (isMarked && !mail.Decision.IsAutomatic)
            await CanBeReachedAsync(author.Email!, attempt, cancellationToken);
        var requester = new Requester(author.UserId, author.Email, people.Name(author.UserId, author.Name), mail.WantsNoAnswer, hasComplained);
        var draft = new Draft(
            subject, mail.Body, linkedTo?.Priority ?? TicketPriority.Normal, linkedTo?.Category, author.UserId, author.Email, linkedTo?.Id, mail.Reason);
        var actor = author.UserId is null ? Actor.MailOnly : Actor.User(author.UserId) with { Channel = TicketChannel.Email };
        var opened = await OpenAsync(attempt, actor, draft, requester, people, sent, clock.GetStorableNow(), cancellationToken);
        return (opened.Row.Ticket, opened.Message.Message);
    }

    /// <summary>The author as one who takes part: known by the decision, or joining with this mail.</summary>
    private async Task<Participant> AuthorAsync(CommandTry attempt, Ticket ticket, MailDecision decision, CancellationToken cancellationToken)
    {
        if (decision.ParticipantId is { } id)
        {
            var known = await db.Participants.AsTracking().FirstOrDefaultAsync(person => person.Id == id, cancellationToken);
            if (known is not null && await attempt.TrackAsync(known, cancellationToken))
                return known;
        }

        // Looked for in each try: somebody else may have joined the same person meanwhile.
        var author = decision.Author;
        var (ticketId, email, userId) = (ticket.Id, author.Email, author.UserId);
        var same = await db.Participants.AsTracking().Where(person => person.TicketId == ticketId && ((email != null && person.Email == email) || (userId != null && person.UserId == userId))).ToListAsync(cancellationToken);
        var joined = same.Where(person => person.UserId is null || person.UserId == userId).OrderBy(person => person.Kind == ParticipantKind.Agent ? 0 : 1).FirstOrDefault();
        if (joined is not null && await attempt.TrackAsync(joined, cancellationToken))
            return joined;

        var kind = author.IsAgent && author.UserId != ticket.RequesterId ? ParticipantKind.Agent : ParticipantKind.Cc;
        var joining = new Participant(ticket.Id, kind, author.UserId, author.Email, Cut(author.Name), ReplyToken.Create());
        db.Participants.Add(joining);
        return joining;
    }

    /// <summary>Whoever writes can be reached again, on all of their tickets.</summary>
    private async Task CanBeReachedAsync(string email, CommandTry attempt, CancellationToken cancellationToken)
    {
        await attempt.EnsureTransactionAsync(cancellationToken);
        await db.Participants.Where(person => person.Email == email && person.Undeliverable).ExecuteUpdateAsync(set => set.SetProperty(person => person.Undeliverable, false), cancellationToken);
    }

    /// <summary>Whether mail to the address is known to fail, and whether somebody there has complained of automatic mail.</summary>
    private async Task<(bool IsUndeliverable, bool HasComplained)> FindMarksAsync(string? email, CancellationToken cancellationToken)
    {
        if (email is null)
            return default;

        var marks = await db.Participants.AsNoTracking().Where(person => person.Email == email && (person.Undeliverable || person.Complained))
            .Select(person => new { person.Undeliverable, person.Complained }).Distinct().ToListAsync(cancellationToken);
        return (marks.Exists(mark => mark.Undeliverable), marks.Exists(mark => mark.Complained));
    }

    private static Actor ActorOf(Participant participant, MailAuthor author) => participant.UserId is { } userId
        ? Actor.User(userId, participant.Kind == ParticipantKind.Agent ? author.Roles : HelpDeskRoles.None) with { Channel = TicketChannel.Email }
        : Actor.MailOnly;
}

/// <summary>A mail on its way into a ticket.</summary>
internal sealed record MailMessage
{
    public required ClaimedMail Claim { get; init; }

    public required MailDecision Decision { get; init; }

    public required MailHead Head { get; init; }

    /// <summary>What its author wrote.</summary>
    public required string Body { get; init; }

    /// <summary>All of the text; null where the body is all of it.</summary>
    public required string? WholeText { get; init; }

    public required string? Html { get; init; }

    public required IReadOnlyList<StagedFile> Files { get; init; }

    public required string? Remarks { get; init; }

    /// <summary>Why it is where it is, and what was odd about it, for the history.</summary>
    public string Reason => $"{Decision.Reason} {Remarks}".TrimEnd();

    /// <summary>Whether the mail asks that no machine answers it.</summary>
    public required bool WantsNoAnswer { get; init; }

    public IReadOnlyDictionary<Guid, string> ContentIds => Files.Where(file => file.ContentId is not null).ToDictionary(file => file.UploadId, file => file.ContentId!);
}
