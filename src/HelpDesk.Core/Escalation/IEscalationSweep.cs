namespace HelpDesk.Escalation;

/// <summary>Does what time brings: warns before a promise is broken, escalates when it is, and closes what was resolved long ago. Call it; do not implement it.</summary>
/// <remarks>
/// <c>AddEscalation()</c> lets a service of the library call it in time. A host with a scheduler of its own (Quartz.NET, Hangfire) sets
/// <c>HelpDesk:Escalation:RunsInBackground</c> to false, or does without <c>AddEscalation()</c>, and calls it; with a tenant's filter on the context once for each tenant. Scoped.
/// Safe on any number of nodes at once, and whenever it is interrupted: each ticket is told of once.
/// </remarks>
public interface IEscalationSweep
{
    /// <summary>Works off everything that is due now, in batches that are each one commit.</summary>
    Task<EscalationResult> RunAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a sweep has done.</summary>
public sealed record EscalationResult
{
    /// <summary>Tickets with a promise that was not kept.</summary>
    public int Escalated { get; init; }

    /// <summary>Tickets with a promise that is due soon.</summary>
    public int Warned { get; init; }

    /// <summary>Resolved tickets that were closed.</summary>
    public int Closed { get; init; }

    /// <summary>When there will be something to do again, as things stand; null for never. A command may bring something earlier.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }
}
