namespace HelpDesk.Notifications;

/// <summary>What people are told of. Bound from <c>HelpDesk:Notifications</c>.</summary>
public sealed class NotificationOptions
{
    /// <summary>The language of who has not chosen one.</summary>
    /// <value>Default: <c>en</c>.</value>
    public string Language { get; set; } = "en";

    /// <summary>The domain of Message-IDs.</summary>
    /// <value>Default: that of the mail sender, as <c>HelpDesk:Smtp:ReplyDomain</c>; without one <c>helpdesk.invalid</c>.</value>
    public string? MessageIdDomain { get; set; }

    /// <summary>Whether requesters are told that their request has arrived.</summary>
    /// <value>Default: true.</value>
    public bool Received { get; set; } = true;

    /// <summary>Whether the assigned agent and the administrators are told of new tickets.</summary>
    /// <value>Default: true.</value>
    public bool Opened { get; set; } = true;

    /// <summary>Whether agents are told that a ticket is now theirs.</summary>
    /// <value>Default: true.</value>
    public bool Assigned { get; set; } = true;

    /// <summary>Whether requesters are told of agents' answers.</summary>
    /// <value>Default: true.</value>
    public bool AgentReplied { get; set; } = true;

    /// <summary>Whether agents are told that the requester has written.</summary>
    /// <value>Default: true.</value>
    public bool RequesterReplied { get; set; } = true;

    /// <summary>Whether the assignee is told of notes.</summary>
    /// <value>Default: true.</value>
    public bool NoteAdded { get; set; } = true;

    /// <summary>Whether requesters are told that their ticket is resolved.</summary>
    /// <value>Default: true.</value>
    public bool Resolved { get; set; } = true;

    /// <summary>Whether the assignee is told of what is due soon.</summary>
    /// <value>Default: true.</value>
    public bool Warned { get; set; } = true;

    /// <summary>Whether managers and the assignee are told of what was not kept.</summary>
    /// <value>Default: true.</value>
    public bool Escalated { get; set; } = true;

    /// <summary>How many automatic mails one address, which is no agent's, gets within <see cref="AutomaticMailWindow"/>. What is more is not sent, and the history says so: it ends loops of machines.</summary>
    /// <value>Default: 10; at least 1.</value>
    public int MostAutomaticMails { get; set; } = 10;

    /// <summary>How many of those may be about tickets of the same subject.</summary>
    /// <value>Default: 2; at least 1.</value>
    public int MostAutomaticMailsOfOneSubject { get; set; } = 2;

    /// <summary>The time in which automatic mails are counted.</summary>
    /// <value>Default: 3 hours; 1 minute to 7 days.</value>
    public TimeSpan AutomaticMailWindow { get; set; } = TimeSpan.FromHours(3);

    internal bool IsOn(NotificationKind kind) => kind switch
    {
        NotificationKind.Received => Received,
        NotificationKind.Opened => Opened,
        NotificationKind.Assigned => Assigned,
        NotificationKind.AgentReplied => AgentReplied,
        NotificationKind.RequesterReplied => RequesterReplied,
        NotificationKind.NoteAdded => NoteAdded,
        NotificationKind.Resolved => Resolved,
        NotificationKind.Warned => Warned,
        NotificationKind.Escalated => Escalated,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
