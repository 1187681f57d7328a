using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Settings of the promises. Bound from <c>HelpDesk:Sla</c>; read by the default <see cref="ISlaPolicy"/>.</summary>
/// <remarks>In configuration a duration of a day or more is written with the days in front: <c>1.00:00:00</c>. (<c>24:00:00</c> would be 24 days.)</remarks>
public sealed class SlaOptions
{
    /// <summary>Until the first public answer of an agent.</summary>
    /// <value>Default: no promise.</value>
    public SlaTargetOptions FirstResponse { get; } = new();

    /// <summary>Until the answer to the oldest unanswered message of the requester, after the first response.</summary>
    /// <value>Default: no promise.</value>
    public SlaTargetOptions NextResponse { get; } = new();

    /// <summary>Until the resolution.</summary>
    /// <value>Default: 2 hours (urgent), 8 hours (high), 24 hours (normal), 72 hours (low).</value>
    public SlaTargetOptions Resolution { get; } = new()
    {
        Urgent = TimeSpan.FromHours(2),
        High = TimeSpan.FromHours(8),
        Normal = TimeSpan.FromHours(24),
        Low = TimeSpan.FromHours(72),
    };

    /// <summary>Whether the time in which a ticket is pending does not count.</summary>
    /// <value>Default: false.</value>
    public bool PauseWhilePending { get; set; }

    /// <summary>The calendar of every target that names none: a key of <see cref="Calendars"/>.</summary>
    /// <value>Default: null, which is around the clock.</value>
    public string? Calendar { get; set; }

    /// <summary>The business calendars by name.</summary>
    /// <value>Default: none.</value>
    public IDictionary<string, SlaCalendarOptions> Calendars { get; } = new Dictionary<string, SlaCalendarOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long before a target is due its ticket's assignee is warned, by the wall clock. A target whose whole time is not longer is not warned of.</summary>
    /// <value>Default: zero, which is no warning.</value>
    public TimeSpan WarnBefore { get; set; }

    /// <summary>What counts as due soon in <see cref="TicketStatistics"/>.</summary>
    /// <value>Default: 1 hour.</value>
    public TimeSpan DueSoon { get; set; } = TimeSpan.FromHours(1);
}

/// <summary>Durations of one target by priority.</summary>
public sealed class SlaTargetOptions
{
    /// <summary>For urgent tickets; null for no promise.</summary>
    public TimeSpan? Urgent { get; set; }

    /// <summary>For tickets of high priority; null for no promise.</summary>
    public TimeSpan? High { get; set; }

    /// <summary>For normal tickets; null for no promise.</summary>
    public TimeSpan? Normal { get; set; }

    /// <summary>For tickets of low priority; null for no promise.</summary>
    public TimeSpan? Low { get; set; }

    /// <summary>The calendar of this target: a key of <see cref="SlaOptions.Calendars"/>, or <c>always</c>.</summary>
    /// <value>Default: null, which is <see cref="SlaOptions.Calendar"/>.</value>
    public string? Calendar { get; set; }

    /// <summary>Calendars for single priorities, where they differ: <c>Calendars:Urgent = always</c>.</summary>
    /// <value>Default: none.</value>
    /// <remarks>The keys are the priorities as texts, in any letter case, so that a wrong one is found at start: a configuration binder passes over what it cannot read.</remarks>
    public IDictionary<string, string> Calendars { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of the calendar for a priority; null for none of its own.</summary>
    internal string? CalendarFor(TicketPriority priority) => Calendars.TryGetValue(Words.Of(priority), out var own) ? own : Calendar;

    internal TimeSpan? For(TicketPriority priority) => priority switch
    {
        TicketPriority.Urgent => Urgent,
        TicketPriority.High => High,
        TicketPriority.Normal => Normal,
        TicketPriority.Low => Low,
        _ => throw new ArgumentOutOfRangeException(nameof(priority), priority, null),
    };
}

/// <summary>A business calendar in configuration; see <see cref="BusinessCalendar"/>.</summary>
public sealed class SlaCalendarOptions
{
    /// <summary>The IANA name of the time zone, as <c>Europe/Berlin</c>.</summary>
    /// <value>Default: <c>UTC</c>.</value>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The hours of each weekday, as <c>09:00-12:00, 13:00-17:00</c>; <c>22:00-06:00</c> goes past midnight, <c>00:00-24:00</c> is the whole day.</summary>
    /// <value>Default: none; at least one weekday needs hours.</value>
    /// <remarks>The keys are the English names of the weekdays, in any letter case.</remarks>
    public IDictionary<string, string> Hours { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The dates on which it is closed, as <c>2026-12-25</c>.</summary>
    /// <value>Default: none.</value>
    public IList<string> Holidays { get; } = [];
}
