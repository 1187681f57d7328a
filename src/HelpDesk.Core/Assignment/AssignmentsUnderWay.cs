namespace HelpDesk.Assignment;

/// <summary>The assignments of this process that are decided but not committed, so that tickets that are opened at the same moment do not all choose the same agent.</summary>
/// <remarks>
/// A hint, and nothing more: whether an agent has room is decided by the database, for all processes. In a transaction of the host's it ends with the command, before
/// the commit.
/// </remarks>
internal sealed class AssignmentsUnderWay
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private long version;

    /// <summary>The agents with what is under way for them, and the version of that knowledge.</summary>
    public (IReadOnlyList<AgentState> Agents, long Version) AddTo(IReadOnlyList<AgentState> agents)
    {
        lock (gate)
        {
            return counts.Count == 0 ? (agents, version) : ([.. agents.Select(With)], version);
        }

        AgentState With(AgentState agent) => counts.TryGetValue(agent.Id, out var count)
            ? agent with { OpenTickets = agent.OpenTickets + count, Assignments = agent.Assignments + count }
            : agent;
    }

    /// <summary>Notes an assignment until the disposal of what is returned; null where others were noted since that version, so that the choice may be outdated.</summary>
    public IDisposable? Begin(string agentId, long? knownVersion)
    {
        lock (gate)
        {
            if (knownVersion is { } known && known != version)
                return null;

            version++;
            counts[agentId] = counts.GetValueOrDefault(agentId) + 1;
            return new UnderWay(this, agentId);
        }
    }

    private void End(string agentId)
    {
        lock (gate)
        {
            if (--counts[agentId] == 0)
                counts.Remove(agentId);
        }
    }

    private sealed class UnderWay(AssignmentsUnderWay all, string agentId) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (!isOver)
                all.End(agentId);
            isOver = true;
        }
    }
}
