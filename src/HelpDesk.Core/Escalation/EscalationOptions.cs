namespace HelpDesk.Escalation;

/// <summary>Settings of the sweep for what is late. Bound from <c>HelpDesk:Escalation</c>.</summary>
public sealed class EscalationOptions
{
    /// <summary>The longest pause between two sweeps, of those for waiting tickets and agents' loads too. Each sweep wakes earlier for what becomes due earlier.</summary>
    /// <value>Default: 15 minutes; from 1 second to 1 day.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether the service that <c>AddEscalation()</c> adds runs by itself. Switched off, the host's own scheduler calls <see cref="IEscalationSweep"/>.</summary>
    /// <value>Default: true.</value>
    public bool RunsInBackground { get; set; } = true;
}

/// <summary>Settings of the closing of resolved tickets. Bound from <c>HelpDesk:AutoClose</c>.</summary>
public sealed class AutoCloseOptions
{
    /// <summary>How long after its resolution a ticket is closed by the escalation sweep. Another value applies to tickets that are resolved from then on, and to the others by
    /// <see cref="Sla.ISlaRecalculation"/>.</summary>
    /// <value>Default: 7 days; zero is never.</value>
    public TimeSpan After { get; set; } = TimeSpan.FromDays(7);
}
