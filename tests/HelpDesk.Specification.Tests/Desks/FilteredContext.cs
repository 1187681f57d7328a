using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Desks;

/// <summary>A host with a filter on tickets, as for tenants: here it hides those of one requester.</summary>
public class FilteredContext(DbContextOptions<FilteredContext> options) : DbContext(options)
{
    public static readonly AsyncLocal<string?> Hidden = new();

    // EF Core asks the context anew with each query, as for a tenant.
    private string HiddenRequester { get; } = Hidden.Value ?? "";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyHelpDesk();
        modelBuilder.Entity<Ticket>().HasQueryFilter(ticket => ticket.RequesterId != HiddenRequester);
    }
}
