using System.Text.Json.Serialization;

namespace HelpDesk.Tickets;

/// <summary>Where a ticket is in its life. Which moves exist is the table <see cref="TicketMoves"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketStatus>))]
public enum TicketStatus
{
    /// <summary>Waiting for the help desk.</summary>
    [JsonStringEnumMemberName("open")]
    Open,

    /// <summary>Waiting for the requester.</summary>
    [JsonStringEnumMemberName("pending")]
    Pending,

    /// <summary>Answered for good, unless the requester replies within the reopen window.</summary>
    [JsonStringEnumMemberName("resolved")]
    Resolved,

    /// <summary>Over; only a reopening leads back.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed,
}
