namespace HelpDesk.Overrides.Company;

/// <summary>What a customer has paid for.</summary>
internal enum Contract
{
    None,
    Silver,
    Gold,
}

/// <summary>A row of the host's own.</summary>
internal sealed class Customer
{
    public required string Id { get; init; }

    public required Contract Contract { get; set; }

    /// <summary>The IANA name of the zone in which the customer works.</summary>
    public required string TimeZone { get; set; }
}
