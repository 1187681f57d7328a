using System.Globalization;

namespace HelpDesk.Sla;

/// <summary>A time zone around a day on which something happens to its clocks, with calendars whose every minute is known.</summary>
internal sealed class SlaScene
{
    /// <summary>Days before and after the day that tickets may reach into: the longest life of one, and weeks for what is due after it.</summary>
    private const int DaysBefore = 41;
    private const int DaysAfter = 120;

    private readonly Lazy<IReadOnlyList<SceneCalendar>> calendars;
    private readonly int number;

    private SlaScene(int number, string zone, string day)
    {
        this.number = number;
        Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        Day = DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        calendars = new(MakeCalendars);
    }

    /// <summary>Zones with whole, half and quarter hours, with changes at midnight and of half an hour or two hours, and such as changed their offset for good.</summary>
    public static IReadOnlyList<SlaScene> All { get; } = [.. new[]
    {
        ("UTC", "2028-02-29"),
        ("Europe/Berlin", "2026-03-29"),
        ("Europe/Berlin", "2026-10-25"),
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
        ("Pacific/Apia", "2011-12-30"), // A day that did not exist.
        ("Asia/Kolkata", "2026-12-31"),
        ("Asia/Kathmandu", "1986-01-01"),
        ("Africa/Casablanca", "2026-02-15"), // Daylight saving time the other way round, but for Ramadan.
        ("Africa/Casablanca", "2026-03-22"),
        ("America/St_Johns", "2010-11-07"), // At a minute past midnight.
        ("America/St_Johns", "2026-03-08"),
        ("America/Sao_Paulo", "2018-11-04"), // No midnight.
        ("America/Havana", "2026-11-01"), // Midnight twice.
        ("Pacific/Chatham", "2026-04-05"),
        ("Antarctica/Troll", "2026-03-29"),
        ("Asia/Pyongyang", "2018-05-04"),
        ("Pacific/Kiritimati", "1994-12-31"), // Another day that did not exist.
    }.Select((scene, number) => new SlaScene(number, scene.Item1, scene.Item2))];

    public TimeZoneInfo Zone { get; }

    public DateOnly Day { get; }

    public IReadOnlyList<SceneCalendar> Calendars => calendars.Value;

    public OpenMinutes MinutesOf(BusinessCalendar calendar) => Calendars.Single(known => ReferenceEquals(known.Calendar, calendar)).Minutes;

    private List<SceneCalendar> MakeCalendars()
    {
        var random = new Random(number);
        var local = new LocalMinutes(Zone, Day.AddDays(-DaysBefore), DaysBefore + DaysAfter);
        var every = Enum.GetValues<DayOfWeek>();
        var workdays = every.Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToList();
        var made = new List<SceneCalendar>
        {
            // Written as rows for the minutes; the calendar itself is the one that everybody gets by default.
            new(BusinessCalendar.Always, local, [.. every.Select(day => Row(day, "00:00", "00:00"))], []),
        };
        Add("office", workdays.SelectMany(day => new[] { Row(day, "13:00", "17:00"), Row(day, "09:00", "12:00") }));
        Add("night", every.Where(day => day is not DayOfWeek.Friday).Select(day => Row(day, "22:00", "06:00")));
        Add("about midnight", every.SelectMany(day => new[] { Row(day, "23:30", "00:45"), Row(day, "01:15", "02:20") }));
        Add("small hours", every.Select(day => Row(day, "00:00", "04:00")));
        Add("overlapping", workdays.SelectMany(day => new[] { Row(day, "08:00", "14:00"), Row(day, "10:00", "18:00"), Row(day, "18:00", "20:00"), Row(day, "08:00", "14:00") }));
        Add("whole days", new[] { DayOfWeek.Saturday, DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Friday }.Select(day => Row(day, "00:00", "00:00")));
        Add("every day", every.Select(day => Row(day, "00:00", "00:00")));
        Add("day and night", every.Select(day => Row(day, "09:00", "09:00")));
        for (var i = 1; i <= 10; i++)
            Add($"random {i}", Enumerable.Range(0, random.Next(1, 10)).Select(_ => new BusinessHours((DayOfWeek)random.Next(7), RandomTime(), RandomTime())));
        return made;

        void Add(string name, IEnumerable<BusinessHours> hours)
        {
            var week = hours.ToArray();
            var holidays = Enumerable.Range(0, random.Next(6)).Select(_ => Day.AddDays(random.Next(-8, 9))).Distinct().Order().ToArray();
            made.Add(new SceneCalendar(new BusinessCalendar(name, Zone, week, holidays), local, week, holidays));
        }

        TimeOnly RandomTime() => new TimeOnly(0, 0).AddMinutes(random.Next(2) == 0 ? random.Next(24 * 60) : random.Next(48) * 30);
    }

    private static BusinessHours Row(DayOfWeek day, string from, string to) => new(day, TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(to, CultureInfo.InvariantCulture));
}

/// <summary>A calendar, and which minutes it must be open.</summary>
internal sealed class SceneCalendar(BusinessCalendar calendar, LocalMinutes local, BusinessHours[] week, DateOnly[] holidays)
{
    public BusinessCalendar Calendar => calendar;

    public OpenMinutes Minutes { get; } = new(local, week, holidays);

    public override string ToString() =>
        $"{calendar.Name}: {string.Join(", ", week.Select(row => $"{row.Day} {row.From:HH:mm}-{row.To:HH:mm}"))}; closed on {string.Join(", ", holidays.Select(day => $"{day:yyyy-MM-dd}"))}";
}
