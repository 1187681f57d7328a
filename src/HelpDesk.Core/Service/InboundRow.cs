using HelpDesk.Inbound;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>A received mail with the ticket at which it hints.</summary>
internal sealed class InboundRow
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

internal static class InboundRows
{
    /// <summary>The mail that an agent may decide on: what hints at no ticket is everybody's, else it is theirs who see the ticket, and not as its requester.</summary>
    public static IQueryable<InboundRow> InboundMailOf(this HelpDeskDb db, Actor actor, ITicketAccess access)
    {
        var actorId = actor.Id;
        // A ticket that a filter of the host hides looks as if it were gone.
        var mayBeGone = db.Context.Model.FindEntityType(typeof(Ticket))!.GetDeclaredQueryFilters().Count == 0;
        return from mail in db.InboundMail.AsNoTracking()
               from ticket in access.Visible(db.Tickets.AsNoTracking(), actor).Where(ticket => ticket.Id == mail.TicketId && ticket.RequesterId != actorId).DefaultIfEmpty()
               where mail.TicketId == null || ticket != null || (mayBeGone && !db.Tickets.Any(any => any.Id == mail.TicketId))
               select new InboundRow { Mail = mail, Ticket = ticket };
    }
}
