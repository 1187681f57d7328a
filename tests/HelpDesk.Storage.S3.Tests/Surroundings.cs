using System.Runtime.CompilerServices;

namespace HelpDesk.Storage.S3;

/// <summary>What the AWS SDK finds in its surroundings, whatever they are: credentials of nobody, and nothing else.</summary>
internal static class Surroundings
{
    public const string AccessKey = "key-of-the-environment";

    [ModuleInitializer]
    internal static void Set()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(name => name.StartsWith("AWS_", StringComparison.Ordinal)).ToList())
            Environment.SetEnvironmentVariable(name, null);
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", AccessKey);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", "secret");
        Environment.SetEnvironmentVariable("AWS_EC2_METADATA_DISABLED", "true");
        Environment.SetEnvironmentVariable("AWS_CONFIG_FILE", Path.Combine(AppContext.BaseDirectory, "no-config"));
        Environment.SetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE", Path.Combine(AppContext.BaseDirectory, "no-credentials"));
    }
}
