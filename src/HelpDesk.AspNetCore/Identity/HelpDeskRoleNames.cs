namespace HelpDesk;

/// <summary>The names that the help desk's roles have in the host's Identity. Bound from <c>HelpDesk:Roles</c>.</summary>
public sealed class HelpDeskRoleNames
{
    /// <summary>The role of agents to whom tickets can be assigned.</summary>
    /// <value>Default: <c>support</c>.</value>
    public string Support { get; set; } = "support";

    /// <summary>The role of their managers.</summary>
    /// <value>Default: <c>support-manager</c>.</value>
    public string Manager { get; set; } = "support-manager";

    /// <summary>The role of administrators.</summary>
    /// <value>Default: <c>superadmin</c>.</value>
    public string Administrator { get; set; } = "superadmin";
}
