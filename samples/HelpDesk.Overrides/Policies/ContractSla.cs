using System.Collections.Concurrent;
using HelpDesk.Overrides.Company;
using HelpDesk.Sla;

namespace HelpDesk.Overrides.Policies;

/// <summary>Promises what the customer's contract says.</summary>
internal sealed class ContractSla(AppUsers users, ICustomers customers) : ISlaPolicy
{
    // A policy is scoped and asked with each command: what does not change is made once.
    private static readonly SlaTerms Gold = Terms("contract gold", TimeSpan.FromMinutes(30), TimeSpan.FromHours(4), BusinessCalendar.Always);
    private static readonly ConcurrentDictionary<string, SlaTerms> Silver = new(StringComparer.Ordinal);

    public async Task<SlaTerms> GetTermsAsync(SlaContext context, CancellationToken cancellationToken)
    {
        var customer = await customers.FindAsync(users.Find(context.Ticket.RequesterId)?.Customer, cancellationToken);
        return customer?.Contract switch
        {
            Contract.Gold => Gold,
            Contract.Silver => Silver.GetOrAdd(customer.TimeZone, InOfficeHours), // Any number of customers, one calendar a zone.
            _ => SlaTerms.None,
        };
    }

    private static SlaTerms InOfficeHours(string timeZone)
    {
        var week = Enum.GetValues<DayOfWeek>()
            .Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
            .Select(day => new BusinessHours(day, new TimeOnly(9, 0), new TimeOnly(17, 0)));
        var calendar = new BusinessCalendar($"office hours in {timeZone}", TimeZoneInfo.FindSystemTimeZoneById(timeZone), week);
        return Terms("contract silver", TimeSpan.FromHours(4), TimeSpan.FromHours(16), calendar); // Half a day, and two.
    }

    private static SlaTerms Terms(string reason, TimeSpan firstResponse, TimeSpan resolution, BusinessCalendar calendar) => new()
    {
        FirstResponse = new SlaTerm { Duration = firstResponse, Calendar = calendar, Reason = reason },
        Resolution = new SlaTerm { Duration = resolution, Calendar = calendar, Reason = reason },
    };
}
