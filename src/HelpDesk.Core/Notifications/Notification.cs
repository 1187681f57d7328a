using HelpDesk.Tickets;

namespace HelpDesk.Notifications;

/// <summary>What one person is told of one event.</summary>
/// <remarks>Everything in it is meant for this person. What others wrote in it (names, subject, texts) is as they wrote it: a sender encodes it for its medium.</remarks>
public sealed record Notification
{
    /// <summary>The stable key: the same on every try.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it tells of.</summary>
    public required NotificationKind Kind { get; init; }

    /// <summary>Who is told.</summary>
    public required NotificationRecipient Recipient { get; init; }

    /// <summary>The ticket as it is now.</summary>
    public required NotifiedTicket Ticket { get; init; }

    /// <summary>The message that it is about; null where there is none. A note for agents only.</summary>
    public NotifiedMessage? Message { get; init; }

    /// <summary>What is due or was, of <see cref="NotificationKind.Warned"/> and <see cref="NotificationKind.Escalated"/>; else empty.</summary>
    public IReadOnlyList<NotifiedTarget> Targets { get; init; } = [];

    /// <summary>Where the person finds the ticket, below <see cref="HelpDeskOptions.PublicBaseUrl"/>; null where that is not set.</summary>
    public Uri? Link { get; init; }

    /// <summary>Whether no person stands behind it: such mail says so in its headers, and is not to be answered by machines. False for what an agent wrote to the requester.</summary>
    public required bool IsAutomatic { get; init; }

    /// <summary>For mail: the Message-ID, with its angle brackets; stored, and the same on every try.</summary>
    public required string MessageId { get; init; }

    /// <summary>For mail: the Message-IDs of what the person got of this ticket before, oldest first, at most 10 and 1,500 characters. The last one is what it answers.</summary>
    public IReadOnlyList<string> References { get; init; } = [];
}

/// <summary>The person who is told.</summary>
public sealed record NotificationRecipient
{
    /// <summary>The host's user id; null for somebody known by mail only.</summary>
    public required string? UserId { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The address, in lower case; null where the host knows none.</summary>
    public required string? Email { get; init; }

    /// <summary>Whether the person is told as an agent, and not as the requester.</summary>
    public required bool IsAgent { get; init; }

    /// <summary>The language, as <c>en</c> or <c>de-AT</c>.</summary>
    public required string Language { get; init; }

    /// <summary>The secret of this person's reply address for this ticket: 26 letters and digits.</summary>
    public required string ReplyToken { get; init; }
}

/// <summary>The ticket that a notification is about.</summary>
public sealed record NotifiedTicket
{
    /// <summary>The key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The number.</summary>
    public required string Number { get; init; }

    /// <summary>The subject: one line.</summary>
    public required string Subject { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>How urgent it is.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>The category.</summary>
    public required string? Category { get; init; }

    /// <summary>The requester's name.</summary>
    public required string RequesterName { get; init; }

    /// <summary>The host's user id of the responsible agent; null for nobody.</summary>
    public required string? AssigneeId { get; init; }

    /// <summary>The responsible agent's name; null for nobody.</summary>
    public required string? AssigneeName { get; init; }
}

/// <summary>The message that a notification is about.</summary>
public sealed record NotifiedMessage
{
    /// <summary>Who wrote it.</summary>
    public required string AuthorName { get; init; }

    /// <summary>Plain text.</summary>
    public required string Body { get; init; }

    /// <summary>Whether it is a note.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>The names of its files, which are in the help desk.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A promise that a notification is about.</summary>
public sealed record NotifiedTarget
{
    /// <summary>What was promised.</summary>
    public required Sla.TargetKind Kind { get; init; }

    /// <summary>When it is due, or was.</summary>
    public required DateTimeOffset DueAt { get; init; }
}
