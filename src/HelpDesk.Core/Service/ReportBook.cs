using HelpDesk.Sla;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>Enters what happened under everything by which a report shows it: the whole, the agent, the category, the day.</summary>
internal sealed class ReportBook
{
    private const int MostCategories = 100;

    private readonly ReportSpan span;
    private readonly ReportTally total = new();
    private readonly Dictionary<string, ReportTally> agents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, ReportTally Tally)> categories = new(StringComparer.OrdinalIgnoreCase);
    private readonly ReportTally nobody = new();
    private readonly ReportTally uncategorised = new();
    private readonly Day[] days;

    public ReportBook(ReportSpan span)
    {
        this.span = span;
        days = new Day[DayOf(span.To.AddTicks(-1)) + 1];
        for (var day = 0; day < days.Length; day++)
            days[day] = new Day();
    }

    /// <summary>The agents that are in it.</summary>
    public IReadOnlyCollection<string> AgentIds => agents.Keys;

    public void Enter(string? agentId, string? category, DateTimeOffset createdAt, DateTimeOffset? firstRespondedAt, DateTimeOffset? resolvedAt)
    {
        var tallies = Of(agentId, category);
        if (span.Has(createdAt))
        {
            days[DayOf(createdAt)].Opened++;
            foreach (var tally in tallies)
                tally.Opened();
        }

        if (firstRespondedAt is { } responded && span.Has(responded))
        {
            foreach (var tally in tallies)
                tally.Responded(responded - createdAt);
        }

        if (resolvedAt is { } resolved && span.Has(resolved))
        {
            days[DayOf(resolved)].Resolved++;
            foreach (var tally in tallies)
                tally.Resolved(resolved - createdAt);
        }
    }

    public void EnterBreach(string? agentId, string? category, TargetKind kind, DateTimeOffset at)
    {
        days[DayOf(at)].Breaches.Add(kind);
        foreach (var tally in Of(agentId, category))
            tally.Breached(kind);
    }

    public TicketReport Close(People people)
    {
        var shown = categories.Values.OrderByDescending(category => category.Tally.Weight).ThenBy(category => category.Name, StringComparer.Ordinal).Take(MostCategories)
            .OrderBy(category => category.Name, StringComparer.OrdinalIgnoreCase);
        return new TicketReport
        {
            From = span.From,
            To = span.To,
            Total = total.Figures(),
            Agents =
            [
                .. agents.Select(agent => new AgentReport { Id = agent.Key, Name = people.Name(agent.Key, null), Figures = agent.Value.Figures() })
                    .OrderBy(agent => agent.Name, StringComparer.OrdinalIgnoreCase).ThenBy(agent => agent.Id, StringComparer.Ordinal),
                .. IsEmpty(nobody) ? Array.Empty<AgentReport>() : [new AgentReport { Id = null, Name = null, Figures = nobody.Figures() }],
            ],
            Categories =
            [
                .. shown.Select(category => new CategoryReport { Name = category.Name, Figures = category.Tally.Figures() }),
                .. IsEmpty(uncategorised) ? Array.Empty<CategoryReport>() : [new CategoryReport { Name = null, Figures = uncategorised.Figures() }],
            ],
            CategoriesLeftOut = Math.Max(0, categories.Count - MostCategories),
            Days = [.. days.Select((day, index) => new DayReport
            {
                Date = DateOnly.FromDateTime(span.From.UtcDateTime).AddDays(index),
                Opened = day.Opened,
                Resolved = day.Resolved,
                Breaches = day.Breaches.Counted(),
            })],
        };
    }

    private static bool IsEmpty(ReportTally tally) => tally.Figures() is { Opened: 0, Resolved: 0, FirstResponseTime.Count: 0, Breaches.Total: 0 };

    private ReportTally[] Of(string? agentId, string? category) => [total, OfAgent(agentId), OfCategory(category)];

    private ReportTally OfAgent(string? agentId)
    {
        if (agentId is null)
            return nobody;
        if (!agents.TryGetValue(agentId, out var tally))
            agents[agentId] = tally = new ReportTally();
        return tally;
    }

    /// <summary>Of several spellings the first in the order of characters is shown, whichever the database told first.</summary>
    private ReportTally OfCategory(string? category)
    {
        if (category is null)
            return uncategorised;
        var known = categories.GetValueOrDefault(category);
        var tally = known.Tally ?? new ReportTally();
        if (known.Name is null || string.CompareOrdinal(category, known.Name) < 0)
            categories[category] = (category, tally);
        return tally;
    }

    private int DayOf(DateTimeOffset time) => (time.UtcDateTime.Date - span.From.UtcDateTime.Date).Days;

    private sealed class Day
    {
        public int Opened { get; set; }

        public int Resolved { get; set; }

        public BreachTally Breaches { get; } = new();
    }
}
