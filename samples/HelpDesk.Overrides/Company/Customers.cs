using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace HelpDesk.Overrides.Company;

/// <summary>The customers, for whoever decides by them; an interface, so that a policy can be tested without a database.</summary>
internal interface ICustomers
{
    Task<Customer?> FindAsync(string? id, CancellationToken cancellationToken);
}

/// <summary>Reads them from the host's table, at most once a minute.</summary>
internal sealed class CachedCustomers(AppDbContext context, IMemoryCache cache) : ICustomers
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    public async Task<Customer?> FindAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
            return null;

        // The help desk may be in the middle of a command on this very context: read, but track nothing.
        var all = await cache.GetOrCreateAsync(typeof(Customer), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Age;
            return context.Customers.AsNoTracking().ToDictionaryAsync(customer => customer.Id, StringComparer.Ordinal, cancellationToken);
        });
        return all?.GetValueOrDefault(id);
    }
}
