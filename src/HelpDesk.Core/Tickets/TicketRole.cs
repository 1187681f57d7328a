using System.Text.Json.Serialization;

namespace HelpDesk.Tickets;

/// <summary>What somebody is on one ticket. An agent is the requester on the tickets that are their own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketRole>))]
public enum TicketRole
{
    /// <summary>The person whose ticket it is.</summary>
    [JsonStringEnumMemberName("requester")]
    Requester,

    /// <summary>Somebody of the help desk.</summary>
    [JsonStringEnumMemberName("agent")]
    Agent,

    /// <summary>A job.</summary>
    [JsonStringEnumMemberName("system")]
    System,
}
