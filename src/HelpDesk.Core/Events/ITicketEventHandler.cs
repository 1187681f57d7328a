namespace HelpDesk.Events;

/// <summary>Does something outside the ticket after it changed: sends a mail, calls another system.</summary>
/// <remarks>
/// A host implements it and registers it with <c>AddTicketEventHandler&lt;T&gt;()</c>; any number may be registered. Each event's commit also writes a
/// <see cref="Delivery"/> for it, so that a rolled-back command has no effect and a committed one is never forgotten. It is called at least once for each event,
/// in the order of the ticket's events, in a scope of its own, by one process at a time; tickets and handlers do not wait for each other. Implementations must be
/// idempotent by <see cref="TicketEvent.Id"/> and heed the token, which ends after <see cref="OutboxOptions.HandlerTimeout"/>: whoever does not may still be at work when the event is tried again.
/// </remarks>
public interface ITicketEventHandler
{
    /// <summary>Handles one event.</summary>
    /// <remarks>Throwing means that it is tried again later; <see cref="PermanentFailureException"/>, that there is no use in that.</remarks>
    Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken);
}
