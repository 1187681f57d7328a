namespace HelpDesk.Specification.Infrastructure;

internal static class DockerReason
{
    // The message goes on for many lines about configuration: the first says what is missing.
    public static string Of(Exception exception) => exception.Message.Split('\n', 2)[0].Trim();
}
