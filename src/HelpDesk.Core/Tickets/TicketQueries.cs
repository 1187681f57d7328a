namespace HelpDesk.Tickets;

/// <summary>Reads one ticket with its newest messages.</summary>
public sealed record GetTicket
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }
}

/// <summary>Reads the messages of a ticket, newest page first.</summary>
public sealed record GetMessages
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>Where the page before ended; null for the newest page.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Reads the HTML of a message.</summary>
public sealed record GetMessageHtml
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The message.</summary>
    public required Guid Message { get; init; }
}

/// <summary>Reads the whole text of a message.</summary>
public sealed record GetWholeText
{
    /// <summary>Who reads: an agent.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The message.</summary>
    public required Guid Message { get; init; }
}

/// <summary>Reads a file of a message.</summary>
public sealed record GetAttachment
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The file.</summary>
    public required Guid Attachment { get; init; }
}

/// <summary>Reads the history of a ticket, oldest first: for agents.</summary>
public sealed record GetHistory
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The ticket.</summary>
    public required TicketKey Ticket { get; init; }

    /// <summary>Where the page before ended; null for the first page.</summary>
    public string? Cursor { get; init; }
}

/// <summary>What a list of tickets is sorted by.</summary>
public enum TicketSort
{
    /// <summary>The last change that the reader may know of.</summary>
    UpdatedAt,

    /// <summary>The opening.</summary>
    CreatedAt,

    /// <summary>The due time; for agents. What is never due counts as the latest.</summary>
    DueAt,

    /// <summary>The priority, then the opening.</summary>
    Priority,
}

/// <summary>Lists the tickets that the actor may see. All filters must hold.</summary>
public sealed record SearchTickets
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary>Any of these; empty for all.</summary>
    public IReadOnlyCollection<TicketStatus> Statuses { get; init; } = [];

    /// <summary>Any of these; empty for all.</summary>
    public IReadOnlyCollection<TicketPriority> Priorities { get; init; } = [];

    /// <summary>This category; null for all.</summary>
    public string? Category { get; init; }

    /// <summary>This responsible agent: a user id, <see cref="AssigneeMe"/> or <see cref="AssigneeNone"/>; null for all. For agents.</summary>
    public string? Assignee { get; init; }

    /// <summary>This requester: a user id, or an address (of the user who has confirmed it, or of somebody known by mail only); null for all. For agents.</summary>
    public string? Requester { get; init; }

    /// <summary>Open or pending and past the due time, or (false) not; null for all. For agents.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Up to 5 words (2 to 200 characters), all of which must occur in number, subject or messages; letter case is ignored. Null for all.</summary>
    public string? Text { get; init; }

    /// <summary>The order. Default: the last change.</summary>
    public TicketSort Sort { get; init; } = TicketSort.UpdatedAt;

    /// <summary>Whether the order is descending. Default: true.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>Tickets per page, 1 to 100. Default: 25.</summary>
    public int Limit { get; init; } = 25;

    /// <summary>Where the page before ended; null for the first page. Belongs to this actor, these filters and this order.</summary>
    public string? Cursor { get; init; }

    /// <summary>The value of <see cref="Assignee"/> for the actor.</summary>
    public const string AssigneeMe = "me";

    /// <summary>The value of <see cref="Assignee"/> for nobody.</summary>
    public const string AssigneeNone = "none";
}
