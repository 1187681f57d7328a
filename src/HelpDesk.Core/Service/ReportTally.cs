using HelpDesk.Sla;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>Counts what happened to some tickets in a span of time.</summary>
internal sealed class ReportTally
{
    private readonly Times firstResponses = new();
    private readonly Times resolutions = new();
    private readonly BreachTally breaches = new();
    private int opened;

    /// <summary>How much there is to tell.</summary>
    public int Weight => opened + resolutions.Count + breaches.Count;

    public void Opened() => opened++;

    public void Responded(TimeSpan after) => firstResponses.Add(after);

    public void Resolved(TimeSpan after) => resolutions.Add(after);

    public void Breached(TargetKind kind) => breaches.Add(kind);

    public ReportFigures Figures() => new()
    {
        Opened = opened,
        Resolved = resolutions.Count,
        FirstResponseTime = firstResponses.Measure(),
        ResolutionTime = resolutions.Measure(),
        Breaches = breaches.Counted(),
    };

    /// <summary>Durations in whole seconds: four bytes for each, so that exact percentiles of all of them cost no more than they are worth.</summary>
    private sealed class Times
    {
        private readonly List<int> seconds = [];

        public int Count => seconds.Count;

        public void Add(TimeSpan time) => seconds.Add((int)Math.Min(int.MaxValue, time.TotalSeconds));

        public ReportTimes Measure()
        {
            seconds.Sort();
            return new ReportTimes { Count = seconds.Count, Median = Percentile(0.5), P90 = Percentile(0.9) };
        }

        /// <summary>As PERCENTILE_CONT of SQL has it.</summary>
        private TimeSpan? Percentile(double share)
        {
            if (seconds.Count == 0)
                return null;

            var position = share * (seconds.Count - 1);
            var below = (int)position;
            var above = Math.Min(below + 1, seconds.Count - 1);
            var exact = seconds[below] + ((position - below) * ((double)seconds[above] - seconds[below]));
            return TimeSpan.FromSeconds(Math.Round(exact, MidpointRounding.AwayFromZero));
        }
    }
}

/// <summary>Counts breaches by kind.</summary>
internal sealed class BreachTally
{
    private readonly int[] counts = new int[Enum.GetValues<TargetKind>().Length];

    public int Count => counts.Sum();

    public void Add(TargetKind kind) => counts[(int)kind]++;

    public ReportBreaches Counted() => new()
    {
        FirstResponse = counts[(int)TargetKind.FirstResponse],
        NextResponse = counts[(int)TargetKind.NextResponse],
        Resolution = counts[(int)TargetKind.Resolution],
    };
}
