namespace HelpDesk.Events;

/// <summary>Forgets what is no longer needed: events after <see cref="OutboxOptions.Retention"/>, idempotency keys after their 24 hours, presence after its 30 seconds, received mail after <see cref="Inbound.InboundOptions.Retention"/>. Call it; do not implement it.</summary>
/// <remarks>The library's service runs it once an hour; a host's own scheduler may do so instead (<see cref="OutboxOptions.RunsInBackground"/>). Safe on any number of nodes, in batches. Scoped.</remarks>
public interface IRetentionSweep
{
    /// <summary>Deletes what is too old.</summary>
    Task<RetentionResult> RunAsync(CancellationToken cancellationToken = default);
}

/// <summary>What one sweep deleted.</summary>
public sealed record RetentionResult
{
    /// <summary>Events, with their deliveries.</summary>
    public int Events { get; init; }

    /// <summary>Idempotency keys.</summary>
    public int IdempotencyKeys { get; init; }

    /// <summary>Agents' presence at tickets.</summary>
    public int Presence { get; init; }

    /// <summary>Records of received mail, with their raw bytes. What became of the mails stays.</summary>
    public int Mails { get; init; }
}
