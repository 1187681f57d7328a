using System.Text.Json.Serialization;

namespace HelpDesk.Tickets;

/// <summary>What an agent is doing at a ticket.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PresenceMode>))]
public enum PresenceMode
{
    /// <summary>Reading it.</summary>
    [JsonStringEnumMemberName("viewing")]
    Viewing,

    /// <summary>Writing in it.</summary>
    [JsonStringEnumMemberName("replying")]
    Replying,
}

/// <summary>An agent who has a ticket before them.</summary>
public class Presence
{
    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected Presence()
    {
    }

    /// <summary>The ticket.</summary>
    public Guid TicketId { get; private set; }

    /// <summary>The host's user id of the agent.</summary>
    public string AgentId { get; private set; } = "";

    /// <summary>What the agent is doing.</summary>
    public PresenceMode Mode { get; private set; }

    /// <summary>When it is forgotten.</summary>
    public DateTimeOffset Until { get; private set; }
}
