using System.Globalization;
using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

internal sealed class InboundMailbox(
    HelpDeskDb db, CommandRunner runner, InboundHandler handler, InboundFiles files, InboundPump pump, InboundLedger ledger, ITicketAccess access, IUserDirectory directory) : IInboundMailbox
{
    public async Task<InboundMailPage> ListAsync(ListInboundMail query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RequireAgent(query.Actor);
        if (query.State is not (InboundMailState.Held or InboundMailState.Failed))
            throw new ValidationException("state", "Use one of: held, failed.");
        if (query.Limit is < 1 or > 100)
            throw new ValidationException("limit", "Use 1 to 100.");

        var list = $"inbound|{query.State}|{query.Actor.Id}";
        var mails = Visible(query.Actor).Where(row => row.Mail.State == query.State);
        if (query.Cursor is { } cursor)
        {
            var (at, id) = ReadPosition(Cursor.Read(list, cursor));
            mails = mails.Where(row => row.Mail.ReceivedAt <= at && (row.Mail.ReceivedAt < at || row.Mail.Id.CompareTo(id) < 0));
        }

        var rows = await mails.OrderByDescending(row => row.Mail.ReceivedAt).ThenByDescending(row => row.Mail.Id).Take(query.Limit + 1).ToListAsync(cancellationToken);
        var last = rows.Count > query.Limit ? rows[query.Limit - 1].Mail : null;
        return new InboundMailPage
        {
            Mails = [.. rows.Take(query.Limit).Select(row => row.View())],
            NextCursor = last is null ? null : Cursor.Create(list, string.Create(CultureInfo.InvariantCulture, $"{last.ReceivedAt.UtcTicks}|{last.Id:N}")),
        };
    }

    public async Task<InboundMailView> ReleaseAsync(ReleaseInboundMail command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        var row = await RequireAsync(actor, command.Mail, cancellationToken);
        if (row.Mail.State != InboundMailState.Held)
            throw NotIn("held", row.Mail);

        var ticketId = command.Ticket is { } key ? await FindTicketAsync(key, actor, cancellationToken) : row.Mail.TicketId;
        var people = await People.FindAsync(directory, [actor.Kind == ActorKind.User ? actor.Id : null], cancellationToken);
        var name = actor.Kind == ActorKind.User ? people.Name(actor.Id, null) : actor.Id;
        try
        {
            var claim = new ClaimedMail(row.Mail.Id, row.Mail.Attempts) { State = InboundMailState.Held };
            if (await handler.ReleaseAsync(claim, row.Mail, ticketId, name, cancellationToken) is null)
                throw new ConflictException();
        }
        catch (UnreadableMailException exception)
        {
            throw new ValidationException("id", exception.Message);
        }

        return await ViewAsync(actor, command.Mail, cancellationToken);
    }

    public async Task<InboundMailView> RejectAsync(RejectInboundMail command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        var row = await RequireAsync(actor, command.Mail, cancellationToken);
        if (row.Mail.State is not (InboundMailState.Held or InboundMailState.Failed))
            throw NotIn("held or failed", row.Mail);

        var people = await People.FindAsync(directory, [actor.Kind == ActorKind.User ? actor.Id : null], cancellationToken);
        await ChangeAsync(row.Mail, mail => mail.Settle(InboundMailState.Rejected, $"Rejected by {(actor.Kind == ActorKind.User ? people.Name(actor.Id, null) : actor.Id)}. {mail.Reason}", mail.TicketId), cancellationToken);
        return await ViewAsync(actor, command.Mail, cancellationToken);
    }

    public async Task<InboundMailView> RetryAsync(RetryInboundMail command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var row = await RequireAsync(command.Actor, command.Mail, cancellationToken);
        if (row.Mail.State != InboundMailState.Failed)
            throw NotIn("failed", row.Mail);

        var again = await ChangeAsync(row.Mail, mail => mail.TryAgain(ledger.LeaseFromNow()), cancellationToken);
        await pump.ProcessAsync(new ClaimedMail(again.Id, again.Attempts), cancellationToken);
        return await ViewAsync(command.Actor, command.Mail, cancellationToken);
    }

    public async Task<Stream?> OpenRawAsync(GetRawInboundMail query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RequireAgent(query.Actor);
        var row = await Visible(query.Actor).FirstOrDefaultAsync(row => row.Mail.Id == query.Mail, cancellationToken);
        if (row is not { Mail.State: InboundMailState.Held or InboundMailState.Failed })
            return null;

        try
        {
            return await files.OpenAsync(row.Mail, cancellationToken);
        }
        catch (UnreadableMailException)
        {
            return null;
        }
    }

    /// <summary>Changes a mail in the state in which it was seen.</summary>
    private Task<InboundMail> ChangeAsync(InboundMail seen, Action<InboundMail> change, CancellationToken cancellationToken) => runner.RunAsync(
        "inbound.decide",
        async (attempt, token) =>
        {
            var mail = await db.InboundMail.AsTracking().FirstOrDefaultAsync(row => row.Id == seen.Id, token);
            if (mail is null || !await attempt.TrackAsync(mail, token) || mail.State != seen.State)
                throw new ConflictException();

            change(mail);
            attempt.StoreRows(mayCollide: false);
            return mail;
        },
        cancellationToken);

    private async Task<InboundRow> RequireAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        RequireAgent(actor);
        return await Visible(actor).FirstOrDefaultAsync(row => row.Mail.Id == id, cancellationToken) ?? throw new NotFoundException();
    }

    /// <summary>What became of a mail, for whoever decided so: also where its ticket is not theirs to see.</summary>
    private async Task<InboundMailView> ViewAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var decided =
            from mail in db.InboundMail.AsNoTracking()
            from ticket in access.Visible(db.Tickets.AsNoTracking(), actor).Where(ticket => ticket.Id == mail.TicketId).DefaultIfEmpty()
            select new InboundRow { Mail = mail, Ticket = ticket };
        return (await decided.FirstOrDefaultAsync(row => row.Mail.Id == id, cancellationToken) ?? throw new NotFoundException()).View();
    }

    private async Task<Guid> FindTicketAsync(TicketKey key, Actor actor, CancellationToken cancellationToken)
    {
        var ticket = await key.In(access.Visible(db.Tickets.AsNoTracking(), actor)).FirstOrDefaultAsync(cancellationToken);
        return ticket is not null && access.Allows(actor, ticket, TicketAction.ReadInternal) ? ticket.Id : throw new ValidationException("ticket", "There is no such ticket that you can answer as an agent.");
    }

    /// <summary>Mail that hints at no ticket is every agent's; else it is theirs who see the ticket as agents: in their own they are the requester.</summary>
    private IQueryable<InboundRow> Visible(Actor actor)
    {
        var self = actor.Kind == ActorKind.User ? actor.Id : null;
        return
            from mail in db.InboundMail.AsNoTracking()
            from ticket in access.Visible(db.Tickets.AsNoTracking(), actor).Where(ticket => ticket.Id == mail.TicketId && (ticket.RequesterId == null || ticket.RequesterId != self)).DefaultIfEmpty()
            where mail.TicketId == null || ticket != null
            select new InboundRow { Mail = mail, Ticket = ticket };
    }

    private static void RequireAgent(Actor actor)
    {
        if (!actor.IsAgent && actor.Kind != ActorKind.System)
            throw new ForbiddenException();
    }

    private static ValidationException NotIn(string states, InboundMail mail) => new("state", $"The mail is {Words.Of(mail.State)}. This is for mail that is {states}.");

    private static (DateTimeOffset At, Guid Id) ReadPosition(string text)
    {
        var parts = text.Split('|');
        return parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks && Guid.TryParseExact(parts[1], "N", out var id)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : throw new InvalidCursorException();
    }

    private sealed class InboundRow
    {
        public required InboundMail Mail { get; init; }

        public required Ticket? Ticket { get; init; }

        public InboundMailView View() => new()
        {
            Id = Mail.Id,
            State = Mail.State,
            Reason = $"{Mail.Reason} {Mail.Remarks}".Trim(),
            From = Mail.From.Length > 0 ? Mail.From : Mail.Sender,
            To = Mail.Recipient,
            Subject = Mail.Subject,
            Text = Mail.Excerpt ?? "",
            ReceivedAt = Mail.ReceivedAt,
            Ticket = Ticket is null ? null : new TicketReference(Ticket.Id, Ticket.Number, Ticket.Status),
        };
    }
}
