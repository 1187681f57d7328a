namespace HelpDesk.SampleHost.Demo;

internal static class DemoSwitch
{
    /// <summary>Lets <c>--demo</c> stand alone: configuration would take the argument behind it for its value.</summary>
    public static string[] Expand(string[] args) =>
        [.. args.Select((arg, index) => IsSwitch(arg) && !bool.TryParse(args.ElementAtOrDefault(index + 1), out _) ? "--Demo=true" : arg)];

    private static bool IsSwitch(string arg) => string.Equals(arg, "--demo", StringComparison.OrdinalIgnoreCase);
}
