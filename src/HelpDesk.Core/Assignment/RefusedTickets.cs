namespace HelpDesk.Assignment;

/// <summary>The waiting tickets for which the strategy had nobody, so that it is not asked for each of them once a second.</summary>
/// <remarks>
/// A hint of this process. A refusal is forgotten when the ticket changes, when the free agents or their loads change (whoever changed them), and after half a minute
/// anyway: a strategy may go by the hour, or by what else the host knows.
/// </remarks>
internal sealed class RefusedTickets(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Guid> versions = [];
    private string seen = "";
    private DateTimeOffset since;

    /// <summary>Forgets everything where the agents are not those for whom it was refused.</summary>
    public void Compare(IEnumerable<AgentState> free)
    {
        var now = string.Join('\n', free.OrderBy(agent => agent.Id, StringComparer.Ordinal)
            .Select(agent => $"{agent.Id} {agent.OpenTickets} {agent.MaxOpenTickets} {string.Join('|', agent.Categories)}"));
        lock (gate)
        {
            if (seen == now && clock.GetUtcNow() - since < Lifetime)
                return;

            (seen, since) = (now, clock.GetUtcNow());
            versions.Clear();
        }
    }

    public void Add(Guid ticket, Guid version)
    {
        lock (gate)
            versions[ticket] = version;
    }

    public bool Contains(Guid ticket, Guid version)
    {
        lock (gate)
            return versions.TryGetValue(ticket, out var refused) && refused == version;
    }
}
