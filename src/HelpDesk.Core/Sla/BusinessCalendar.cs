namespace HelpDesk.Sla;

/// <summary>When the clock of a promise runs: the hours of the week in a time zone, without the holidays.</summary>
/// <remarks>
/// <para>
/// Local times are those of the zone's wall clock, so both daylight-saving changes come out right: an hour that is skipped does not exist, an hour that comes
/// twice counts twice. All times are half-open. Overlapping hours count once. A holiday closes its whole date, from midnight to midnight by the zone's clock, and
/// nothing else: of a night shift that begins the evening before, the part until midnight stays.
/// </para>
/// <para>Immutable, and safe to share between threads; make it once, not for each ticket.</para>
/// </remarks>
public sealed class BusinessCalendar
{
    private const int DaysOfWeek = 7;
    private const long MostAhead = 36_525 * TimeSpan.TicksPerDay;

    private readonly Hours[][] week;
    private readonly HashSet<int> holidays;
    private readonly ZoneOffsets? offsets;

    /// <summary>Makes a calendar.</summary>
    /// <param name="name">The name that explanations show; at most 100 characters.</param>
    /// <param name="timeZone">The zone whose wall clock the hours and holidays are meant by.</param>
    /// <param name="hours">The hours of a week, in any order; any number for each weekday.</param>
    /// <param name="holidays">The dates on which it is closed. Default: none.</param>
    /// <exception cref="ArgumentException">The week has no hours: nothing would ever be due.</exception>
    public BusinessCalendar(string name, TimeZoneInfo timeZone, IEnumerable<BusinessHours> hours, IEnumerable<DateOnly>? holidays = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, 100, nameof(name));
        ArgumentNullException.ThrowIfNull(timeZone);
        ArgumentNullException.ThrowIfNull(hours);
        Name = name;
        TimeZone = timeZone;
        week = WeekOf(hours);
        if (week.All(day => day.Length == 0))
            throw new ArgumentException("The week of the calendar is empty: nothing would ever be due. Give it at least one time of business.", nameof(hours));

