using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk;

/// <summary>Adds the help desk to the host's own model.</summary>
public static class HelpDeskModelBuilderExtensions
{
    /// <summary>Maps the help desk's tables. Call it in <c>OnModelCreating</c> of the host's context, then add a migration.</summary>
    /// <param name="modelBuilder">The host's model.</param>
    /// <param name="options">Names of the tables; null for the defaults.</param>
    /// <returns>The same model builder.</returns>
    public static ModelBuilder ApplyHelpDesk(this ModelBuilder modelBuilder, HelpDeskModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        HelpDeskModel.Apply(modelBuilder, options ?? new HelpDeskModelOptions());
        return modelBuilder;
    }
}
