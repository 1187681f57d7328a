namespace HelpDesk.Sla;

/// <summary>
/// Which minutes of a time a week of business hours is open: the zone is asked for the local time of every single minute, and that is looked up in the rows.
/// Nothing of <see cref="BusinessCalendar"/> is used, so that it can be checked against this.
/// </summary>
internal sealed class OpenMinutes
{
    private readonly long first;
    private readonly bool[] open;

    public OpenMinutes(LocalMinutes local, BusinessHours[] week, DateOnly[] holidays)
    {
        first = local.First;
        open = new bool[local.Count];
        for (var index = 0; index < open.Length; index++)
            open[index] = IsOpen(local[index], week, holidays);
        InAWeek = (int)(open.LongCount(isOpen => isOpen) * 7 * 24 * 60 / open.Length);
    }

    public bool this[long minute] => minute >= first && minute - first < open.Length
        ? open[minute - first]
        : throw new InvalidOperationException($"{Minutes.ToTime(minute):u} was not looked at: the case needs a wider time.");

    /// <summary>How many minutes of a week are open, on average.</summary>
    public int InAWeek { get; }

    private static bool IsOpen(in LocalMinute local, BusinessHours[] week, DateOnly[] holidays)
    {
        if (holidays.Length > 0 && holidays.Contains(local.Date))
            return false;

        foreach (var row in week)
        {
            var isPastMidnight = row.To <= row.From;
            if (row.Day == local.Day && local.Time >= row.From && (isPastMidnight || local.Time < row.To))
                return true;
            if (isPastMidnight && row.Day == local.DayBefore && local.Time < row.To)
                return true;
        }

        return false;
    }
}

/// <summary>The local time of each minute of some days.</summary>
internal sealed class LocalMinutes
{
    private readonly LocalMinute[] local;

    public LocalMinutes(TimeZoneInfo zone, DateOnly from, int days)
    {
        var start = from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        First = Minutes.Of(start);
        local = new LocalMinute[days * 24 * 60];
        for (var index = 0; index < local.Length; index++)
            local[index] = LocalMinute.Of(TimeZoneInfo.ConvertTimeFromUtc(start.AddMinutes(index), zone));
    }

    /// <summary>The number of the first minute.</summary>
    public long First { get; }

    public int Count => local.Length;

    public ref readonly LocalMinute this[int index] => ref local[index];
}

/// <summary>A minute by the wall clock of a zone.</summary>
internal readonly record struct LocalMinute(DateOnly Date, TimeOnly Time, DayOfWeek Day, DayOfWeek DayBefore)
{
    public static LocalMinute Of(DateTime local) => new(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), local.DayOfWeek, (DayOfWeek)(((int)local.DayOfWeek + 6) % 7));
}

/// <summary>Counts time in whole minutes.</summary>
internal static class Minutes
{
    public static long Of(DateTimeOffset time) => time.UtcTicks % TimeSpan.TicksPerMinute == 0
        ? time.UtcTicks / TimeSpan.TicksPerMinute
        : throw new ArgumentException($"{time:O} is no whole minute.", nameof(time));

    public static DateTimeOffset ToTime(long minute) => new(minute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
}
