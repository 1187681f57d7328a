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

/// <summary>Settings of assignment.</summary>
public sealed class AssignmentOptions
{
    /// <summary>Whether an agent's public reply makes the agent responsible.</summary>
    /// <value>Default: <see cref="AssignOnReply.Always"/>.</value>
    public AssignOnReply OnReply { get; set; } = AssignOnReply.Always;
}
