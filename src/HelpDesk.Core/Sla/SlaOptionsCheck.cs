using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Finds what is wrong with the settings of the promises.</summary>
internal static class SlaOptionsCheck
{
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
        foreach (var priority in Enum.GetValues<TicketPriority>())
        {
            if (target.For(priority) is { } time && (time <= TimeSpan.Zero || time > SlaTerm.Longest))
                yield return $"{priority} must be more than zero and at most {SlaTerm.Longest.Days} days; leave it out for no promise. (A day is 1.00:00:00.)";
        }

        foreach (var name in target.Calendars.Values.Append(target.Calendar).Where(name => !IsKnown(sla, name)))
            yield return $"Calendar(s) names '{name}', which is no calendar of HelpDesk:Sla:Calendars.";
    }

    private static bool IsKnown(SlaOptions sla, string? calendar) =>
        calendar is null || sla.Calendars.ContainsKey(calendar) || string.Equals(calendar, ConfiguredCalendars.Always, StringComparison.OrdinalIgnoreCase);

    private static string? Problem(string name, SlaCalendarOptions calendar)
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
