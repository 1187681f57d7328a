namespace HelpDesk.Events;

/// <summary>Hands committed events over to their handlers. Call it; do not implement it.</summary>
/// <remarks>
/// The library's service does that by itself (<c>AddOutboxDispatcher()</c>, which every handler brings along). A host that has its own scheduler sets
/// <see cref="OutboxOptions.RunsInBackground"/> to false and calls it from there; any number of processes may do so at once. Handlers and the outbox's own statements run in scopes of their own, not in that of the caller; where the host's filters hide
/// tickets, what concerns those is left to a caller who sees them.
/// </remarks>
public interface IOutboxDispatcher
{
    /// <summary>Delivers what is due, until nothing is left that can be delivered now.</summary>
    Task<DispatchResult> DispatchAsync(CancellationToken cancellationToken = default);
}

/// <summary>What one call did.</summary>
public sealed record DispatchResult
{
    /// <summary>Deliveries whose handler succeeded.</summary>
    public int Delivered { get; init; }

    /// <summary>Deliveries that failed and are tried again later.</summary>
    public int Failed { get; init; }

    /// <summary>Deliveries that were given up.</summary>
    public int Dead { get; init; }
}
