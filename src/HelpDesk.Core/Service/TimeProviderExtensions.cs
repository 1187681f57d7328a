namespace HelpDesk.Service;

internal static class TimeProviderExtensions
{
    /// <summary>Now, in whole microseconds: PostgreSQL keeps no more, and what is answered must equal what is read later.</summary>
    public static DateTimeOffset GetStorableNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
