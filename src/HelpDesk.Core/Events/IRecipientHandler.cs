namespace HelpDesk.Events;

/// <summary>A handler that has a delivery of its own for each person whom it tells.</summary>
internal interface IRecipientHandler : ITicketEventHandler
{
    /// <summary>Tells one person.</summary>
    Task HandleAsync(TicketEvent ticketEvent, Guid participantId, CancellationToken cancellationToken);
}
