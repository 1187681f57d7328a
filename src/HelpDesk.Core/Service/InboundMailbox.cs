using System.Globalization;
using HelpDesk.Attachments;
using HelpDesk.Inbound;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class InboundMailbox(
    HelpDeskDb db, CommandRunner runner, InboundHandler handler, InboundFiles files, InboundPump pump, InboundLedger ledger, ITicketAccess access, IUserDirectory directory, TimeProvider clock, IOptions<HelpDeskOptions> options) : IInboundMailbox
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
        var mails = db.InboundMailOf(query.Actor, access).Where(row => row.Mail.State == query.State);
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

        if (command is { AsNewTicket: true, Ticket: not null })
            throw new ValidationException("ticket", "A new ticket is none that there is already: name a ticket, or say that it is new.");
        var ticketId = command.Ticket is { } key ? await FindTicketAsync(key, actor, cancellationToken) : command.AsNewTicket ? null : row.Ticket?.Id;
        var name = await NameAsync(actor, cancellationToken);
        try
        {
            using var timeout = new CancellationTokenSource(options.Value.Inbound.ProcessingTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            var claim = new ClaimedMail(row.Mail.Id, row.Mail.Attempts) { State = InboundMailState.Held };
            if (await handler.ReleaseAsync(claim, row.Mail, ticketId, name, either.Token) is null)
                throw new ConflictException();
        }
        catch (UnreadableMailException exception)
        {
            throw new ValidationException("id", exception.Message);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"It took longer than {options.Value.Inbound.ProcessingTimeout}.", exception);
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

        var name = await NameAsync(actor, cancellationToken);
        await ChangeAsync(row.Mail, mail => mail.Settle(InboundMailState.Rejected, $"Rejected by {name}. {mail.Reason}", mail.TicketId), cancellationToken);
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
        var row = await FindAsync(query.Actor, query.Mail, cancellationToken);
        if (row is not { Mail.State: InboundMailState.Held or InboundMailState.Failed })
            return null;

        return await files.OpenAsync(row.Mail, cancellationToken);
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
        return await FindAsync(actor, id, cancellationToken) ?? throw new NotFoundException();
    }

    private async Task<InboundRow?> FindAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        var row = await db.InboundMailOf(actor, access).FirstOrDefaultAsync(row => row.Mail.Id == id, cancellationToken);
        return row is null || row.Ticket is null || access.Allows(actor, row.Ticket, TicketAction.ReadInternal) ? row : null;
    }

    /// <summary>The mail as it is now. It was the actor's to decide, also where the ticket that it became is not the actor's to see.</summary>
    private async Task<InboundMailView> ViewAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        if (await FindAsync(actor, id, cancellationToken) is { } row)
            return row.View();

        var mail = await db.InboundMail.AsNoTracking().FirstOrDefaultAsync(mail => mail.Id == id, cancellationToken) ?? throw new NotFoundException();
        return new InboundRow { Mail = mail, Ticket = null }.View();
    }

    private async Task<Guid> FindTicketAsync(TicketKey key, Actor actor, CancellationToken cancellationToken)
    {
        var ticket = await key.In(access.Visible(db.Tickets.AsNoTracking(), actor)).FirstOrDefaultAsync(cancellationToken);
        return ticket is not null && access.Allows(actor, ticket, TicketAction.ReadInternal) ? ticket.Id : throw new ValidationException("ticket", "There is no such ticket that you can answer as an agent.");
    }

    private async Task<string> NameAsync(Actor actor, CancellationToken cancellationToken) => actor.Kind == ActorKind.User
        ? (await People.FindAsync(directory, [actor.Id], cancellationToken)).Name(actor.Id, null)
        : actor.Id;

    private static void RequireAgent(Actor actor)
    {
        if (!actor.HasAgentRights)
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
}
