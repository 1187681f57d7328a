namespace HelpDesk.Events;

/// <summary>The kinds of <see cref="TicketEvent"/>.</summary>
public static class TicketEventKinds
{
    /// <summary>A ticket was opened.</summary>
    public const string TicketOpened = "ticket.opened";

    /// <summary>Subject, priority, category, status or due time changed.</summary>
    public const string TicketChanged = "ticket.changed";

    /// <summary>The responsible agent changed.</summary>
    public const string TicketAssigned = "ticket.assigned";

    /// <summary>The ticket was resolved.</summary>
    public const string TicketResolved = "ticket.resolved";

    /// <summary>The ticket was closed.</summary>
    public const string TicketClosed = "ticket.closed";

    /// <summary>The ticket was reopened.</summary>
    public const string TicketReopened = "ticket.reopened";

    /// <summary>A promise was not kept; never public.</summary>
    public const string TicketEscalated = "ticket.escalated";

    /// <summary>A promise is due soon; never public.</summary>
    public const string TicketWarned = "ticket.warned";

    /// <summary>A public message was added.</summary>
    public const string MessageAdded = "message.added";

    /// <summary>A note was added; never public.</summary>
    public const string NoteAdded = "note.added";

    internal static IReadOnlyList<string> All { get; } =
        [TicketOpened, TicketChanged, TicketAssigned, TicketResolved, TicketClosed, TicketReopened, TicketEscalated, TicketWarned, MessageAdded, NoteAdded];
}
