namespace HelpDesk.Tickets;

/// <summary>The categories that a ticket can be given. Call it; do not implement it.</summary>
/// <remarks>Scoped.</remarks>
public interface ICategoryList
{
    /// <summary><see cref="HelpDeskOptions.Categories"/> where they are set; else up to 1,000 that agents take, in alphabetical order.</summary>
    Task<IReadOnlyList<string>> GetAsync(CancellationToken cancellationToken = default);
}
