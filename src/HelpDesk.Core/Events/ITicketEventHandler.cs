namespace HelpDesk.Events;

/// <summary>Does something outside the ticket after it changed: sends a mail, calls another system.</summary>
/// <remarks>
/// A host implements it and registers it with <c>AddTicketEventHandler&lt;T&gt;()</c>; any number may be registered. From then on each
/// event's commit also writes a <see cref="Delivery"/> for it, so that a rolled-back command has no effect and a committed one is
/// never forgotten. The dispatcher that calls handlers is not part of this version yet. Implementations must be idempotent by <see cref="TicketEvent.Id"/>, since delivery is at least once.
/// </remarks>
public interface ITicketEventHandler
{
    /// <summary>Handles one event. Throwing means that it is tried again later.</summary>
    Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken);
}
