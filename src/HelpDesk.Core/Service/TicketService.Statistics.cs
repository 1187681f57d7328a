using HelpDesk.Assignment;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Numbers of the whole desk.</summary>
internal sealed partial class TicketService
{
    public async Task<TicketStatistics> GetStatisticsAsync(GetStatistics query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var actor = query.Actor;
        if (!actor.HasAgentRights)
            throw new ForbiddenException();

        var now = clock.GetStorableNow();
        var soon = now + options.Value.Sla.DueSoon;
        var id = actor.Kind == ActorKind.User ? actor.Id : null;
        var rows = await access.Visible(db.Tickets.AsNoTracking(), actor)
            .GroupBy(ticket => ticket.Status)
            .Select(group => new
            {
                Status = group.Key,
                Count = group.Count(),
                Unassigned = group.Count(ticket => ticket.AssigneeId == null),
                Mine = group.Count(ticket => ticket.AssigneeId == id && id != null),
                Overdue = group.Count(ticket => ticket.DueSort <= now),
                DueSoon = group.Count(ticket => ticket.DueSort > now && ticket.DueSort <= soon),
            })
            .ToListAsync(cancellationToken);
        var live = rows.Where(row => row.Status is TicketStatus.Open or TicketStatus.Pending).ToList();
        return new TicketStatistics
        {
            ByStatus = Enum.GetValues<TicketStatus>().ToDictionary(status => status, status => rows.Find(row => row.Status == status)?.Count ?? 0),
            Unassigned = live.Sum(row => row.Unassigned),
            Mine = live.Sum(row => row.Mine),
            Overdue = live.Sum(row => row.Overdue),
            DueSoon = live.Sum(row => row.DueSoon),
            Held = await db.InboundMailOf(actor, access).CountAsync(row => row.Mail.State == InboundMailState.Held, cancellationToken),
            Agents = [.. (await roster.ReadAsync(cancellationToken)).Select(AgentView.Of).OrderBy(agent => agent.Name, StringComparer.OrdinalIgnoreCase)],
        };
    }
}
