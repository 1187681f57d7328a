namespace HelpDesk.Tickets;

/// <summary>Somebody, by the host's user id (null for somebody known by mail only) and the name that others may see.</summary>
/// <param name="Id">The host's user id, or null.</param>
/// <param name="Name">The name.</param>
public sealed record Person(string? Id, string Name);

/// <summary>Who wrote or did something, and what they were on the ticket.</summary>
/// <param name="Id">The host's user id or a job's name; null for somebody known by mail only.</param>
/// <param name="Name">The name.</param>
/// <param name="Kind">The role on the ticket.</param>
public sealed record Author(string? Id, string Name, TicketRole Kind);

/// <summary>Who spoke last.</summary>
/// <param name="Author">The name.</param>
/// <param name="Kind">The role on the ticket.</param>
/// <param name="At">When.</param>
public sealed record LastMessage(string Author, TicketRole Kind, DateTimeOffset At);

/// <summary>A ticket as one actor sees it: <see cref="RequesterTicket"/> or <see cref="AgentTicket"/>.</summary>
public abstract record TicketView
{
    private protected TicketView()
    {
    }

    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The number.</summary>
    public required string Number { get; init; }

    /// <summary>The subject.</summary>
    public required string Subject { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>How urgent it is.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>The category; null for none.</summary>
    public required string? Category { get; init; }

    /// <summary>The way by which it came.</summary>
    public required TicketChannel Channel { get; init; }

    /// <summary>Whose ticket it is.</summary>
    public required Person Requester { get; init; }

    /// <summary>The responsible agent; null for nobody.</summary>
    public required Person? Assignee { get; init; }

    /// <summary>Who spoke last, as far as the reader may know.</summary>
    public required LastMessage? LastMessage { get; init; }

    /// <summary>The ticket that it continues; null for none.</summary>
    public required Guid? LinkedTo { get; init; }

    /// <summary>When it was opened.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change that the reader may know of.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was resolved.</summary>
    public required DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The version that the reader may know of; commands take it as <c>IfVersion</c>.</summary>
    public required Guid Version { get; init; }
}

/// <summary>What a requester sees of a ticket. It knows nothing of notes, due times and escalations.</summary>
public sealed record RequesterTicket : TicketView;

/// <summary>What an agent sees of a ticket.</summary>
public sealed record AgentTicket : TicketView
{
    /// <summary>The requester's address; null where none is known.</summary>
    public required string? RequesterEmail { get; init; }

    /// <summary>The first public answer of an agent.</summary>
    public required DateTimeOffset? FirstRespondedAt { get; init; }

    /// <summary>The earliest due time that is not met.</summary>
    public required DateTimeOffset? DueAt { get; init; }

    /// <summary>When it was escalated first.</summary>
    public required DateTimeOffset? EscalatedAt { get; init; }
}

/// <summary>A file of a message.</summary>
/// <param name="Id">The id.</param>
/// <param name="FileName">The cleaned name.</param>
/// <param name="ContentType">The media type as it was sent.</param>
/// <param name="Size">Bytes.</param>
public sealed record AttachmentView(Guid Id, string FileName, string ContentType, long Size);

/// <summary>A message as one actor sees it: <see cref="PublicMessage"/> or <see cref="AgentMessage"/>.</summary>
public abstract record MessageView
{
    private protected MessageView()
    {
    }

    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Author Author { get; init; }

    /// <summary>Plain text; encode it where it goes out.</summary>
    public required string Body { get; init; }

    /// <summary>Whether it came as HTML mail too.</summary>
    public required bool HasHtml { get; init; }

    /// <summary>The way by which it came.</summary>
    public required TicketChannel Channel { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its files.</summary>
    public required IReadOnlyList<AttachmentView> Attachments { get; init; }
}

/// <summary>A message for a requester. It cannot be made from a note.</summary>
public sealed record PublicMessage : MessageView
{
    internal PublicMessage()
    {
    }
}

/// <summary>A message or note for an agent.</summary>
public sealed record AgentMessage : MessageView
{
    internal AgentMessage()
    {
    }

