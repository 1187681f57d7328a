using HelpDesk.Tickets;

namespace HelpDesk.Inbound;

/// <summary>Received mail that waits for an agent: held, or not to be processed. Call it; do not implement it.</summary>
/// <remarks>Scoped. Agents only: everybody else gets <see cref="ForbiddenException"/>. Mail that hints at a ticket is there for those who see the ticket.</remarks>
public interface IInboundMailbox
{
    /// <summary>Lists held or failed mail, newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
    /// <exception cref="ValidationException">Another state, or a limit outside 1 to 100.</exception>
    Task<InboundMailPage> ListAsync(ListInboundMail query, CancellationToken cancellationToken = default);

    /// <summary>Lets a held mail become a message: of the ticket that is named, else of the one that it hints at, else of a new one. Its sender takes part from then on.</summary>
    /// <exception cref="NotFoundException">There is no such mail for the actor.</exception>
    /// <exception cref="ValidationException">It is not held, or there is no such ticket.</exception>
    Task<InboundMailView> ReleaseAsync(ReleaseInboundMail command, CancellationToken cancellationToken = default);

    /// <summary>Puts a held or failed mail away for good.</summary>
    /// <exception cref="NotFoundException">There is no such mail for the actor.</exception>
    /// <exception cref="ValidationException">It is neither held nor failed.</exception>
    Task<InboundMailView> RejectAsync(RejectInboundMail command, CancellationToken cancellationToken = default);

    /// <summary>Processes a failed mail again, now.</summary>
    /// <exception cref="NotFoundException">There is no such mail for the actor.</exception>
    /// <exception cref="ValidationException">It has not failed.</exception>
    Task<InboundMailView> RetryAsync(RetryInboundMail command, CancellationToken cancellationToken = default);

    /// <summary>Opens the raw bytes of a held or failed mail; null where there is none for the actor.</summary>
    /// <exception cref="StorageUnavailableException">The store did not do its work.</exception>
    Task<Stream?> OpenRawAsync(GetRawInboundMail query, CancellationToken cancellationToken = default);
}

/// <summary>Lists received mail.</summary>
public sealed record ListInboundMail
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary><see cref="InboundMailState.Held"/> or <see cref="InboundMailState.Failed"/>.</summary>
    public InboundMailState State { get; init; } = InboundMailState.Held;

    /// <summary>How many at most; 1 to 100.</summary>
    public int Limit { get; init; } = 25;

    /// <summary>Where the page before ended; null for the first.</summary>
    public string? Cursor { get; init; }
}

/// <summary>Releases a held mail.</summary>
public sealed record ReleaseInboundMail
{
    /// <summary>Who decides.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The mail.</summary>
    public required Guid Mail { get; init; }

    /// <summary>The ticket to which it belongs; null for the one that it hints at, or a new one.</summary>
    public TicketKey? Ticket { get; init; }

    /// <summary>Whether it becomes a new ticket, whatever it hints at. Default: false.</summary>
    public bool AsNewTicket { get; init; }
}

/// <summary>Rejects a held or failed mail.</summary>
public sealed record RejectInboundMail
{
    /// <summary>Who decides.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The mail.</summary>
    public required Guid Mail { get; init; }
}

/// <summary>Processes a failed mail again.</summary>
public sealed record RetryInboundMail
{
    /// <summary>Who decides.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The mail.</summary>
    public required Guid Mail { get; init; }
}

/// <summary>Reads the raw bytes of a mail.</summary>
public sealed record GetRawInboundMail
{
    /// <summary>Who reads.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The mail.</summary>
    public required Guid Mail { get; init; }
}

/// <summary>A received mail as agents see it.</summary>
public sealed record InboundMailView
{
    internal InboundMailView()
    {
    }

    /// <summary>The key.</summary>
    public required Guid Id { get; init; }

    /// <summary>How far it has come.</summary>
    public required InboundMailState State { get; init; }

    /// <summary>Why it is where it is, and what was odd about it.</summary>
    public required string Reason { get; init; }

    /// <summary>Whom it says to be from; the envelope's sender where it says nothing usable.</summary>
    public required string From { get; init; }

    /// <summary>To which address it was delivered.</summary>
    public required string To { get; init; }

    /// <summary>The subject; at most 255 characters.</summary>
    public required string Subject { get; init; }

    /// <summary>The beginning of its text, at most 10,000 characters; of one that cannot be read, of its raw bytes. Plain text of a stranger.</summary>
    public required string Text { get; init; }

    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The ticket at which it hints, or to which it belongs now; null for none.</summary>
    public required TicketReference? Ticket { get; init; }
}

/// <summary>A ticket, named.</summary>
/// <param name="Id">The key.</param>
/// <param name="Number">The number that people use.</param>
/// <param name="Status">Where it is in its life.</param>
public sealed record TicketReference(Guid Id, string Number, TicketStatus Status);

/// <summary>A page of received mail.</summary>
public sealed record InboundMailPage
{
    internal InboundMailPage()
    {
    }

    /// <summary>The mails, newest first.</summary>
    public required IReadOnlyList<InboundMailView> Mails { get; init; }

    /// <summary>Where the next page begins; null at the end.</summary>
    public required string? NextCursor { get; init; }
}
