using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace HelpDesk.Specification.Numbering;

/// <summary>A host that keeps each tenant's tickets in tables of their own.</summary>
public class TenantContext(DbContextOptions<TenantContext> options) : DbContext(options)
{
    public static readonly AsyncLocal<string> Tenant = new();

    private readonly string tenant = Tenant.Value ?? "First";

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.ReplaceService<IModelCacheKeyFactory, PerTenant>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.ApplyHelpDesk(new HelpDeskModelOptions { TablePrefix = tenant });

    private sealed class PerTenant : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), ((TenantContext)context).tenant, designTime);
    }
}
