using System.Data.Common;
using HelpDesk.Events;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>An event with what has to be known of its ticket to decide who is told: keys, never texts.</summary>
internal sealed record FeedRow
{
    public required long Seq { get; init; }

    public required Guid Id { get; init; }

    public required Guid TicketId { get; init; }

    public required string Kind { get; init; }

    public required bool IsPublic { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid Version { get; init; }

    public required string Number { get; init; }

    public required string? RequesterId { get; init; }

    /// <summary>Whether what follows it was told before.</summary>
    public bool IsLate { get; init; }

    /// <summary>The events with their tickets, by number.</summary>
    public static IQueryable<FeedRow> Of(IQueryable<TicketEvent> events, IQueryable<Ticket> tickets) =>
        from e in events
        join ticket in tickets on e.TicketId equals ticket.Id
        orderby e.Seq
        select new FeedRow
        {
            Seq = e.Seq,
            Id = e.Id,
            TicketId = e.TicketId,
            Kind = e.Kind,
            IsPublic = e.IsPublic,
            At = e.At,
            Version = e.Version,
            Number = ticket.Number,
            RequesterId = ticket.RequesterId,
        };

    /// <summary>Reads a row of <see cref="Of"/> past EF Core.</summary>
    public static FeedRow Read(DbDataReader row) => new()
    {
        Seq = row.GetInt64(0),
        Id = row.GetGuid(1),
        TicketId = row.GetGuid(2),
        Kind = row.GetString(3),
        IsPublic = row.GetBoolean(4),
        At = new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(5), DateTimeKind.Utc)),
        Version = row.GetGuid(6),
        Number = row.GetString(7),
        RequesterId = row.IsDBNull(8) ? null : row.GetString(8),
    };

    public FeedEvent ToItem() => new() { Id = Id, TicketId = TicketId, TicketNumber = Number, Kind = Kind, At = At, Version = Version, IsLate = IsLate };
}
