using System.Collections.Concurrent;

namespace HelpDesk.Sla;

/// <summary>The stretches of time in which a zone's offset from UTC stands still.</summary>
/// <remarks>
/// Within one the local time is UTC plus a constant, so that whoever goes from stretch to stretch has daylight saving right without a special case: a skipped
/// hour is in none of them, a repeated one in two. Found once for each zone and year, since asking the zone costs more than all the rest of a calculation.
/// </remarks>
internal sealed class ZoneOffsets
{
    /// <summary>No zone has changed its offset twice within this time.</summary>
    private const long Step = 6 * TimeSpan.TicksPerHour;

    private static readonly ConcurrentDictionary<TimeZoneInfo, ZoneOffsets> Zones = new();

    private readonly TimeZoneInfo zone;
    private readonly ConcurrentDictionary<int, Stretch[]> years = new();

    private ZoneOffsets(TimeZoneInfo zone) => this.zone = zone;

    public static ZoneOffsets Of(TimeZoneInfo zone) => Zones.GetOrAdd(zone, static zone => new ZoneOffsets(zone));

    /// <summary>The stretch of a moment; stretches end with the year, though the offset may go on.</summary>
    public Stretch At(long utc)
    {
        var stretches = years.GetOrAdd(new DateTime(utc, DateTimeKind.Utc).Year, static (year, zone) => Find(year, zone), zone);
        var index = stretches.Length - 1;
        while (stretches[index].From > utc)
            index--;
        return stretches[index];
    }

    private static Stretch[] Find(int year, TimeZoneInfo zone)
    {
        var from = new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var end = year == DateTime.MaxValue.Year ? DateTime.MaxValue.Ticks : new DateTime(year + 1, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var found = new List<Stretch>();
        for (var at = from; at < end; at = Math.Min(at + Step, end))
        {
            var next = Math.Min(at + Step, end - 1);
            if (Offset(next) == Offset(at))
                continue;

            var change = FirstWith(Offset(next), at, next);
            found.Add(new Stretch(from, change, Offset(from)));
            from = change;
        }

        found.Add(new Stretch(from, end, Offset(from)));
        return [.. found];

        long Offset(long utc) => zone.GetUtcOffset(new DateTime(utc, DateTimeKind.Utc)).Ticks;

        long FirstWith(long offset, long without, long with)
        {
            while (with - without > 1)
            {
                var middle = without + ((with - without) / 2);
                if (Offset(middle) == offset)
                    with = middle;
                else
                    without = middle;
            }

            return with;
        }
    }

    /// <summary>A time with one offset, in ticks: <paramref name="From"/> included, <paramref name="To"/> not.</summary>
    public readonly record struct Stretch(long From, long To, long Offset);
}
