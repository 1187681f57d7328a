using HelpDesk.Tickets;

namespace HelpDesk.Service;

internal static class TimeProviderExtensions
{
    /// <summary>Now, in whole microseconds: PostgreSQL keeps no more, and what is answered must equal what is read later.</summary>
    public static DateTimeOffset GetStorableNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    /// <summary>Now, but not before the ticket's last change: a command may have waited for another one, and the clocks of two nodes differ.</summary>
    public static DateTimeOffset GetStorableNow(this TimeProvider clock, Ticket ticket)
    {
        var now = clock.GetStorableNow();
        return now > ticket.UpdatedAt ? now : ticket.UpdatedAt;
    }
}
