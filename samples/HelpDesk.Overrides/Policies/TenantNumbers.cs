using HelpDesk.Numbering;
using HelpDesk.Overrides.Company;

namespace HelpDesk.Overrides.Policies;

/// <summary><c>ACME-2026-00001</c>: a count for each customer and year.</summary>
internal sealed class TenantNumbers(AppUsers users) : ITicketNumberGenerator
{
    // For agents' own tickets, and for those of somebody known by mail only: nothing says whose customer they are.
    private const string NoTenant = "DESK";

    public async Task<string> NextAsync(TicketNumberContext context, CancellationToken cancellationToken)
    {
        var tenant = users.Find(context.RequesterId)?.Customer?.ToUpperInvariant() ?? NoTenant;

        // The number begins with the whole scope of its count, so that no two counts can come to the same number.
        var scope = $"{tenant}-{context.Now.Year}";
        return $"{scope}-{await context.NextAsync(scope, cancellationToken):D5}";
    }
}
