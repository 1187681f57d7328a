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
        if (!actor.IsAgent && actor.Kind != ActorKind.System)
            throw new ForbiddenException();

        // Those that are not over are few and have indexes; of all the others only the number is asked.
        var visible = access.Visible(db.Tickets.AsNoTracking(), actor);
        var byStatus = await visible.GroupBy(ticket => ticket.Status).Select(group => new { Status = group.Key, Count = group.Count() }).ToListAsync(cancellationToken);

        var now = clock.GetStorableNow();
        var soon = now + options.Value.Sla.DueSoon;
        var id = actor.Kind == ActorKind.User ? actor.Id : null;
        var live = await visible
            .Where(ticket => ticket.Status == TicketStatus.Open || ticket.Status == TicketStatus.Pending)
            .GroupBy(_ => 1)
            .Select(group => new
            {
                Unassigned = group.Count(ticket => ticket.AssigneeId == null),
                Mine = group.Count(ticket => ticket.AssigneeId == id && id != null),
                Overdue = group.Count(ticket => ticket.DueSort <= now),
                DueSoon = group.Count(ticket => ticket.DueSort > now && ticket.DueSort <= soon),
            })
            .FirstOrDefaultAsync(cancellationToken);
        return new TicketStatistics
        {
            ByStatus = Enum.GetValues<TicketStatus>().ToDictionary(status => status, status => byStatus.FirstOrDefault(row => row.Status == status)?.Count ?? 0),
            Unassigned = live?.Unassigned ?? 0,
            Mine = live?.Mine ?? 0,
            Overdue = live?.Overdue ?? 0,
            DueSoon = live?.DueSoon ?? 0,
            Held = await db.InboundMail.CountAsync(mail => mail.State == InboundMailState.Held, cancellationToken),
            Agents = [.. (await roster.ReadAsync(cancellationToken)).Select(AgentView.Of).OrderBy(agent => agent.Name, StringComparer.OrdinalIgnoreCase)],
        };
    }
}
