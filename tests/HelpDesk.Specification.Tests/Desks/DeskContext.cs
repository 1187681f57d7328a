using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Desks;

/// <summary>A host's own context: a table of the host's and the help desk's, as a host has them.</summary>
public class DeskContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<HostOrder> Orders => Set<HostOrder>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<HostOrder>().Property(order => order.Text).HasMaxLength(200);
        modelBuilder.ApplyHelpDesk();
    }
}

/// <summary>A row of the host's. Its key comes from the database, which is the harder case when a save is done twice.</summary>
public class HostOrder
{
    public int Id { get; set; }

    public string Text { get; set; } = "";

    public Guid? TicketId { get; set; }
}
