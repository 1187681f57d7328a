namespace HelpDesk.Tickets;

/// <summary>What a desk has done in a span of time, and the tickets behind the numbers. Call it; do not implement it.</summary>
/// <remarks>
/// Scoped. For managers, and jobs; everybody else gets a <see cref="ForbiddenException"/>. Counted and listed is what the actor may see: <see cref="ITicketAccess.Visible"/>
/// and the host's query filters apply. What is open at this moment is in <see cref="ITicketService.GetStatisticsAsync"/>.
/// </remarks>
public interface ITicketReports
{
    /// <summary>Counts and measures the span, as a whole, for each agent, category and day: two queries beside the directory's one, whatever there is.</summary>
    /// <exception cref="ForbiddenException">The actor is no manager.</exception>
    /// <exception cref="ValidationException">The span is none, or too long: field <c>from</c> or <c>to</c>.</exception>
    Task<TicketReport> GetAsync(ReportQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists the tickets that the report counts: those that were opened, first answered, resolved or breached in the span; oldest first.</summary>
    /// <remarks>What is wrong with the query is thrown here; the database is asked while the tickets are enumerated, once for the keys and then twice for every 500 tickets.</remarks>
    /// <exception cref="ForbiddenException">The actor is no manager.</exception>
    /// <exception cref="ValidationException">The span is none, or too long: field <c>from</c> or <c>to</c>.</exception>
    TicketExport Export(ReportQuery query);
}

/// <summary>Asks for a report on a span of time; for managers.</summary>
public sealed record ReportQuery
{
    /// <summary>Who asks; what is counted is what the actor may see.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Where the span begins: this moment belongs to it. Default (null): 30 days before <see cref="To"/>.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Where the span ends: this moment does not belong to it any more. At most 400 days after <see cref="From"/>. Default (null): the end of today, in UTC.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>The tickets behind a report.</summary>
public sealed record TicketExport
{
    /// <summary>Where the span begins, in UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Where the span ends, in UTC: the first moment that does not belong to it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The tickets, read in pieces while they are enumerated. Enumerate them once, while the scope is there.</summary>
    public required IAsyncEnumerable<ReportRow> Tickets { get; init; }
}
