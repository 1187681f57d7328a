using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Computes when something is due: a pure function of what happened to a ticket and what is promised for it.</summary>
public static class SlaClock
{
    /// <summary>Evaluates every promise of a ticket.</summary>
    /// <param name="history">What happened to the ticket, in the order of time.</param>
    /// <param name="now">The moment for which the states are asked; what lies after it in the history is left out.</param>
    /// <returns>The targets in the order in which they started; those that the terms do not promise are not among them.</returns>
    /// <remarks>Meant for the history of one ticket: its cost grows with the number of steps times the number of changes of status.</remarks>
    public static IReadOnlyList<SlaTargetState> Evaluate(SlaHistory history, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        var targets = new TargetBook(Guid.Empty, history.OpenedAt, []);
        var timeline = StatusTimeline.From(history.OpenedAt);
        var facts = new SlaFacts(TicketStatus.Open, FirstRespondedAt: null, history.OpenedAt);
        var terms = history.Terms;
        targets.Follow(facts, timeline, terms, history.OpenedAt);
        foreach (var step in history.Steps.TakeWhile(step => step.At <= now))
        {
            var before = timeline;
            terms = step.Terms ?? terms;
            if (step.Status is { } status && status != timeline.Current)
                timeline = timeline.With(step.At, status);
            facts = facts.After(step, timeline.Current);
            targets.Follow(facts, before, terms, step.At);
        }

        targets.SetDueTimes(timeline, terms);
        return [.. targets.All.Where(target => target.DueAt is not null || terms.Of(target.Kind) is not null).OrderBy(target => target.StartedAt).Select(target => new SlaTargetState
        {
            Kind = target.Kind,
            Instance = target.Instance,
            StartedAt = target.StartedAt,
            DueAt = target.DueAt,
            MetAt = target.MetAt,
            State = StateOf(target, timeline.Current, terms, now),
        })];
    }

    /// <summary>The moment at which a term is used up; null where the clock stands still before.</summary>
    internal static DateTimeOffset? DueAt(DateTimeOffset startedAt, SlaTerm term, StatusTimeline timeline, bool pauseWhilePending)
    {
        var left = term.Duration;
        foreach (var (from, to, runs) in timeline.Since(startedAt, pauseWhilePending))
        {
            if (!runs)
                continue;
            if (to is not { } end)
                return ToStorable(term.Calendar.Add(from, left));

            var passed = term.Calendar.Between(from, end);
            if (passed >= left)
                return ToStorable(term.Calendar.Add(from, left));
            left -= passed;
        }

        return null;
    }

    internal static SlaState StateOf(TicketTarget target, TicketStatus status, SlaTerms terms, DateTimeOffset now)
    {
        if (target.DueAt is { } due && (target.MetAt ?? now) >= due)
            return SlaState.Breached;
        if (target.MetAt is not null)
            return SlaState.Met;
        var isSetByHand = target.DueSetBy is not null;
        return isSetByHand || StatusTimeline.Runs(status, terms.PauseWhilePending) ? SlaState.Running : SlaState.Paused;
    }

    /// <summary>What the clock did from one moment to another, with the parts that touch and are alike as one; at most so many, the rest left out.</summary>
    internal static IReadOnlyList<SlaSegment> Segments(
        DateTimeOffset from, DateTimeOffset to, BusinessCalendar calendar, StatusTimeline timeline, bool pauseWhilePending, int most)
    {
        var segments = new List<SlaSegment>();
        foreach (var (start, end, runs) in timeline.Since(from, pauseWhilePending))
        {
            var until = end is { } limit && limit < to ? limit : to;
            if (start >= until)
                break;

            if (!runs)
            {
                Add(start, until, SlaSegmentKind.Paused);
                continue;
            }

            var at = start;
            foreach (var open in calendar.OpenBetween(start, until))
            {
                Add(at, open.From, SlaSegmentKind.OutOfHours);
                Add(open.From, open.To, SlaSegmentKind.Running);
                at = open.To;
                if (segments.Count > most)
                    return segments[..most];
            }

            Add(at, until, SlaSegmentKind.OutOfHours);
        }

        return segments.Count > most ? segments[..most] : segments;

        void Add(DateTimeOffset start, DateTimeOffset until, SlaSegmentKind kind)
        {
            if (start >= until)
                return;
            if (segments is [.., var last] && last.Kind == kind && last.To == start)
                segments[^1] = last with { To = until };
            else
                segments.Add(new SlaSegment(start, until, kind));
        }
    }

    /// <summary>In whole microseconds, as PostgreSQL keeps them; rounded up, so that nothing is due before its time has passed.</summary>
    private static DateTimeOffset ToStorable(DateTimeOffset time)
    {
        var rest = time.Ticks % TimeSpan.TicksPerMicrosecond;
        return rest == 0 ? time : time.AddTicks(TimeSpan.TicksPerMicrosecond - rest);
    }
}
