using System.Globalization;
using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Short words for the examples: times, calendars and what happens to a ticket.</summary>
internal static class SlaSamples
{
    public static readonly DayOfWeek[] Workdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    /// <summary>Monday to Friday, 09:00 to 17:00 in UTC.</summary>
    public static BusinessCalendar Office { get; } = Calendar("UTC", [.. Workdays.Select(day => Hours(day, "09:00-17:00"))]);

    /// <summary>A moment, as <c>2026-03-02 09:00</c> in UTC or <c>2026-03-02 09:00 +01:00</c>.</summary>
    public static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static BusinessHours Hours(DayOfWeek day, string hours)
    {
        var ends = hours.Split('-');
        return new BusinessHours(day, TimeOnly.Parse(ends[0], CultureInfo.InvariantCulture), TimeOnly.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    public static BusinessCalendar Calendar(string zone, params BusinessHours[] hours) => new("test", TimeZoneInfo.FindSystemTimeZoneById(zone), hours);

    /// <summary>Open at the same hours on every day of the week.</summary>
    public static BusinessCalendar Daily(string zone, params string[] hours) =>
        Calendar(zone, [.. Enum.GetValues<DayOfWeek>().SelectMany(day => hours.Select(part => Hours(day, part)))]);

    public static SlaTerm Within(TimeSpan duration, BusinessCalendar? calendar = null) => new() { Duration = duration, Calendar = calendar ?? BusinessCalendar.Always };

    public static SlaHistory Ticket(string openedAt, SlaTerms terms, params SlaStep[] steps) => new() { OpenedAt = At(openedAt), Terms = terms, Steps = steps };

    public static SlaStep Is(string at, TicketStatus status, TicketRole? writtenBy = null) => new() { At = At(at), Status = status, WrittenBy = writtenBy };

    public static SlaStep Writes(string at, TicketRole role, TicketStatus? status = null) => new() { At = At(at), WrittenBy = role, Status = status };

    public static SlaStep Promises(string at, SlaTerms terms) => new() { At = At(at), Terms = terms };

    public static SlaTargetState Of(this IEnumerable<SlaTargetState> targets, TargetKind kind, int instance = 1) =>
        targets.Single(target => target.Kind == kind && target.Instance == instance);
}
