namespace HelpDesk.Events;

/// <summary>A handler under the stable name by which its deliveries are stored.</summary>
/// <param name="Name">At most 128 characters.</param>
/// <param name="Create">Gives the handler of a scope.</param>
internal sealed record TicketEventHandlerRegistration(string Name, Func<IServiceProvider, ITicketEventHandler> Create);
