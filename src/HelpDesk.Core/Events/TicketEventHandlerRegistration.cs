namespace HelpDesk.Events;

/// <summary>A handler under the stable name by which its deliveries are stored.</summary>
internal sealed record TicketEventHandlerRegistration(string Name, Type HandlerType);
