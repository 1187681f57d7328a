using System.Diagnostics;

namespace HelpDesk.Packages;

/// <summary>What the build says where Node.js is missing: a PATH on which nothing is but a shell.</summary>
public sealed class BuildWithoutNode
{
    [Fact]
    public async Task The_build_goes_on_and_says_what_is_missing()
    {
        var (code, output) = await TargetAsync("FindNode");
        Assert.True(code == 0, output);
        Assert.Contains("warning HDPORTAL: The pages of HelpDesk.Portal are built with Node.js 20.19 or newer", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_is_refused()
    {
        var (code, output) = await TargetAsync("RefuseToPackWithoutClient");
        Assert.NotEqual(0, code);
        Assert.Contains("error HDPORTAL: No package is made without Node.js", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output)> TargetAsync(string target)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : DotNet(), ["msbuild", "src/HelpDesk.Portal", $"-t:{target}", "-nologo", $"-p:Configuration={Repository.Configuration}"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The shell that runs commands, and nothing else.
        var path = Directory.CreateTempSubdirectory("helpdesk-path-");
        File.CreateSymbolicLink(Path.Combine(path.FullName, "sh"), "/bin/sh");
        start.Environment["PATH"] = path.FullName;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        path.Delete(recursive: true);
        return (process.ExitCode, await output + await errors);
    }

    private static string DotNet() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "dotnet")).First(File.Exists);
}
