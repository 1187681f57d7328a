using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Mail that becomes a message. Its row is settled in the same commit, so that it becomes one message and no second.</summary>
internal sealed partial class TicketService
{
    /// <returns>The ticket; null where somebody else has settled the mail.</returns>
    /// <exception cref="TransitionNotAllowedException">An agent's answer to a closed ticket.</exception>
    public Task<Guid?> TakeMailAsync(MailMessage mail, CancellationToken cancellationToken) => runner.RunAsync<Guid?>(
        "ticket.mail",
        async (attempt, token) =>
        {
            if (await ledger.TakeAsync(mail.Claim, attempt, token) is not { } row)
                return null;

            var sent = (await FindFilesAsync([.. mail.Files.Select(file => file.UploadId)], InboundLedger.Self, idempotencyKey: null, attempt, token)) with { ContentIds = mail.ContentIds };
            sent.RequireAll();
            var (ticket, message) = mail.Decision.TicketId is { } ticketId
                ? await AddMailAsync(attempt, ticketId, mail, sent, token)
                : await OpenByMailAsync(attempt, mail, mail.Subject, linkedTo: null, sent, token);
            message.HasHtml = mail.Html is not null;
            message.HasQuoted = mail.WholeText is not null;
            if (mail.Html is not null || mail.WholeText is not null)
                db.Originals.Add(new MessageOriginal(message.Id, mail.WholeText, mail.Html));
            row.Remarks = mail.Remarks;
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
        var change = new TicketChange(ticket, ActorOf(participant, decision.Author), role, clock.GetStorableNow(ticket), TicketRules.From(options.Value));
        if (!decision.IsNote && role == TicketRole.Requester && ticket.IsEnded && !ticket.TakesReply(change))
            return await OpenByMailAsync(attempt, mail, ticket.Subject, ticket, sent, cancellationToken);

        if (decision.IsNote)
            ticket.Note(change, mail.Body, decision.Reason);
        else
            ticket.Reply(change, mail.Body, decision.Reason);
        // Whoever writes can be reached again.
        if (!decision.IsAutomatic)
            participant.Undeliverable = false;
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
        var requester = new Requester(author.UserId, author.Email, people.Name(author.UserId, author.Name), mail.WantsNoAnswer);
        var draft = new Draft(
            subject, mail.Body, linkedTo?.Priority ?? TicketPriority.Normal, linkedTo?.Category, author.UserId, author.Email, linkedTo?.Id, mail.Decision.Reason);
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

        var author = decision.Author;
        var kind = author.IsAgent && author.UserId != ticket.RequesterId ? ParticipantKind.Agent : ParticipantKind.Cc;
        var joining = new Participant(ticket.Id, kind, author.UserId, author.Email, Cut(author.Name), ReplyToken.Create());
        db.Participants.Add(joining);
        return joining;
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

    public required string Subject { get; init; }

    /// <summary>What its author wrote.</summary>
    public required string Body { get; init; }

    /// <summary>All of the text; null where the body is all of it.</summary>
    public required string? WholeText { get; init; }

    public required string? Html { get; init; }

    public required IReadOnlyList<StagedFile> Files { get; init; }

    public required string? Remarks { get; init; }

    /// <summary>Whether the mail asks that no machine answers it.</summary>
    public required bool WantsNoAnswer { get; init; }

    public IReadOnlyDictionary<Guid, string> ContentIds => Files.Where(file => file.ContentId is not null).ToDictionary(file => file.UploadId, file => file.ContentId!);
}
