using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Decides what is promised for a ticket.</summary>
/// <remarks>
/// <para>
/// Implement it to promise by customer, contract or product, and register it with <c>UseSlaPolicy&lt;T&gt;()</c>. It says durations and calendars; when
/// something is due is computed by the library from the ticket's history. Scoped, or with a lifetime of the host's own by <c>services.AddSingleton&lt;ISlaPolicy, T&gt;()</c>.
/// It is asked with each command on a ticket: keep what it reads in a cache, and make calendars once.
/// </para>
/// <para>
/// What it says from now on applies to each ticket at its next command, and to all at once by <see cref="ISlaRecalculation"/>. A promise that was kept stays
/// as it was. It must not depend on the time: the same ticket under the same policy has the same terms.
/// </para>
/// </remarks>
public interface ISlaPolicy
{
    /// <summary>Tells what is promised for the ticket as it is.</summary>
    Task<SlaTerms> GetTermsAsync(SlaContext context, CancellationToken cancellationToken);
}

/// <summary>What a policy may know. New members may be added in a minor version, never required ones.</summary>
public sealed record SlaContext
{
    /// <summary>The ticket.</summary>
    public required TicketSummary Ticket { get; init; }
}
