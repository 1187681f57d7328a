namespace HelpDesk.Notifications;

/// <summary>What people are told of.</summary>
public enum NotificationKind
{
    /// <summary>To the requester: the request has arrived.</summary>
    Received,

    /// <summary>To the assigned agent and the administrators: there is a new ticket.</summary>
    Opened,

    /// <summary>To the new assignee.</summary>
    Assigned,

    /// <summary>To the requester: an agent has answered.</summary>
    AgentReplied,

    /// <summary>To the assignee, or to the available agents of the category: the requester has written.</summary>
    RequesterReplied,

    /// <summary>To the assignee: somebody else wrote a note.</summary>
    NoteAdded,

    /// <summary>To the requester: resolved, with the message that was written with it.</summary>
    Resolved,

    /// <summary>To the assignee: a promise is due soon.</summary>
    Warned,

    /// <summary>To managers and assignee: a promise was not kept.</summary>
    Escalated,
}
