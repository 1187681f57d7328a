using HelpDesk.Tickets;

namespace HelpDesk.Assignment;

/// <summary>Decides which agent becomes responsible for a ticket.</summary>
/// <remarks>
/// Implement it to assign by skill, language, customer or shift, and register it with <c>UseAssignmentStrategy&lt;T&gt;()</c>. A strategy ranks; the library
/// claims: it takes the first agent of the ranking whose capacity still allows it, in one conditional update. So an implementation needs neither database nor
/// lock. Scoped. It is called late in the transaction that opens or reopens a ticket, and again when a try of that transaction is repeated or a waiting ticket
/// gets another chance: it must be quick, and free of side effects. A ticket for which it ranks nobody is asked for again when the free agents or their loads change.
/// </remarks>
public interface IAssignmentStrategy
{
    /// <summary>Ranks the candidates, best first.</summary>
    /// <returns>The ranking with its reasons; an empty one leaves the ticket waiting.</returns>
    Task<AssignmentRanking> RankAsync(AssignmentContext context, CancellationToken cancellationToken);
}

/// <summary>What a strategy may know. New members may be added in a minor version, never required ones.</summary>
public sealed record AssignmentContext
{
    /// <summary>The ticket.</summary>
    public required TicketSummary Ticket { get; init; }

    /// <summary>Assignable agents who are available, take the ticket's category and are below their capacity, in no order. Never empty, and never the requester.</summary>
    public required IReadOnlyList<AgentCandidate> Candidates { get; init; }

    /// <summary>The time of the decision, from the host's <see cref="TimeProvider"/>.</summary>
    public required DateTimeOffset Now { get; init; }
}

/// <summary>An agent who could take the ticket.</summary>
public sealed record AgentCandidate
{
    /// <summary>The host's user id.</summary>
    public required string AgentId { get; init; }

    /// <summary>The name as others see it.</summary>
    public required string Name { get; init; }

    /// <summary>How many tickets the agent carries, assignments that are under way in this process included.</summary>
    public required int OpenTickets { get; init; }

    /// <summary>How many tickets the agent carries at most; null is no limit.</summary>
    public required int? MaxOpenTickets { get; init; }

    /// <summary>The categories that the agent takes; empty for any.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The rotation counter: how many tickets the agent was given automatically, with a start at the smallest counter of the others. For turns and ties.</summary>
    public required long Assignments { get; init; }
}

/// <summary>The candidates in the order in which they shall be asked.</summary>
public sealed record AssignmentRanking
{
    /// <summary>The agents, best first. Who is left out is not asked.</summary>
    public required IReadOnlyList<RankedAgent> Agents { get; init; }

    /// <summary>Why single candidates are left out of the ranking, as agents are told. Who is neither here nor ranked counts as "not ranked".</summary>
    public IReadOnlyList<RankedAgent> LeftOut { get; init; } = [];

    /// <summary>Why nobody is ranked; stored with the waiting ticket. At most 200 characters count.</summary>
    public string? Reason { get; init; }

    /// <summary>Ranks candidates in an order.</summary>
    /// <param name="candidates">The candidates, best first.</param>
    /// <param name="reason">What speaks for a candidate, in a few words: <c>2 open tickets</c>.</param>
    public static AssignmentRanking Of(IEnumerable<AgentCandidate> candidates, Func<AgentCandidate, string> reason)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(reason);
        return new AssignmentRanking { Agents = [.. candidates.Select(candidate => new RankedAgent(candidate.AgentId, reason(candidate)))] };
    }

    /// <summary>Leaves the ticket waiting.</summary>
    /// <param name="reason">Why, as agents are told.</param>
    public static AssignmentRanking Nobody(string reason) => new() { Agents = [], Reason = reason };
}

/// <summary>A place in a ranking, or beside it.</summary>
/// <param name="AgentId">The agent: one of the candidates.</param>
/// <param name="Reason">What speaks for the agent, or against, as agents are told; at most 200 characters count.</param>
public sealed record RankedAgent(string AgentId, string Reason);
