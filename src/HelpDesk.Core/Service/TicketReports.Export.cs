using System.Runtime.CompilerServices;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>The tickets behind a report.</summary>
/// <remarks>
/// First the keys, 16 bytes for each, then the tickets in pieces: no reader stays open while a slow client takes what it has, a directory on the same connection can be asked for the
/// names, and a host's retries, for which EF Core keeps whole results, keep a piece only.
/// </remarks>
internal sealed partial class TicketReports
{
    private const int TicketsPerPiece = 500;

    public TicketExport Export(ReportQuery query)
    {
        var span = Check(query);
        return new TicketExport { From = span.From, To = span.To, Tickets = ReadAsync(query.Actor, span) };
    }

    private async IAsyncEnumerable<ReportRow> ReadAsync(Actor actor, ReportSpan span, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var ids in (await KeysAsync(actor, span, cancellationToken)).Chunk(TicketsPerPiece))
        {
            var rows = await RowsAsync(actor, span, ids, cancellationToken);
            var people = await People.FindAsync(directory, rows.Values.SelectMany(row => new[] { row.Ticket.RequesterId, row.Ticket.AssigneeId }), cancellationToken);
            foreach (var id in ids)
            {
                // Gone meanwhile, or forbidden by the host although its filter shows it.
                if (rows.TryGetValue(id, out var row) && access.Allows(actor, row.Ticket, TicketAction.Read))
                    yield return View(row, access.Allows(actor, row.Ticket, TicketAction.ReadInternal), people);
            }
        }
    }

    private Task<List<Guid>> KeysAsync(Actor actor, ReportSpan span, CancellationToken cancellationToken)
    {
        var visible = access.Visible(db.Tickets.AsNoTracking(), actor);
        var breached = db.Targets.Where(span.Breaches).Select(target => target.TicketId);
        return visible.Where(span.Tickets).Select(ticket => new { ticket.CreatedAt, ticket.Id })
            .Union(visible.Where(ticket => breached.Contains(ticket.Id)).Select(ticket => new { ticket.CreatedAt, ticket.Id }))
            .OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id)
            .Select(ticket => ticket.Id)
            .ToListAsync(cancellationToken);
    }

    internal Task<Dictionary<Guid, Row>> RowsAsync(Actor actor, ReportSpan span, Guid[] ids, CancellationToken cancellationToken)
    {
        var always = (span with { From = DateTimeOffset.MinValue, To = Ticket.NeverDue }).Breaches;
        var breached = db.Targets.Where(always);
        var rows =
            from ticket in access.Visible(db.Tickets.AsNoTracking(), actor)
            where ids.Contains(ticket.Id)
            from requester in db.Participants.Where(p => p.Id == ticket.RequesterParticipantId).DefaultIfEmpty()
            select new Row { Ticket = ticket, RequesterName = requester!.Name, Breached = breached.Any(target => target.TicketId == ticket.Id) };
        return rows.ToDictionaryAsync(row => row.Ticket.Id, cancellationToken);
    }

    private static ReportRow View(Row row, bool isInternal, People people)
    {
        var ticket = row.Ticket;
        return new ReportRow
        {
            Number = ticket.Number,
            Subject = ticket.Subject,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Category = ticket.Category,
            Channel = ticket.Channel,
            Requester = people.Name(ticket.RequesterId, row.RequesterName),
            Assignee = ticket.AssigneeId is { } assignee ? people.Name(assignee, null) : null,
            CreatedAt = ticket.CreatedAt,
            FirstRespondedAt = isInternal ? ticket.FirstRespondedAt : null,
            ResolvedAt = ticket.ResolvedAt,
            ClosedAt = ticket.ClosedAt,
            DueAt = isInternal ? ticket.DueAt : null,
            EscalatedAt = isInternal ? ticket.EscalatedAt : null,
            Breached = isInternal ? row.Breached : null,
        };
    }

    internal sealed class Row
    {
        public required Ticket Ticket { get; init; }

        public required string? RequesterName { get; init; }

        public required bool Breached { get; init; }
    }
}
