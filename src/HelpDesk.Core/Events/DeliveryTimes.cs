namespace HelpDesk.Events;

/// <summary>How long a process has a delivery to itself, and when a failed one is tried again.</summary>
internal static class DeliveryTimes
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>Long enough for a handler to be stopped in time, though clocks differ a little; 60 seconds at most.</summary>
    public static TimeSpan Lease(OutboxOptions options) => options.HandlerTimeout * 4 / 3;

    /// <summary>The pause after a failure: from 2 to 4 seconds after the first, doubling to 15 minutes. It is shortened by up to half, so that what failed together does not come back together.</summary>
    public static TimeSpan Pause(int attempt, double random)
    {
        var pause = First * Math.Pow(2, Math.Min(attempt - 1, 20));
        return (pause < Longest ? pause : Longest) * (1 - (random / 2));
    }
}
