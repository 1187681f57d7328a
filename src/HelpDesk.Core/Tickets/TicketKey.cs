namespace HelpDesk.Tickets;

/// <summary>Names a ticket by its id or by its number.</summary>
public readonly record struct TicketKey
{
    private TicketKey(Guid? id, string? number)
    {
        Id = id;
        Number = number;
    }

    /// <summary>The id, where the key is one.</summary>
    public Guid? Id { get; }

    /// <summary>The number, where the key is one.</summary>
    public string? Number { get; }

    /// <summary>Takes a text for an id where it is a Guid of 32 digits with hyphens, else for a number.</summary>
    public static TicketKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Guid.TryParseExact(text, "D", out var id) ? new TicketKey(id, null) : new TicketKey(null, text);
    }

    /// <summary>Names a ticket by its id.</summary>
    public static TicketKey FromId(Guid id) => new(id, null);

    /// <summary>Names a ticket by its id.</summary>
    /// <param name="id">The id.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2225", Justification = "FromId is the alternative.")]
    public static implicit operator TicketKey(Guid id) => FromId(id);

    /// <summary>Names a ticket by its id or number; see <see cref="Parse"/>.</summary>
    /// <param name="text">The id or number.</param>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2225", Justification = "Parse is the alternative.")]
    public static implicit operator TicketKey(string text) => Parse(text);

    /// <summary>The id or number.</summary>
    public override string ToString() => Number ?? Id?.ToString() ?? "";

    /// <summary>Finds the ticket; a key that cannot be one finds nothing.</summary>
    internal IQueryable<Ticket> In(IQueryable<Ticket> tickets)
    {
        if (Id is { } id)
            return tickets.Where(ticket => ticket.Id == id);

        var number = Number is { Length: > 0 and <= TicketLimits.NumberLength } && TextRules.IsStorable(Number) ? Number : "";
        return tickets.Where(ticket => ticket.Number == number);
    }
}
