namespace HelpDesk.Assignment;

/// <summary>When an agent who answers becomes responsible.</summary>
public enum AssignOnReply
{
    /// <summary>With each public reply.</summary>
    Always,

    /// <summary>Only where nobody is responsible yet.</summary>
    WhenUnassigned,

    /// <summary>Never by replying.</summary>
    Never,
}

/// <summary>The strategies that the library has.</summary>
public enum BuiltInStrategy
{
    /// <summary>The agent with the fewest open tickets.</summary>
    LeastLoaded,

    /// <summary>The agent whose turn it is.</summary>
    RoundRobin,

    /// <summary>Nobody: tickets are assigned by hand, or by whoever answers.</summary>
    None,
}

/// <summary>Settings of assignment. Bound from <c>HelpDesk:Assignment</c>.</summary>
public sealed class AssignmentOptions
{
    /// <summary>Who becomes responsible for a new ticket. <c>UseAssignmentStrategy&lt;T&gt;()</c> overrules it.</summary>
    /// <value>Default: <see cref="BuiltInStrategy.LeastLoaded"/>.</value>
    public BuiltInStrategy Strategy { get; set; } = BuiltInStrategy.LeastLoaded;

    /// <summary>Whether an agent's public reply makes the agent responsible.</summary>
    /// <value>Default: <see cref="AssignOnReply.Always"/>.</value>
    public AssignOnReply OnReply { get; set; } = AssignOnReply.Always;

    /// <summary>Whether pending tickets count as an agent's load, or open ones only. The loads of before are put right by the next <see cref="IAssignmentQueue.RecountAsync"/>.</summary>
    /// <value>Default: true.</value>
    public bool CountPending { get; set; } = true;

    /// <summary>Whether a service of the library assigns waiting tickets by itself. Switched off, the host's own scheduler calls <see cref="IAssignmentQueue"/>.</summary>
    /// <value>Default: true.</value>
    public bool RunsInBackground { get; set; } = true;
}
