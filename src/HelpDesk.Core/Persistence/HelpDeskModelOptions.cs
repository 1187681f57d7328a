namespace HelpDesk.Persistence;

/// <summary>The names that the help desk's tables get.</summary>
/// <remarks>They shape the model, so they are an argument of <c>ApplyHelpDesk</c>: EF Core caches one model per context type, whatever options say later.</remarks>
public sealed class HelpDeskModelOptions
{
    /// <summary>What each table's name starts with.</summary>
    /// <value>Default: <c>HelpDesk</c>, as in <c>HelpDeskTickets</c>.</value>
    public string TablePrefix { get; set; } = "HelpDesk";

    /// <summary>The schema of the tables; SQLite has none.</summary>
    /// <value>Default: null, the database's own default.</value>
    public string? Schema { get; set; }
}
