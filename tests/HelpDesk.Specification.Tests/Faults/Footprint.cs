using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Persistence;
using HelpDesk.Sla;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Faults;

/// <summary>All that a command can have stored: how many rows there are of each kind, and the version of the ticket that it was about.</summary>
internal sealed record Footprint(
    int Tickets, int Participants, int Messages, int Audit, int Events, int Deliveries, int Keys, int Targets, int Load, long Assignments, int Uploads, int Attachments, int Orders, Guid Version)
{
    public static async Task<Footprint> OfAsync(Desk desk, Guid ticket)
    {
        await using var scope = desk.NewScope();
        var context = scope.Context;
        return new Footprint(
            await CountAsync<Ticket>(),
            await CountAsync<Participant>(),
            await CountAsync<TicketMessage>(),
            await CountAsync<AuditEntry>(),
            await CountAsync<TicketEvent>(),
            await CountAsync<Delivery>(),
            await CountAsync<IdempotencyKey>(),
            await CountAsync<TicketTarget>(),
            await context.Set<AgentProfile>().SumAsync(agent => agent.OpenTickets, TestContext.Current.CancellationToken),
            await context.Set<AgentProfile>().SumAsync(agent => agent.Assignments, TestContext.Current.CancellationToken),
            await CountAsync<Upload>(),
            await CountAsync<TicketAttachment>(),
            await CountAsync<HostOrder>(),
            await context.Set<Ticket>().Where(t => t.Id == ticket).Select(t => t.Version).SingleAsync(TestContext.Current.CancellationToken));

        Task<int> CountAsync<T>()
            where T : class => context.Set<T>().CountAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What was added since; of the version only whether it changed.</summary>
    public Footprint Since(Footprint before) => new(
        Tickets - before.Tickets,
        Participants - before.Participants,
        Messages - before.Messages,
        Audit - before.Audit,
        Events - before.Events,
        Deliveries - before.Deliveries,
        Keys - before.Keys,
        Targets - before.Targets,
        Load - before.Load,
        Assignments - before.Assignments,
        Uploads - before.Uploads,
        Attachments - before.Attachments,
        Orders - before.Orders,
        Version == before.Version ? Guid.Empty : Guid.AllBitsSet);
}
