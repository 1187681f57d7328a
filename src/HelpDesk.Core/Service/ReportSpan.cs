using System.Linq.Expressions;
using HelpDesk.Sla;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>The span of time of a report, and what counts as having happened in it.</summary>
internal sealed record ReportSpan(DateTimeOffset From, DateTimeOffset To, DateTimeOffset Now)
{
    private const int DefaultDays = 30;
    private const int MostDays = 400;

    /// <exception cref="ValidationException">It is no span, or too long.</exception>
    public static ReportSpan Of(ReportQuery query, DateTimeOffset now)
    {
        var to = Storable(query.To ?? new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero));
        if (query.From is null && to < DateTimeOffset.MinValue.AddDays(DefaultDays))
            throw new ValidationException("to", "There is no time before that.");

        var from = Storable(query.From ?? to.AddDays(-DefaultDays));
        // Where the end is the default, what is wrong is the beginning.
        var field = query.To is null ? "from" : "to";
        if (from >= to)
            throw new ValidationException(field, "The span must end after it begins.");
        if (to - from > TimeSpan.FromDays(MostDays))
            throw new ValidationException(field, $"The span has more than {MostDays} days.");
        return new ReportSpan(from, to, now);
    }

    public bool Has(DateTimeOffset? time) => time >= From && time < To;

    /// <summary>The tickets to which something happened that a report counts, breaches apart.</summary>
    public Expression<Func<Ticket, bool>> Tickets => ticket =>
        (ticket.CreatedAt >= From && ticket.CreatedAt < To)
        || (ticket.FirstRespondedAt >= From && ticket.FirstRespondedAt < To)
        || (ticket.ResolvedAt >= From && ticket.ResolvedAt < To);

    /// <summary>The targets that were breached in the span: by the time at which that was found, else by the due time. As the SLA clock has it, what is met at its due time is late.</summary>
    public Expression<Func<TicketTarget, bool>> Breaches => target =>
        (target.BreachedAt >= From && target.BreachedAt < To)
        || (target.BreachedAt == null && target.DueAt >= From && target.DueAt < To && (target.MetAt >= target.DueAt || (target.MetAt == null && target.DueAt <= Now)));

    // The database keeps microseconds: what is compared there and here must be the same.
    private static DateTimeOffset Storable(DateTimeOffset time) => time.ToUniversalTime().AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
