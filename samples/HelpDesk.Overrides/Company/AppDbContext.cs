using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Overrides.Company;

/// <summary>The host's own context: its customers, and the help desk's tables beside them.</summary>
internal sealed class AppDbContext(DbContextOptions<AppDbContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyHelpDesk();
        modelBuilder.Entity<Customer>(customer =>
        {
            customer.Property(c => c.Id).HasMaxLength(20);
            customer.Property(c => c.Contract).HasConversion<string>().HasMaxLength(20);
            customer.Property(c => c.TimeZone).HasMaxLength(100);
            customer.HasData(
                new Customer { Id = "acme", Contract = Contract.Gold, TimeZone = "America/New_York" },
                new Customer { Id = "globex", Contract = Contract.Silver, TimeZone = "Europe/Berlin" },
                new Customer { Id = "initech", Contract = Contract.None, TimeZone = "Asia/Tokyo" });
        });
    }
}
