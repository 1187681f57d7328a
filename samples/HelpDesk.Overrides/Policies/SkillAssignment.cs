using HelpDesk.Assignment;
using HelpDesk.Overrides.Company;

namespace HelpDesk.Overrides.Policies;

/// <summary>The requester's language first, then the skill for the category, then the load.</summary>
/// <remarks>A strategy only ranks: who has room, and that nobody gets more than that, is the library's concern.</remarks>
internal sealed class SkillAssignment(AppUsers users) : IAssignmentStrategy
{
    private const string HouseLanguage = "en";

    public Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken)
    {
        var (category, requester) = (context.Ticket.Category, users.Find(context.Ticket.RequesterId));
        var language = requester?.Languages.FirstOrDefault() ?? HouseLanguage; // Who is known by mail only has told none.
        var speakers = context.Candidates.Where(agent => users.Find(agent.AgentId)?.Speaks(language) == true).ToList();

        // Late in the right language is better than soon in a wrong one; but nobody waits for a language that no agent has.
        if (speakers.Count == 0 && users.Agents.Any(agent => agent.Speaks(language)))
            return Task.FromResult(AssignmentRanking.Nobody($"None of the agents who speak {language} is free for it."));

        var ranked = (speakers.Count > 0 ? speakers : context.Candidates)
            .OrderByDescending(Knows)
            .ThenBy(agent => agent.OpenTickets)
            .ThenBy(agent => agent.Assignments) // Whose turn it is.
            .ThenBy(agent => agent.AgentId, StringComparer.Ordinal); // Equal input, equal answer.
        return Task.FromResult(AssignmentRanking.Of(ranked, agent =>
            $"{(speakers.Count > 0 ? "speaks" : "nobody speaks")} {language}, {(Knows(agent) ? $"knows {category}" : "no special skill")}, {agent.OpenTickets} open"));

        bool Knows(AgentCandidate agent) => users.Find(agent.AgentId)?.Knows(category) == true;
    }
}
