using HelpDesk.Events;
using HelpDesk.Notifications;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Who is told of an event: the rules, as the page on tickets has them in its table.</summary>
internal sealed class NotificationPlan(HelpDeskDb db, IUserDirectory directory, Roster roster)
{
    private const int MostAgents = 20;
    private const int MostInCopy = 50;

    /// <summary>Finds who is told, whether they want it or not.</summary>
    public async Task<IReadOnlyList<Told>> MakeAsync(TicketEvent ticketEvent, TicketEventPayload payload, Ticket ticket, CancellationToken cancellationToken)
    {
        // Whoever is no agent on the ticket speaks for the requester.
        var isOfRequester = payload.ActorKind == TicketRole.Requester;
        IReadOnlyList<Told> told = ticketEvent.Kind switch
        {
            TicketEventKinds.TicketOpened =>
            [
                Requester(NotificationKind.Received, ticket),
                .. Agents(NotificationKind.Opened, payload.AssigneeId),
                .. Agents(NotificationKind.Opened, await InRoleAsync(HelpDeskRoles.Administrator, cancellationToken)),
            ],
            TicketEventKinds.TicketAssigned => Agents(NotificationKind.Assigned, payload.AssigneeId),
            TicketEventKinds.MessageAdded when isOfRequester => Agents(NotificationKind.RequesterReplied, await AnsweringAsync(payload.AssigneeId, ticket, cancellationToken)),
            TicketEventKinds.MessageAdded => [Requester(NotificationKind.AgentReplied, ticket), .. await InCopyAsync(NotificationKind.AgentReplied, ticket, cancellationToken)],
            // What a requester's machine has written is kept as a note, of which nobody is told: it would answer that too.
            TicketEventKinds.NoteAdded when isOfRequester => [],
            TicketEventKinds.NoteAdded => Agents(NotificationKind.NoteAdded, payload.AssigneeId),
            TicketEventKinds.TicketResolved =>
            [
                Requester(NotificationKind.Resolved, ticket),
                .. await InCopyAsync(NotificationKind.Resolved, ticket, cancellationToken),
                // What a requester writes when the problem is gone is a reply too; nobody but the assignee needs to hear of it.
                .. Agents(NotificationKind.RequesterReplied, isOfRequester && payload.MessageId is not null ? payload.AssigneeId : null),
            ],
            TicketEventKinds.TicketWarned => Agents(NotificationKind.Warned, payload.AssigneeId),
            TicketEventKinds.TicketEscalated => Agents(NotificationKind.Escalated, [.. await InRoleAsync(HelpDeskRoles.Manager, cancellationToken), .. Known(payload.AssigneeId)]),
            // Closing and reopening tell nobody: a reply that reopens is told of as a reply.
            _ => [],
        };

        return [.. told
            .Where(one => !one.IsAgent || one.UserId != ticket.RequesterId)
            // The actor is never told of what he did himself; only that his request has arrived, since that is what he waits to hear.
            .Where(one => one.Kind == NotificationKind.Received || !IsActor(one, payload))
            .DistinctBy(one => (one.ParticipantId, one.UserId))];
    }

    private static bool IsActor(Told one, TicketEventPayload payload) => payload.ActorKind switch
    {
        TicketRole.System => false,
        _ when payload.ActorId is not null => one.UserId == payload.ActorId,
        var role => one is { IsAgent: false, UserId: null } && role == TicketRole.Requester,
    };

    /// <summary>Who has to answer the requester: the assignee, as long as that is one, else the available agents of the category.</summary>
    private async Task<IEnumerable<string>> AnsweringAsync(string? assigneeId, Ticket ticket, CancellationToken cancellationToken) =>
        assigneeId is not null && (await directory.GetRolesAsync(assigneeId, cancellationToken)).HasFlag(HelpDeskRoles.Support) ? [assigneeId] : await FreeAsync(ticket, cancellationToken);

    private async Task<IEnumerable<string>> InRoleAsync(HelpDeskRoles role, CancellationToken cancellationToken) =>
        (await directory.ListAsync(role, cancellationToken)).Select(user => user.Id);

    private async Task<IEnumerable<string>> FreeAsync(Ticket ticket, CancellationToken cancellationToken) =>
        (await roster.ReadAsync(cancellationToken))
            .Where(agent => agent.IsAvailable && agent.Takes(ticket.Category))
            .OrderBy(agent => agent.OpenTickets).ThenBy(agent => agent.Id, StringComparer.Ordinal)
            .Take(MostAgents)
            .Select(agent => agent.Id);

    private static IEnumerable<string> Known(string? agentId) => agentId is null ? [] : [agentId];

    private static Told Requester(NotificationKind kind, Ticket ticket) => new(kind, ticket.RequesterParticipantId, ticket.RequesterId);

    /// <summary>Whom agents have let into the ticket, by releasing a mail.</summary>
    private async Task<IReadOnlyList<Told>> InCopyAsync(NotificationKind kind, Ticket ticket, CancellationToken cancellationToken)
    {
        var id = ticket.Id;
        return await db.Participants.AsNoTracking().Where(person => person.TicketId == id && person.Kind == ParticipantKind.Cc).OrderBy(person => person.Id).Take(MostInCopy)
            .Select(person => new Told(kind, person.Id, person.UserId)).ToListAsync(cancellationToken);
    }

    private static IReadOnlyList<Told> Agents(NotificationKind kind, string? agentId) => Agents(kind, Known(agentId));

    private static IReadOnlyList<Told> Agents(NotificationKind kind, IEnumerable<string> agentIds) => [.. agentIds.Select(id => new Told(kind, null, id))];

    /// <summary>One person who is told.</summary>
    /// <param name="Kind">Of what.</param>
    /// <param name="ParticipantId">The requester, or somebody in copy; null for an agent, who may join with this.</param>
    /// <param name="UserId">The host's user; null for somebody known by mail only.</param>
    internal sealed record Told(NotificationKind Kind, Guid? ParticipantId, string? UserId)
    {
        public bool IsAgent => ParticipantId is null;
    }
}
