using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Finds what is wrong with the settings of the promises.</summary>
internal static class SlaOptionsCheck
{
    private const int WeeksOfTenYears = 521;

    public static IEnumerable<string> Errors(SlaOptions sla)
    {
        foreach (var (name, calendar) in sla.Calendars)
        {
            if (Problem(name, calendar) is { } problem)
                yield return $"HelpDesk:Sla:Calendars:{name}:{problem}";
        }

        if (!IsKnown(sla, sla.Calendar))
            yield return $"HelpDesk:Sla:Calendar names '{sla.Calendar}', which is no calendar of HelpDesk:Sla:Calendars.";
        if (sla.WarnBefore < TimeSpan.Zero || sla.WarnBefore > SlaTerm.Longest)
            yield return $"HelpDesk:Sla:WarnBefore must be 0 (no warning) to {SlaTerm.Longest.Days} days.";
        if (sla.DueSoon < TimeSpan.Zero || sla.DueSoon > SlaTerm.Longest)
            yield return $"HelpDesk:Sla:DueSoon must be 0 to {SlaTerm.Longest.Days} days.";
        foreach (var (name, target) in new[] { ("FirstResponse", sla.FirstResponse), ("NextResponse", sla.NextResponse), ("Resolution", sla.Resolution) })
        {
            foreach (var error in Errors(sla, target))
                yield return $"HelpDesk:Sla:{name}:{error}";
        }
    }

    private static IEnumerable<string> Errors(SlaOptions sla, SlaTargetOptions target)
    {
        if (!IsKnown(sla, target.Calendar))
            yield return $"Calendar names '{target.Calendar}', which is no calendar of HelpDesk:Sla:Calendars.";
        foreach (var (priority, name) in target.Calendars.Where(pair => !IsKnown(sla, pair.Value)))
            yield return $"Calendars:{priority} names '{name}', which is no calendar of HelpDesk:Sla:Calendars.";
        foreach (var key in target.Calendars.Keys.Where(key => Words.Parse<TicketPriority>(key.ToLowerInvariant()) is null))
            yield return $"Calendars:{key} is no priority. Use one of: {Words.All<TicketPriority>()}.";
        foreach (var priority in Enum.GetValues<TicketPriority>())
        {
            if (target.For(priority) is not { } time)
                continue;
            if (time <= TimeSpan.Zero || time > SlaTerm.Longest)
                yield return $"{priority} must be more than zero and at most {SlaTerm.Longest.Days} days; leave it out for no promise. (A day is 1.00:00:00.)";
            else if (Calendar(sla, target, priority) is { } calendar && time > calendar.PerWeek * WeeksOfTenYears)
                yield return $"{priority} does not pass within ten years of the calendar '{calendar.Name}', which is open for {calendar.PerWeek.TotalHours:0.##} hours a week.";
        }
    }

    /// <summary>The calendar of a target, where it is a right one.</summary>
    private static BusinessCalendar? Calendar(SlaOptions sla, SlaTargetOptions target, TicketPriority priority)
    {
        var name = target.CalendarFor(priority) ?? sla.Calendar;
        return name is not null && sla.Calendars.TryGetValue(name, out var options) && Problem(name, options) is null ? ConfiguredCalendars.Parse(name, options) : null;
    }

    private static bool IsKnown(SlaOptions sla, string? calendar) =>
        calendar is null || sla.Calendars.ContainsKey(calendar) || string.Equals(calendar, ConfiguredCalendars.Always, StringComparison.OrdinalIgnoreCase);

    private static string? Problem(string name, SlaCalendarOptions? calendar)
    {
        try
        {
            ConfiguredCalendars.Parse(name, calendar);
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return exception.Message;
        }
    }
}
