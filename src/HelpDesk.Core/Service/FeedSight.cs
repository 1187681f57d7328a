using HelpDesk.Events;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>What one listener sees, by the rules of its own scope.</summary>
internal sealed class FeedSight(HelpDeskDb db, ITicketAccess access, Actor actor)
{
    private const int MostAtOnce = 500;

    /// <summary>Whether the library's own rules alone decide, so that the reader's rows are enough: a query for each listener and batch is what it would cost else.</summary>
    public bool IsInMemory { get; } = access is DefaultTicketAccess && db.Context.Model.FindEntityType(typeof(Ticket))!.GetDeclaredQueryFilters().Count == 0;

    /// <summary>What the listener is told of a batch.</summary>
    public async Task<IReadOnlyList<FeedItem>> FilterAsync(FeedBatch batch, CancellationToken cancellationToken)
    {
        var isInternal = await LookAsync(batch, cancellationToken);
        return
        [
            .. batch.Events.Where(row => isInternal(row.TicketId, row.RequesterId) is { } sees && (sees || row.IsPublic)).Select(row => row.ToItem()),
            .. batch.Presence.Where(presence => isInternal(presence.TicketId, presence.RequesterId) is true).Select(presence => presence.ToItem()),
        ];
    }

    /// <summary>A page of the events between two numbers of which the listener may be told, but for those that only agents may know of tickets that are the listener's own.</summary>
    public Task<List<FeedRow>> PageAsync(long after, long last, int most, CancellationToken cancellationToken)
    {
        var events = db.Events.AsNoTracking().Where(e => e.Seq > after && e.Seq <= last);
        if (!actor.HasAgentRights)
            events = events.Where(e => e.IsPublic);
        return FeedRow.Of(events, access.Visible(db.Tickets.AsNoTracking(), actor)).Take(most).ToListAsync(cancellationToken);
    }

    /// <returns>Whether the listener sees a ticket as agents do; null where they do not see it.</returns>
    private async Task<Func<Guid, string?, bool?>> LookAsync(FeedBatch batch, CancellationToken cancellationToken)
    {
        if (IsInMemory)
            return (_, requesterId) => DefaultTicketAccess.Sees(actor, requesterId) ? DefaultTicketAccess.IsInternal(actor, requesterId) : null;

        var seen = new Dictionary<Guid, bool>();
        foreach (var ids in batch.Events.Select(row => row.TicketId).Concat(batch.Presence.Select(presence => presence.TicketId)).Distinct().Chunk(MostAtOnce))
        {
            var tickets = await access.Visible(db.Tickets.AsNoTracking(), actor).Where(ticket => ids.Contains(ticket.Id)).ToListAsync(cancellationToken);
            foreach (var ticket in tickets.Where(ticket => access.Allows(actor, ticket, TicketAction.Read)))
                seen[ticket.Id] = access.Allows(actor, ticket, TicketAction.ReadInternal);
        }

        return (ticketId, _) => seen.TryGetValue(ticketId, out var isInternal) ? isInternal : null;
    }
}
