using System.Globalization;
using HelpDesk.AspNetCore.Tickets;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Http;

namespace HelpDesk.AspNetCore.Reports;

/// <summary>Reads from when to when a report goes: days in UTC, or times.</summary>
internal static class ReportPeriod
{
    private const string Day = "yyyy-MM-dd";

    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static ReportQuery Read(IQueryCollection query, Actor actor) => new()
    {
        Actor = actor,
        From = Moment(query, "from", isEnd: false),
        To = Moment(query, "to", isEnd: true),
    };

    /// <summary>The name of a file with what happened in a span: by days where it has whole ones, the last of them included.</summary>
    public static string FileName(DateTimeOffset from, DateTimeOffset to)
    {
        var (format, last) = from.TimeOfDay == TimeSpan.Zero && to.TimeOfDay == TimeSpan.Zero ? (Day, to.AddDays(-1)) : ("yyyyMMdd'T'HHmmss'Z'", to);
        return string.Create(CultureInfo.InvariantCulture, $"tickets-{from.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)}-{last.UtcDateTime.ToString(format, CultureInfo.InvariantCulture)}.csv");
    }

    private static DateTimeOffset? Moment(IQueryCollection query, string name, bool isEnd)
    {
        if (TicketListQuery.Single(query, name) is not { } value)
            return null;
        // A day that is the end belongs to the span as a whole. The last day of all has no day after it.
        if (DateOnly.TryParseExact(value, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            return new DateTimeOffset((isEnd ? day.AddDays(1) : day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return DateTimeOffset.TryParseExact(value, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new ValidationException(name, "Use a date such as 2026-11-24, which is a day in UTC, or a time such as 2026-11-24T08:00:00Z.");
    }
}
