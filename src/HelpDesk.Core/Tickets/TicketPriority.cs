using System.Text.Json.Serialization;

namespace HelpDesk.Tickets;

/// <summary>How urgent a ticket is. The numbers are what is stored and sorted by.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketPriority>))]
public enum TicketPriority
{
    /// <summary>Can wait.</summary>
    [JsonStringEnumMemberName("low")]
    Low = 10,

    /// <summary>The default.</summary>
    [JsonStringEnumMemberName("normal")]
    Normal = 20,

    /// <summary>Before the others.</summary>
    [JsonStringEnumMemberName("high")]
    High = 30,

    /// <summary>At once.</summary>
    [JsonStringEnumMemberName("urgent")]
    Urgent = 40,
}
