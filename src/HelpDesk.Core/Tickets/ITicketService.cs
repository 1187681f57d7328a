namespace HelpDesk.Tickets;

/// <summary>Everything that can be done with tickets. Call it; do not implement it.</summary>
/// <remarks>
/// <para>
/// Scoped, over the host's own DbContext, and like it not for several threads at once. Each command is one commit: ticket, message, history, events and
/// whatever the host has pending on the context are stored together, in the host's transaction where one is open. On failure nothing is stored, and the
/// context is left as it was. A command that has nothing to change (a repetition under an idempotency key, a change to what is) saves nothing, the host's
/// pending rows neither.
/// </para>
/// <para>
/// Every command may throw <see cref="ValidationException"/>, <see cref="NotFoundException"/>, <see cref="ForbiddenException"/>,
/// <see cref="VersionMismatchException"/> where it names a version, and <see cref="ConflictException"/> after ten tries against other writers.
/// Queries for what does not exist, or is not for the actor, return null.
/// </para>
/// </remarks>
public interface ITicketService
{
    /// <summary>Opens a ticket.</summary>
    /// <exception cref="IdempotencyKeyReusedException">The key was used for another command.</exception>
    Task<TicketConversation> OpenAsync(OpenTicket command, CancellationToken cancellationToken = default);

    /// <summary>Writes a reply or a note.</summary>
    /// <exception cref="TransitionNotAllowedException">An agent's reply to a closed ticket.</exception>
    /// <exception cref="IdempotencyKeyReusedException">The key was used for another command.</exception>
    Task<MessageReceipt> ReplyAsync(ReplyToTicket command, CancellationToken cancellationToken = default);

    /// <summary>Changes fields of a ticket, its responsible agent among them.</summary>
    /// <exception cref="TransitionNotAllowedException">The status machine has no such move.</exception>
    Task<TicketView> ChangeAsync(ChangeTicket command, CancellationToken cancellationToken = default);

    /// <summary>Changes fields of several tickets alike, each in a commit of its own, one after the other.</summary>
    /// <remarks>A ticket that cannot be changed keeps none of the others from it. Where the database fails in between, what was done before stays done.</remarks>
    /// <returns>What became of each, in the order of the command.</returns>
    /// <exception cref="ValidationException">The change itself is not acceptable: none was changed.</exception>
    /// <exception cref="ForbiddenException">The actor is a requester.</exception>
    Task<IReadOnlyList<TicketOutcome>> ChangeManyAsync(ChangeTickets command, CancellationToken cancellationToken = default);

    /// <summary>Resolves a ticket.</summary>
    /// <exception cref="TransitionNotAllowedException">It is resolved or closed already.</exception>
    Task<TicketView> ResolveAsync(ResolveTicket command, CancellationToken cancellationToken = default);

    /// <summary>Closes a ticket.</summary>
    /// <exception cref="TransitionNotAllowedException">It is closed already.</exception>
    Task<TicketView> CloseAsync(CloseTicket command, CancellationToken cancellationToken = default);

    /// <summary>Reopens a ticket.</summary>
    /// <exception cref="TransitionNotAllowedException">It is open or pending, or the requester's window is over.</exception>
    Task<TicketView> ReopenAsync(ReopenTicket command, CancellationToken cancellationToken = default);

    /// <summary>Reads a ticket with its newest messages; null where there is none for the actor.</summary>
    Task<TicketConversation?> GetAsync(GetTicket query, CancellationToken cancellationToken = default);

    /// <summary>Reads a page of messages; null where there is no such ticket for the actor.</summary>
    /// <exception cref="InvalidCursorException">The cursor is not one of this ticket's.</exception>
    Task<MessagePage?> GetMessagesAsync(GetMessages query, CancellationToken cancellationToken = default);

    /// <summary>Finds a file of a message; null where there is none for the actor: a file is as visible as its message.</summary>
    Task<AttachmentFile?> GetAttachmentAsync(GetAttachment query, CancellationToken cancellationToken = default);

    /// <summary>Reads the HTML of a message that came by mail, with the pictures in it; null where there is none for the actor.</summary>
    Task<MessageHtml?> GetHtmlAsync(GetMessageHtml query, CancellationToken cancellationToken = default);

    /// <summary>Reads the whole text of a message that came by mail, with the quotes and signatures that the message leaves out; null where there is no such message for the actor.</summary>
    /// <exception cref="ForbiddenException">The actor is the requester.</exception>
    Task<string?> GetWholeTextAsync(GetWholeText query, CancellationToken cancellationToken = default);

    /// <summary>Makes what somebody has asked by mail, before they had an account, their own: of the actor's tickets without a user, those whose requester has the address that the actor has confirmed.</summary>
    /// <remarks>Call it when a user has confirmed an address; <c>GET /me</c> does so too.</remarks>
    /// <returns>How many tickets are the actor's from now on.</returns>
    Task<int> ClaimByEmailAsync(ClaimByEmail command, CancellationToken cancellationToken = default);

    /// <summary>Reads the history; null where there is no such ticket for the actor.</summary>
    /// <exception cref="ForbiddenException">The actor is the requester.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not one of this ticket's.</exception>
    Task<HistoryPage?> GetHistoryAsync(GetHistory query, CancellationToken cancellationToken = default);

    /// <summary>Tells how the promises of a ticket stand, and why; null where there is no such ticket for the actor.</summary>
    /// <exception cref="ForbiddenException">The actor is the requester.</exception>
    Task<SlaView?> GetSlaAsync(GetSla query, CancellationToken cancellationToken = default);

    /// <summary>Counts the tickets of the desk.</summary>
    /// <exception cref="ForbiddenException">The actor is a requester.</exception>
    Task<TicketStatistics> GetStatisticsAsync(GetStatistics query, CancellationToken cancellationToken = default);

    /// <summary>Lists tickets.</summary>
    /// <exception cref="ValidationException">A filter or sort that is unknown, or not for the actor.</exception>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list.</exception>
    Task<TicketPage> SearchAsync(SearchTickets query, CancellationToken cancellationToken = default);
}
