using System.Text.Json.Serialization;

namespace HelpDesk.AspNetCore.Tickets;

/// <summary>The values of <c>sort</c>, so that OpenAPI can list them.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketSortParameter>))]
internal enum TicketSortParameter
{
    [JsonStringEnumMemberName("-updatedAt")]
    UpdatedAtDescending,

    [JsonStringEnumMemberName("updatedAt")]
    UpdatedAt,

    [JsonStringEnumMemberName("-createdAt")]
    CreatedAtDescending,

    [JsonStringEnumMemberName("createdAt")]
    CreatedAt,

    [JsonStringEnumMemberName("-dueAt")]
    DueAtDescending,

    [JsonStringEnumMemberName("dueAt")]
    DueAt,

    [JsonStringEnumMemberName("-priority")]
    PriorityDescending,

    [JsonStringEnumMemberName("priority")]
    Priority,
}
