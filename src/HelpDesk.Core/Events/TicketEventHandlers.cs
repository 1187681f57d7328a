using System.Collections.Frozen;

namespace HelpDesk.Events;

/// <summary>The handlers of this process, by name.</summary>
internal sealed class TicketEventHandlers(IEnumerable<TicketEventHandlerRegistration> registrations)
{
    private readonly FrozenDictionary<string, TicketEventHandlerRegistration> byName =
        registrations.DistinctBy(registration => registration.Name, StringComparer.Ordinal).ToFrozenDictionary(registration => registration.Name, StringComparer.Ordinal);

    public IReadOnlyList<string> Names => byName.Keys;

    public ITicketEventHandler Create(string name, IServiceProvider services) => byName[name].Create(services);
}
