namespace HelpDesk.Sla;

/// <summary>How much is tried: ten times as much with HELPDESK_SOAK=1.</summary>
internal static class Soak
{
    private static readonly int Factor = Environment.GetEnvironmentVariable("HELPDESK_SOAK") == "1" ? 10 : 1;

    public static int Times(int count) => count * Factor;
}
