namespace HelpDesk.Sla;

/// <summary>A time of the week in which a <see cref="BusinessCalendar"/> is open: from <paramref name="From"/> until just before <paramref name="To"/>.</summary>
/// <param name="Day">The weekday on which it begins.</param>
/// <param name="From">When it begins, by the calendar's own wall clock.</param>
/// <param name="To">When it is over. At or before <paramref name="From"/> it is a time of the next day: <c>22:00</c> to <c>06:00</c> is a night shift,
/// <c>00:00</c> to <c>00:00</c> a whole day.</param>
public readonly record struct BusinessHours(DayOfWeek Day, TimeOnly From, TimeOnly To);
