namespace HelpDesk.Overrides.Company;

/// <summary>Somebody whom this host knows: a customer's employee, or one of its own agents.</summary>
internal sealed record AppUser
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string? Email { get; init; }

    /// <summary>What the user signs in with. In the clear, for a demonstration; a real host keeps a hash.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What the user may do in the help desk.</summary>
    public HelpDeskRoles Roles { get; init; }

    /// <summary>The customer whose employee it is; null for the host's own.</summary>
    public string? Customer { get; init; }

    /// <summary>ISO codes, the preferred one first.</summary>
    public string[] Languages { get; init; } = [];

    /// <summary>The categories that an agent knows about.</summary>
    public string[] Skills { get; init; } = [];

    public bool Speaks(string language) => Languages.Contains(language, StringComparer.OrdinalIgnoreCase);

    public bool Knows(string? category) => category is not null && Skills.Contains(category, StringComparer.OrdinalIgnoreCase);
}
