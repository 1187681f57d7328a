using System.Text.Json.Serialization;

namespace HelpDesk.Tickets;

/// <summary>The way by which a ticket or message came.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketChannel>))]
public enum TicketChannel
{
    /// <summary>The portal, or any call with a person's sign-in.</summary>
    [JsonStringEnumMemberName("web")]
    Web,

    /// <summary>Another program.</summary>
    [JsonStringEnumMemberName("api")]
    Api,

    /// <summary>Mail.</summary>
    [JsonStringEnumMemberName("email")]
    Email,
}
