using System.Globalization;

namespace HelpDesk.Sla;

/// <summary>Makes calendars from the words of the configuration.</summary>
internal static class ConfiguredCalendars
{
    /// <summary>The name of the calendar that is always there.</summary>
    public const string Always = "always";

    /// <exception cref="FormatException">A word of it cannot be read; the message says which.</exception>
    public static BusinessCalendar Parse(string name, SlaCalendarOptions? options)
    {
        if (options is null)
            throw new FormatException("It is empty. Set its Hours, for instance Hours:Monday to 09:00-17:00.");
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100)
            throw new FormatException("The name of a calendar has 1 to 100 characters.");
        if (options.TimeZone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out var zone))
            throw new FormatException($"TimeZone '{options.TimeZone}' is not a time zone of this machine. Use an IANA name such as Europe/Berlin.");

        var hours = options.Hours.SelectMany(day => Parse(day.Key, day.Value)).ToList();
        if (hours.Count == 0)
            throw new FormatException("Hours is empty: nothing would ever be due. Set for instance Hours:Monday to 09:00-17:00.");
        return new BusinessCalendar(name, zone, hours, options.Holidays.Select(ParseHoliday));
    }

    private static DateOnly ParseHoliday(string text, int index) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new FormatException($"Holidays:{index} is '{text}'. Use a date such as 2026-12-25.");

    private static IEnumerable<BusinessHours> Parse(string weekday, string? text)
    {
        if (Enum.GetValues<DayOfWeek>().Cast<DayOfWeek?>().FirstOrDefault(name => string.Equals($"{name}", weekday, StringComparison.OrdinalIgnoreCase)) is not { } day)
            throw new FormatException($"Hours:{weekday} is no weekday. Use Monday to Sunday.");

        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends is not [var from, var to] || ParseTime(from) is not { } start || ParseTime(to == "24:00" ? "00:00" : to) is not { } end)
                throw new FormatException($"Hours:{day} has '{part}'. Use times such as 09:00-12:00, 13:00-17:00.");
            yield return new BusinessHours(day, start, end);
        }
    }

    private static TimeOnly? ParseTime(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "H:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
