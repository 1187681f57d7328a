using System.Diagnostics;
using System.Reflection;

namespace HelpDesk.Portal.Tests.Client;

public sealed class UnitTests
{
    /// <summary>They stand beside what they test, in the client's own language: <c>npm test</c> in src/HelpDesk.Portal/client.</summary>
    [Fact]
    public async Task The_clients_own_tests_pass()
    {
        var folder = typeof(UnitTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ClientFolder").Value!;
        var start = new ProcessStartInfo("npx", ["vitest", "run", "--no-color"]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["CI"] = "true";
        using var vitest = Process.Start(start)!;
        vitest.StandardInput.Close();
        var output = vitest.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = vitest.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await vitest.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(vitest.ExitCode == 0, await output + await errors);
        TestContext.Current.TestOutputHelper!.WriteLine(await output);
    }
}