        this.holidays = [.. (holidays ?? []).Select(date => date.DayNumber)];
        var isAlways = this.holidays.Count == 0 && week.All(day => day is [{ From: 0, To: TimeSpan.TicksPerDay }]);
        offsets = isAlways ? null : ZoneOffsets.Of(timeZone);
    }

    /// <summary>Open around the clock.</summary>
    public static BusinessCalendar Always { get; } = new(
        "around the clock", TimeZoneInfo.Utc, Enum.GetValues<DayOfWeek>().Select(day => new BusinessHours(day, TimeOnly.MinValue, TimeOnly.MinValue)));

    /// <summary>The name that explanations show.</summary>
    public string Name { get; }

    /// <summary>The zone whose wall clock counts.</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>The business time of a week without holidays.</summary>
    internal TimeSpan PerWeek => new(week.Sum(day => day.Sum(hours => hours.To - hours.From)));

    /// <summary>The first moment at which so much business time has passed.</summary>
    /// <param name="from">The start; it need not be within business hours.</param>
    /// <param name="duration">Business time; zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative, or the moment lies beyond the year 9999 or a hundred years ahead.</exception>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(duration.Ticks, nameof(duration));
        var left = duration.Ticks;
        if (left == 0)
            return from.ToUniversalTime();

        // Whoever promises a year of a calendar that is open a minute a week would search for millennia.
        var open = new OpenTimes(this, from.UtcTicks, Math.Min(from.UtcTicks + MostAhead, DateTime.MaxValue.Ticks));
        while (open.MoveNext())
        {
            if (open.To - open.From >= left)
                return new DateTimeOffset(open.From + left, TimeSpan.Zero);
            left -= open.To - open.From;
        }

        throw new ArgumentOutOfRangeException(nameof(duration), duration, $"So much time of the calendar '{Name}' does not pass within a hundred years, or before the year 9999 ends.");
    }

    /// <summary>The business time between two moments; zero where the second is not after the first.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        var sum = 0L;
        var open = new OpenTimes(this, from.UtcTicks, to.UtcTicks);
        while (open.MoveNext())
            sum += open.To - open.From;
        return new TimeSpan(sum);
    }

    /// <summary>The open times between two moments, in order; those that touch are one.</summary>
    internal IEnumerable<(DateTimeOffset From, DateTimeOffset To)> OpenBetween(DateTimeOffset from, DateTimeOffset to)
    {
        var open = new OpenTimes(this, from.UtcTicks, to.UtcTicks);
        (long From, long To)? last = null;
        while (open.MoveNext())
        {
            if (last is { } earlier && earlier.To == open.From)
            {
                last = (earlier.From, open.To);
                continue;
            }

            if (last is { } whole)
                yield return Times(whole);
            last = (open.From, open.To);
        }

        if (last is { } end)
            yield return Times(end);

        static (DateTimeOffset From, DateTimeOffset To) Times((long From, long To) ticks) =>
            (new DateTimeOffset(ticks.From, TimeSpan.Zero), new DateTimeOffset(ticks.To, TimeSpan.Zero));
    }

    /// <summary>The hours of each weekday within its own midnights, in order and without overlaps.</summary>
    private static Hours[][] WeekOf(IEnumerable<BusinessHours> hours)
    {
        var days = Enumerable.Range(0, DaysOfWeek).Select(_ => new List<Hours>()).ToArray();
        foreach (var (day, from, to) in hours)
        {
            if (!Enum.IsDefined(day))
                throw new ArgumentException($"There is no weekday {day}.", nameof(hours));

            if (to > from)
            {
                days[(int)day].Add(new Hours(from.Ticks, to.Ticks));
                continue;
            }

            days[(int)day].Add(new Hours(from.Ticks, TimeSpan.TicksPerDay));
            if (to.Ticks > 0)
                days[((int)day + 1) % DaysOfWeek].Add(new Hours(0, to.Ticks));
        }

        return [.. days.Select(Merge)];
    }

    private static Hours[] Merge(List<Hours> hours)
    {
        var merged = new List<Hours>();
        foreach (var next in hours.OrderBy(part => part.From))
        {
            if (merged is [.., var last] && next.From <= last.To)
                merged[^1] = last with { To = Math.Max(last.To, next.To) };
            else
                merged.Add(next);
        }

        return [.. merged];
    }

    /// <summary>A part of a day, in ticks after midnight.</summary>
    private readonly record struct Hours(long From, long To);

    /// <summary>Goes through the open times from one moment to another, without an allocation: day by day within each stretch of a constant offset.</summary>
    private struct OpenTimes
    {
        private readonly BusinessCalendar calendar;
        private readonly long end;
        private ZoneOffsets.Stretch stretch;
        private long local;
        private long localEnd;
        private int part;

        public OpenTimes(BusinessCalendar calendar, long from, long end)
        {
            this.calendar = calendar;
            this.end = end;
            To = from;
            Enter(from);
        }

        public long From { get; private set; }

        public long To { get; private set; }

        public bool MoveNext()
        {
            if (calendar.offsets is null)
            {
                (From, To) = (To, end);
                return From < To;
            }

            while (true)
            {
                if (local >= localEnd)
                {
                    if (stretch.To >= end)
                        return false;
                    Enter(stretch.To);
                    continue;
                }

                var midnight = local - (local % TimeSpan.TicksPerDay);
                var day = (int)(midnight / TimeSpan.TicksPerDay);
                var hours = calendar.holidays.Contains(day) ? [] : calendar.week[(day + 1) % DaysOfWeek]; // Day 0, the first of January of the year 1, was a Monday.
                while (part < hours.Length)
                {
                    var from = Math.Max(midnight + hours[part].From, local);
                    var to = Math.Min(midnight + hours[part].To, localEnd);
                    part++;
                    if (from >= to)
                        continue;

                    From = from - stretch.Offset;
                    To = to - stretch.Offset;
                    return true;
                }

                local = midnight + TimeSpan.TicksPerDay;
                part = 0;
            }
        }

        private void Enter(long utc)
        {
            if (calendar.offsets is null || utc >= end)
            {
                stretch = new ZoneOffsets.Stretch(utc, end, 0);
                return;
            }

            stretch = calendar.offsets.At(utc);
            local = utc + stretch.Offset;
            localEnd = Math.Min(stretch.To, end) + stretch.Offset;
            part = 0;
        }
    }
}
