using HelpDesk.Tickets;

namespace HelpDesk.Assignment;

/// <summary>Puts in words why an agent was chosen, or nobody, and who was passed over for what.</summary>
internal static class AssignmentReason
{
    private const int MostNames = 8;
    private const int LongestName = 40;
    private const int LongestReason = 200;

    public static string Chosen(AgentState agent, string reason, IReadOnlyCollection<(AgentState Agent, string Why)> others) =>
        others.Count == 0 ? $"{Name(agent)}: {TextRules.Cut(reason, LongestReason)}." : $"{Name(agent)}: {TextRules.Cut(reason, LongestReason)}. Passed over: {List(others)}.";

    /// <param name="reason">What the strategy says of it; null where it says nothing or was not asked.</param>
    /// <param name="others">Everybody, with what speaks against them.</param>
    public static string Nobody(string? reason, IReadOnlyCollection<(AgentState Agent, string Why)> others) =>
        reason is not null ? $"Waits for an agent. {TextRules.Cut(reason, LongestReason)}"
        : others.Count == 0 ? "Waits for an agent: nobody has the role support."
        : $"Waits for an agent: {List(others)}.";

    private static string List(IReadOnlyCollection<(AgentState Agent, string Why)> others)
    {
        var names = string.Join(", ", others.Take(MostNames).Select(other => $"{Name(other.Agent)} ({TextRules.Cut(other.Why, 60)})"));
        return others.Count > MostNames ? $"{names} and {others.Count - MostNames} more" : names;
    }

    private static string Name(AgentState agent) => TextRules.Cut(agent.Name, LongestName);
}