    /// <summary>Whether it is a note.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>Whether the mail held more text than the body: quotes, a signature. <see cref="ITicketService.GetWholeTextAsync"/> has all of it.</summary>
    public required bool HasQuoted { get; init; }
}

/// <summary>A ticket with its newest 200 messages, oldest first: <see cref="RequesterConversation"/> or <see cref="AgentConversation"/>.</summary>
public abstract record TicketConversation
{
    private protected TicketConversation()
    {
    }

    /// <summary>The cursor of the messages before these; null where there are none.</summary>
    public required string? OlderMessages { get; init; }
}

/// <summary>What a requester sees.</summary>
public sealed record RequesterConversation : TicketConversation
{
    /// <summary>The ticket.</summary>
    public required RequesterTicket Ticket { get; init; }

    /// <summary>The public messages, oldest first.</summary>
    public required IReadOnlyList<PublicMessage> Messages { get; init; }
}

/// <summary>What an agent sees.</summary>
public sealed record AgentConversation : TicketConversation
{
    /// <summary>The ticket.</summary>
    public required AgentTicket Ticket { get; init; }

    /// <summary>Messages and notes, oldest first.</summary>
    public required IReadOnlyList<AgentMessage> Messages { get; init; }
}

/// <summary>A page of messages, oldest first: <see cref="RequesterMessagePage"/> or <see cref="AgentMessagePage"/>.</summary>
public abstract record MessagePage
{
    private protected MessagePage()
    {
    }

    /// <summary>The cursor of the messages before these; null where there are none.</summary>
    public required string? NextCursor { get; init; }
}

/// <summary>What a requester sees.</summary>
public sealed record RequesterMessagePage : MessagePage
{
    /// <summary>The public messages.</summary>
    public required IReadOnlyList<PublicMessage> Messages { get; init; }
}

/// <summary>What an agent sees.</summary>
public sealed record AgentMessagePage : MessagePage
{
    /// <summary>Messages and notes.</summary>
    public required IReadOnlyList<AgentMessage> Messages { get; init; }
}

/// <summary>A page of tickets. An agent's own tickets stand in it as <see cref="RequesterTicket"/>.</summary>
/// <param name="Tickets">The tickets.</param>
/// <param name="NextCursor">The cursor of the next page; null at the end.</param>
public sealed record TicketPage(IReadOnlyList<TicketView> Tickets, string? NextCursor);

/// <summary>What came of a reply or note.</summary>
public sealed record MessageReceipt
{
    /// <summary>The message.</summary>
    public required MessageView Message { get; init; }

    /// <summary>The ticket that it stands in, which is a new one where the addressed ticket was over.</summary>
    public required Guid TicketId { get; init; }

    /// <summary>That ticket's number.</summary>
    public required string TicketNumber { get; init; }

    /// <summary>That ticket's status after it.</summary>
    public required TicketStatus TicketStatus { get; init; }

    /// <summary>That ticket's version, as the actor may know it.</summary>
    public required Guid TicketVersion { get; init; }
}

/// <summary>A line of a ticket's history.</summary>
public sealed record HistoryEntry
{
    /// <summary>The id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required Author Actor { get; init; }

    /// <summary>How they came: <c>web</c>, <c>api</c>, <c>email</c> or <c>system</c>.</summary>
    public required string Via { get; init; }

    /// <summary>What was done, as <c>replied</c> or <c>resolved</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The changed fields.</summary>
    public required IReadOnlyList<FieldChange> Changes { get; init; }

    /// <summary>Why, where a decision explains itself.</summary>
    public required string? Reason { get; init; }
}

/// <summary>A page of history.</summary>
/// <param name="Entries">Up to 1,000 lines, oldest first.</param>
/// <param name="NextCursor">The cursor of the next page; null at the end.</param>
public sealed record HistoryPage(IReadOnlyList<HistoryEntry> Entries, string? NextCursor);
