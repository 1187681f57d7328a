namespace HelpDesk.Events;

/// <summary>How events are handed over. Bound from <c>HelpDesk:Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>Whether the library's own services dispatch, and forget what is old; else the host calls <see cref="IOutboxDispatcher"/> and <see cref="IRetentionSweep"/> by its own scheduler.</summary>
    /// <value>Default: true.</value>
    public bool RunsInBackground { get; set; } = true;

    /// <summary>How often the service looks for what other processes have committed, or a retry has made due. What its own process commits wakes it at once.</summary>
    /// <value>Default: 1 second; 0.1 seconds to 1 minute.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many deliveries of one handler a process has under way at once: handlers do not take places from each other.</summary>
    /// <value>Default: 4; 1 to 100.</value>
    public int Parallelism { get; set; } = 4;

    /// <summary>How long a handler may take for one event; then its token is cancelled, and the event is tried again later.</summary>
    /// <value>Default: 45 seconds; 1 second to 45 seconds. A third more, and another process takes over what a dead one had.</value>
    public TimeSpan HandlerTimeout { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How often a delivery is tried before it becomes a dead letter. The pauses double from some seconds to 15 minutes.</summary>
    /// <value>Default: 600, which is almost five days; 1 to 10,000.</value>
    public int MostAttempts { get; set; } = 600;

    /// <summary>How long events are kept, once all their deliveries are done.</summary>
    /// <value>Default: 7 days; 1 hour to 10 years.</value>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long events are kept of which a delivery is not done: it waits for a handler that no process has, or is a dead letter.</summary>
    /// <value>Default: 30 days; not less than <see cref="Retention"/>.</value>
    public TimeSpan DeadLetterRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How old the oldest event may be that a handler still waits for, before the health check tells of it.</summary>
    /// <value>Default: 5 minutes; longer than zero.</value>
    public TimeSpan HealthyLag { get; set; } = TimeSpan.FromMinutes(5);
}
