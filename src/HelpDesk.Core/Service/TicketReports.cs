using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Reports: the numbers; the tickets behind them are in TicketReports.Export.cs.</summary>
internal sealed partial class TicketReports(HelpDeskDb db, ITicketAccess access, IUserDirectory directory, TimeProvider clock) : ITicketReports
{
    public async Task<TicketReport> GetAsync(ReportQuery query, CancellationToken cancellationToken = default)
    {
        var span = Check(query);
        var book = new ReportBook(span);
        var visible = access.Visible(db.Tickets.AsNoTracking(), query.Actor);
        var tickets = visible.Where(span.Tickets)
            .Select(ticket => new { ticket.AssigneeId, ticket.Category, ticket.CreatedAt, ticket.FirstRespondedAt, ticket.ResolvedAt });
        await foreach (var ticket in tickets.AsAsyncEnumerable().WithCancellation(cancellationToken))
            book.Enter(ticket.AssigneeId, ticket.Category, ticket.CreatedAt, ticket.FirstRespondedAt, ticket.ResolvedAt);

        var breaches = db.Targets.AsNoTracking().Where(span.Breaches)
            .Join(visible, target => target.TicketId, ticket => ticket.Id, (target, ticket) => new { ticket.AssigneeId, ticket.Category, target.Kind, target.BreachedAt, target.DueAt });
        await foreach (var breach in breaches.AsAsyncEnumerable().WithCancellation(cancellationToken))
            book.EnterBreach(breach.AssigneeId, breach.Category, breach.Kind, breach.BreachedAt ?? breach.DueAt!.Value);

        return book.Close(await People.FindAsync(directory, book.AgentIds, cancellationToken));
    }

    private ReportSpan Check(ReportQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (!query.Actor.IsManager && query.Actor.Kind != ActorKind.System)
            throw new ForbiddenException();
        return ReportSpan.Of(query, clock.GetStorableNow());
    }
}
