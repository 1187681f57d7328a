using HelpDesk.Tickets;

namespace HelpDesk.Numbering;

/// <summary>Gives a new ticket its number.</summary>
/// <remarks>
/// Implement it for another shape or for a count per tenant, and register it with <c>UseTicketNumberGenerator&lt;T&gt;()</c>.
/// It is scoped and called once per try of a command, just before the commit. Take the running number from
/// <see cref="TicketNumberContext.NextAsync"/>, which never repeats; a count or maximum of tickets does.
/// </remarks>
public interface ITicketNumberGenerator
{
    /// <summary>Returns a number of 1 to 64 characters without white space or <c>/</c>, which no ticket has had.</summary>
    Task<string> NextAsync(TicketNumberContext context, CancellationToken cancellationToken);
}

/// <summary>What a number may depend on. New members may be added in a minor version.</summary>
public sealed record TicketNumberContext
{
    /// <summary>The time of the opening.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The host's user id of the requester; null for somebody known by mail only.</summary>
    public required string? RequesterId { get; init; }

    /// <summary>The ticket's category.</summary>
    public required string? Category { get; init; }

    /// <summary>The ticket's channel.</summary>
    public required TicketChannel Channel { get; init; }

    /// <summary>Takes the next value (from 1) of a scope's counter, strict or block as the options say.</summary>
    /// <remarks>The scope is a text of at most 128 characters, as <c>TKT-2026</c>.</remarks>
    public required Func<string, CancellationToken, Task<long>> NextAsync { get; init; }
}
