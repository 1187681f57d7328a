using System.Data.Common;
using HelpDesk.Events;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Who is at a ticket, with what has to be known of it to decide who is told.</summary>
internal sealed record SeenPresence(Guid TicketId, string Number, string? RequesterId, IReadOnlyList<PresentAgent> Agents)
{
    public FeedPresence ToItem() => new() { TicketId = TicketId, TicketNumber = Number, Agents = Agents };
}

/// <summary>Remembers which agents were at which tickets, and sees what has changed. Not safe for several threads.</summary>
internal sealed class PresenceBoard(TimeProvider clock)
{
    // Whoever changes their name is not known by it at once.
    private static readonly TimeSpan NamesLifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (string Name, DateTimeOffset Until)> names = new(StringComparer.Ordinal);
    private Dictionary<Guid, SeenPresence> seen = [];

    /// <summary>All there is.</summary>
    public IReadOnlyList<SeenPresence> All => [.. seen.Values];

    /// <summary>Looks, and returns what differs from the last time.</summary>
    public async Task<IReadOnlyList<SeenPresence>> LookAsync(HelpDeskDb db, IUserDirectory directory, CancellationToken cancellationToken)
    {
        var rows = await db.ReadQuietlyAsync(PresenceRow.Of(db, clock.GetStorableNow()), PresenceRow.Read, cancellationToken);
        var tickets = rows.GroupBy(row => row.TicketId).ToDictionary(group => group.Key, group => group.OrderBy(row => row.AgentId, StringComparer.Ordinal).ToList());
        var changed = tickets.Values.Where(agents => !IsAsBefore(agents)).ToList();
        await NameAsync(directory, changed.SelectMany(agents => agents).Select(row => row.AgentId), cancellationToken);

        var left = seen.Values.Where(presence => !tickets.ContainsKey(presence.TicketId)).Select(presence => presence with { Agents = [] }).ToList();
        var news = changed.ConvertAll(agents => new SeenPresence(
            agents[0].TicketId, agents[0].Number, agents[0].RequesterId, [.. agents.Select(row => new PresentAgent(row.AgentId, names[row.AgentId].Name, row.Mode))]));
        seen = seen.Values.Where(presence => tickets.ContainsKey(presence.TicketId)).ToDictionary(presence => presence.TicketId);
        foreach (var presence in news)
            seen[presence.TicketId] = presence;
        return [.. news, .. left];
    }

    public void Clear()
    {
        seen = [];
        names.Clear();
    }

    private bool IsAsBefore(List<PresenceRow> agents) =>
        seen.TryGetValue(agents[0].TicketId, out var before) && before.RequesterId == agents[0].RequesterId
        && before.Agents.Select(agent => (agent.Id, agent.Mode)).SequenceEqual(agents.Select(row => (row.AgentId, row.Mode)));

    private async Task NameAsync(IUserDirectory directory, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var unnamed = ids.Where(id => !names.TryGetValue(id, out var name) || name.Until <= now).ToHashSet(StringComparer.Ordinal);
        var people = await People.FindAsync(directory, unnamed, cancellationToken);
        foreach (var id in unnamed)
            names[id] = (people.Name(id, then: null), now + NamesLifetime);
    }

    private sealed record PresenceRow
    {
        public required Guid TicketId { get; init; }

        public required string AgentId { get; init; }

        public required PresenceMode Mode { get; init; }

        public required string Number { get; init; }

        public required string? RequesterId { get; init; }

        public static IQueryable<PresenceRow> Of(HelpDeskDb db, DateTimeOffset now) =>
            from presence in db.Presence.AsNoTracking().IgnoreQueryFilters()
            where presence.Until > now
            join ticket in db.Tickets on presence.TicketId equals ticket.Id
            select new PresenceRow { TicketId = presence.TicketId, AgentId = presence.AgentId, Mode = presence.Mode, Number = ticket.Number, RequesterId = ticket.RequesterId };

        public static PresenceRow Read(DbDataReader row) => new()
        {
            TicketId = row.GetGuid(0),
            AgentId = row.GetString(1),
            Mode = Words.Parse<PresenceMode>(row.GetString(2))!.Value,
            Number = row.GetString(3),
            RequesterId = row.IsDBNull(4) ? null : row.GetString(4),
        };
    }
}
