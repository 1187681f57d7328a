namespace HelpDesk.Sla;

/// <summary>Replays past tickets under a draft policy: what would have been due when, and what would have been breached? Changes nothing. Call it; do not implement it.</summary>
public interface ISlaSimulation
{
    /// <summary>Replays the tickets of a time that the actor sees, oldest first.</summary>
    /// <param name="simulation">Which tickets, and under which policy.</param>
    /// <param name="cancellationToken">Ends the replay.</param>
    /// <exception cref="ForbiddenException">The actor is neither a manager nor a job.</exception>
    IAsyncEnumerable<SimulatedTicket> RunAsync(SlaSimulation simulation, CancellationToken cancellationToken = default);
}

/// <summary>What is to be replayed.</summary>
public sealed record SlaSimulation
{
    /// <summary>A manager or a job.</summary>
    public required Actor Actor { get; init; }

    /// <summary>The draft. It is asked for each priority and category that the ticket had.</summary>
    public required ISlaPolicy Policy { get; init; }

    /// <summary>Tickets opened from then on.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Tickets opened before then.</summary>
    public required DateTimeOffset To { get; init; }
}

/// <summary>A ticket under the draft.</summary>
public sealed record SimulatedTicket
{
    /// <summary>The key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The number.</summary>
    public required string Number { get; init; }

    /// <summary>The targets that the draft would have given it, as they would stand now. Due times set by hand are left out of account.</summary>
    public required IReadOnlyList<SlaTargetState> Targets { get; init; }

    /// <summary>Whether any target would have been breached.</summary>
    public bool IsBreached => Targets.Any(target => target.State == SlaState.Breached);
}
