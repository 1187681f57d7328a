using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>A ticket's life made up from a seed; the same seed makes the same life.</summary>
internal sealed class RandomTicket
{
    private readonly Random random;
    private readonly long unit;
    private readonly bool isCoarse;

    private RandomTicket(int seed, int days, long unit)
    {
        random = new Random(HashCodeOf(seed, days));
        this.unit = unit;
        isCoarse = random.Next(2) == 0;
        Scene = SlaScene.All[random.Next(SlaScene.All.Count)];

        // Short lives lie about the day on which the clocks change, long ones reach over it.
        var earliest = Scene.Day.AddDays(days > 10 ? -40 : -days).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var openedAt = new DateTimeOffset(earliest + Random(TimeSpan.FromDays(days > 10 ? 45 : days + 4)));
        var life = TimeSpan.FromDays(days) / random.Next(1, 6);
        var terms = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Terms()).ToArray();
        var times = Enumerable.Range(0, random.Next(days > 10 ? 40 : 12)).Select(_ => openedAt + Random(life)).Order().ToList();
        var (status, steps) = (TicketStatus.Open, new List<SlaStep>());
        for (var i = 0; i < times.Count; i++)
        {
            // Some things happen at the same time.
            var at = i > 0 && random.Next(12) == 0 ? steps[^1].At : times[i];
            var step = random.Next(4) == 0 ? Anything(at, terms) : Command(at, status, terms);
            status = step.Status ?? status;
            steps.Add(step);
        }

        History = new SlaHistory { OpenedAt = openedAt, Terms = terms[0], Steps = steps };
        // Mostly everything has happened, but not always: what is still to come must make no difference.
        Now = random.Next(4) == 0 ? openedAt + Random(life) : (steps.Count == 0 ? openedAt : steps[^1].At) + Random(life / 4);
    }

    public SlaScene Scene { get; }

    public SlaHistory History { get; }

    public DateTimeOffset Now { get; }

    /// <summary>Makes a life in which every time and duration is in whole minutes.</summary>
    public static RandomTicket InMinutes(int seed, int days) => new(seed, days, TimeSpan.TicksPerMinute);

    /// <summary>Makes a life at any times.</summary>
    public static RandomTicket InTicks(int seed, int days) => new(seed, days, 1);

    /// <summary>What happened, for somebody who must understand why a test failed.</summary>
    public static string Describe(SlaScene scene, SlaHistory history, DateTimeOffset now)
    {
        var terms = history.Steps.Select(step => step.Terms).Prepend(history.Terms).OfType<SlaTerms>().Distinct<SlaTerms>(ReferenceEqualityComparer.Instance).ToList();
        var calendars = terms.SelectMany(one => new[] { one.FirstResponse, one.NextResponse, one.Resolution }).OfType<SlaTerm>().Select(term => term.Calendar).Distinct();
        var lines = new List<string> { $"zone {scene.Zone.Id}" };
        lines.AddRange(calendars.Select(calendar => $"calendar {scene.Calendars.Single(known => ReferenceEquals(known.Calendar, calendar))}"));
        lines.AddRange(terms.Select((one, i) => $"terms {i}: first response {Words(one.FirstResponse)}, next response {Words(one.NextResponse)}, resolution {Words(one.Resolution)}"
            + (one.PauseWhilePending ? ", pauses while pending" : "")));
        lines.Add($"{history.OpenedAt:O} opened");
        lines.AddRange(history.Steps.Select(step => $"{step.At:O} {step.Status}{(step.WrittenBy is null ? "" : $" written by {step.WrittenBy}")}"
            + (step.Terms is null ? "" : $" terms {terms.FindIndex(one => ReferenceEquals(one, step.Terms))}")));
        lines.Add($"{now:O} is now");
        return string.Join(Environment.NewLine, lines);

        static string Words(SlaTerm? term) => term is null ? "never" : $"{term.Duration} {term.Calendar.Name}";
    }

    private static int HashCodeOf(int seed, int days) => unchecked((seed * 31) + days);

    private SlaTerms Terms() => new()
    {
        FirstResponse = Term(),
        NextResponse = Term(),
        Resolution = Term(),
        PauseWhilePending = random.Next(2) == 0,
    };

    private SlaTerm? Term()
    {
        if (random.Next(5) == 0)
            return null;

        // At most two weeks of open time: what is due must be found within the scene.
        var calendar = Scene.Calendars[random.Next(Scene.Calendars.Count)];
        var longest = Math.Min(calendar.Minutes.InAWeek * 2, random.Next(3) == 0 ? 5 * 24 * 60 : 8 * 60);
        return new SlaTerm { Duration = new TimeSpan(Math.Max(Random(TimeSpan.FromMinutes(longest + 1)).Ticks, unit)), Calendar = calendar.Calendar };
    }

    /// <summary>A time below a limit. Most of them are on half hours, so that things meet: a message at the very moment at which it is due, or a shift ends.</summary>
    private TimeSpan Random(TimeSpan limit)
    {
        var coarse = 30 * TimeSpan.TicksPerMinute;
        var step = limit.Ticks > coarse && (isCoarse || random.Next(2) == 0) ? coarse : unit;
        return new TimeSpan(random.NextInt64(limit.Ticks / step) * step);
    }

    /// <summary>Something that the help desk would do.</summary>
    private SlaStep Command(DateTimeOffset at, TicketStatus status, SlaTerms[] terms)
    {
        var isOver = status is TicketStatus.Resolved or TicketStatus.Closed;
        return random.Next(7) switch
        {
            0 or 1 => new SlaStep { At = at, WrittenBy = TicketRole.Requester, Status = status == TicketStatus.Closed ? null : TicketStatus.Open },
            2 when status != TicketStatus.Closed => new SlaStep { At = at, WrittenBy = TicketRole.Agent, Status = TicketStatus.Pending },
            3 when !isOver => new SlaStep { At = at, WrittenBy = random.Next(2) == 0 ? TicketRole.Agent : null, Status = TicketStatus.Resolved },
            4 when status != TicketStatus.Closed => new SlaStep { At = at, Status = random.Next(3) == 0 ? TicketStatus.Closed : isOver ? TicketStatus.Open : TicketStatus.Pending },
            5 => new SlaStep { At = at, Terms = terms[random.Next(terms.Length)] },
            _ => new SlaStep { At = at, Status = isOver || status == TicketStatus.Pending ? TicketStatus.Open : null },
        };
    }

    /// <summary>Something that a host's own table of moves might do.</summary>
    private SlaStep Anything(DateTimeOffset at, SlaTerms[] terms) => new()
    {
        At = at,
        Status = random.Next(2) == 0 ? null : (TicketStatus)random.Next(Enum.GetValues<TicketStatus>().Length),
        WrittenBy = random.Next(2) == 0 ? null : (TicketRole)random.Next(Enum.GetValues<TicketRole>().Length),
        Terms = random.Next(3) == 0 ? terms[random.Next(terms.Length)] : null,
    };
}
