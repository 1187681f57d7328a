using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.People;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>Who is told of an event: the rules, as the page on tickets has them in its table.</summary>
internal sealed class NotificationPlan(IUserDirectory directory, Roster roster)
{
    private const int MostAgents = 20;

    /// <summary>Finds who is told, whether they want it or not.</summary>
    /// <returns>Kind and person, in order; null for the person is the requester.</returns>
    public async Task<IReadOnlyList<Told>> MakeAsync(TicketEvent ticketEvent, TicketEventPayload payload, Ticket ticket, CancellationToken cancellationToken)
    {
        var told = ticketEvent.Kind switch
        {
            TicketEventKinds.TicketOpened =>
            [
                Told.Requester(NotificationKind.Received),
                .. Agents(NotificationKind.Opened, payload.AssigneeId),
                .. Agents(NotificationKind.Opened, await InRoleAsync(HelpDeskRoles.Administrator, cancellationToken)),
            ],
            TicketEventKinds.TicketAssigned => Agents(NotificationKind.Assigned, payload.AssigneeId),
            TicketEventKinds.MessageAdded when payload.ActorKind != TicketRole.Requester => [Told.Requester(NotificationKind.AgentReplied)],
            TicketEventKinds.MessageAdded => Agents(NotificationKind.RequesterReplied, payload.AssigneeId is { } assignee ? [assignee] : await FreeAsync(ticket, cancellationToken)),
            TicketEventKinds.NoteAdded => Agents(NotificationKind.NoteAdded, payload.AssigneeId),
            // What a requester writes when the problem is gone is a reply too; nobody but the assignee needs to hear of it.
            TicketEventKinds.TicketResolved when payload is { ActorKind: TicketRole.Requester, MessageId: not null } => Agents(NotificationKind.RequesterReplied, payload.AssigneeId),
            TicketEventKinds.TicketResolved => [Told.Requester(NotificationKind.Resolved)],
            TicketEventKinds.TicketWarned => Agents(NotificationKind.Warned, payload.AssigneeId),
            TicketEventKinds.TicketEscalated => Agents(NotificationKind.Escalated, [.. await InRoleAsync(HelpDeskRoles.Manager, cancellationToken), .. Known(payload.AssigneeId)]),
            // Closing and reopening tell nobody: a reply that reopens is told of as a reply.
            _ => Array.Empty<Told>(),
        };

        // The actor is never told of what he did himself; only that his request has arrived, since that is what he waits to hear.
        var actorId = payload.ActorKind == TicketRole.System ? null : payload.ActorId;
        return [.. told
            .Where(one => one.AgentId is null || (one.AgentId != actorId && one.AgentId != ticket.RequesterId))
            .Where(one => one.AgentId is not null || one.Kind == NotificationKind.Received || payload.ActorKind != TicketRole.Requester)
            .DistinctBy(one => one.AgentId)];
    }

    private async Task<IEnumerable<string>> InRoleAsync(HelpDeskRoles role, CancellationToken cancellationToken) =>
        (await directory.ListAsync(role, cancellationToken)).Select(user => user.Id);

    private async Task<IEnumerable<string>> FreeAsync(Ticket ticket, CancellationToken cancellationToken) =>
        (await roster.ReadAsync(cancellationToken))
            .Where(agent => agent.IsAvailable && agent.Takes(ticket.Category))
            .OrderBy(agent => agent.OpenTickets).ThenBy(agent => agent.Id, StringComparer.Ordinal)
            .Take(MostAgents)
            .Select(agent => agent.Id);

    private static IEnumerable<string> Known(string? agentId) => agentId is null ? [] : [agentId];

    private static Told[] Agents(NotificationKind kind, string? agentId) => Agents(kind, Known(agentId));

    private static Told[] Agents(NotificationKind kind, IEnumerable<string> agentIds) => [.. agentIds.Select(id => new Told(kind, id))];

    /// <summary>One person who is told.</summary>
    /// <param name="Kind">Of what.</param>
    /// <param name="AgentId">The agent; null for the requester.</param>
    internal sealed record Told(NotificationKind Kind, string? AgentId)
    {
        public static Told Requester(NotificationKind kind) => new(kind, null);
    }
}
