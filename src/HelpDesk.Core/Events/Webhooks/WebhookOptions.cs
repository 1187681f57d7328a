namespace HelpDesk.Events;

/// <summary>One endpoint that is told of events; see <see cref="HelpDeskBuilder.AddWebhook"/>. Bound from <c>HelpDesk:Webhooks:{name}</c> where the host asks for it.</summary>
public sealed class WebhookOptions
{
    /// <summary>Where the events are posted to: absolute, <c>https</c> (with <see cref="AllowPrivateAddresses"/> <c>http</c> too), without a user name or password.</summary>
    /// <value>Default: null, which is an error.</value>
    public Uri? Url { get; set; }

    /// <summary>What the posts are signed with, each <c>whsec_</c> and the base64 of 24 to 64 random bytes. All of them sign, so that a new one can be known on both sides before the old one goes.</summary>
    /// <value>Default: empty, which is an error; 1 to 5.</value>
    public IList<string> Secrets { get; } = [];

    /// <summary>Which of <see cref="TicketEventKinds"/> are sent, public or not.</summary>
    /// <value>Default: empty, which sends every event that is public. What never is, as <c>note.added</c> and <c>ticket.escalated</c>, is sent only when it is listed.</value>
    public IList<string> Kinds { get; } = [];

    /// <summary>Whether the endpoint may be in the host's own network or on its own machine. It opens the way for this endpoint only.</summary>
    /// <value>Default: false, and an address that is not public is refused whatever name leads to it.</value>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>How long one try may take, from looking the name up to the status of the answer.</summary>
    /// <value>Default: 15 seconds; longer than zero, and less than <see cref="OutboxOptions.HandlerTimeout"/>.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    internal bool Wants(TicketEvent ticketEvent) => Kinds.Count == 0 ? ticketEvent.IsPublic : Kinds.Contains(ticketEvent.Kind);
}
