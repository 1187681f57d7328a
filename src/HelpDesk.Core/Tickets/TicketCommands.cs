namespace HelpDesk.Tickets;

/// <summary>Opens a ticket with its first message.</summary>
public sealed record OpenTicket
{
    /// <summary>Who opens it; its requester too, unless an agent or job opens it on behalf of somebody.</summary>
    public required Actor Actor { get; init; }

    /// <summary>One line of 1 to 255 characters; line breaks become spaces.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text of 1 to 10,000 characters after trimming.</summary>
    public required string Body { get; init; }

    /// <summary>How urgent it is. Default: normal.</summary>
    public TicketPriority Priority { get; init; } = TicketPriority.Normal;

    /// <summary>The category, at most 100 characters; one of <see cref="HelpDeskOptions.Categories"/> where those are set. Default: none.</summary>
    public string? Category { get; init; }

    /// <summary>On behalf of this user of the host. Ignored from requesters; not together with <see cref="RequesterEmail"/>.</summary>
    public string? RequesterId { get; init; }

    /// <summary>On behalf of this address: of the user who has confirmed it, else of somebody known by mail only. Ignored from requesters.</summary>
    public string? RequesterEmail { get; init; }

    /// <summary>The files of the message, in order: ids that <see cref="Attachments.IAttachmentUploads.StageAsync"/> gave to the same actor. Default: none.</summary>
    public IReadOnlyList<Guid> Attachments { get; init; } = [];

    /// <summary>1 to 128 visible ASCII characters: within 24 hours the same command of the same actor under the same key is done once.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>Writes a public message, or (<see cref="IsPrivate"/>) a note that only agents see.</summary>
public sealed record ReplyToTicket
{
    /// <summary>Who writes.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket. A requester's reply to one that is over opens a linked ticket.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>Plain text of 1 to 10,000 characters after trimming.</summary>
    public required string Body { get; init; }

    /// <summary>Whether it is a note. Counts for agents only: a requester's message is always public.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The version that the ticket must have; null for any.</summary>
    public Guid? IfVersion { get; init; }

    /// <summary>The files of the message, in order: ids that <see cref="Attachments.IAttachmentUploads.StageAsync"/> gave to the same actor. Default: none.</summary>
    public IReadOnlyList<Guid> Attachments { get; init; } = [];

    /// <summary>1 to 128 visible ASCII characters: within 24 hours the same command of the same actor under the same key is done once.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>Changes fields of a ticket, in one commit. Assigning by hand is <see cref="AssigneeId"/>.</summary>
public sealed record ChangeTicket
{
    /// <summary>Who changes: an agent or job.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>One line of 1 to 255 characters.</summary>
    public Optional<string?> Subject { get; init; }

    /// <summary>How urgent it is.</summary>
    public Optional<TicketPriority> Priority { get; init; }

    /// <summary>The category; null for none.</summary>
    public Optional<string?> Category { get; init; }

    /// <summary>The responsible agent, of the role <c>support</c>; null for nobody.</summary>
    public Optional<string?> AssigneeId { get; init; }

    /// <summary>The status, by the move that leads there; where it already is, it is refused.</summary>
    public Optional<TicketStatus> Status { get; init; }

    /// <summary>The due time, set by hand; null gives it back to the policy.</summary>
    public Optional<DateTimeOffset?> DueAt { get; init; }

    /// <summary>The version that the ticket must have; null for any.</summary>
    public Guid? IfVersion { get; init; }
}

/// <summary>Makes tickets that came by mail the actor's own.</summary>
public sealed record ClaimByEmail
{
    /// <summary>Whose they become, if the host's directory says that the address is theirs, confirmed.</summary>
    public required Actor Actor { get; init; }
}

/// <summary>Moves a ticket to <see cref="TicketStatus.Resolved"/>.</summary>
public sealed record ResolveTicket : TicketMoveCommand;

/// <summary>Moves a ticket to <see cref="TicketStatus.Closed"/>.</summary>
public sealed record CloseTicket : TicketMoveCommand;

/// <summary>Moves a resolved or closed ticket back to <see cref="TicketStatus.Open"/>.</summary>
public sealed record ReopenTicket : TicketMoveCommand;

/// <summary>What the commands that end or reopen a ticket have in common.</summary>
public abstract record TicketMoveCommand
{
    private protected TicketMoveCommand()
    {
    }

    /// <summary>Who moves it.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>A public message that goes with it; null or blank for none.</summary>
    public string? Message { get; init; }

    /// <summary>The version that the ticket must have; null for any.</summary>
    public Guid? IfVersion { get; init; }
}
