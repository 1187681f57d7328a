[assembly: AssemblyFixture(typeof(HelpDesk.Packages.PackedPackages))]

namespace HelpDesk.Packages;

/// <summary>The packages as <c>dotnet pack</c> makes them, under a version that no cache has seen.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    public static readonly string[] Names = ["HelpDesk.Core", "HelpDesk.AspNetCore", "HelpDesk.Inbound.Mailgun", "HelpDesk.Notifications.Smtp", "HelpDesk.Portal", "HelpDesk.Storage.S3"];

    public string Version { get; } = $"0.0.0-test.{Guid.NewGuid():N}";

    public string Folder { get; } = Directory.CreateTempSubdirectory("helpdesk-packages-").FullName;

    public async ValueTask InitializeAsync()
    {
        foreach (var name in Names)
        {
            await Command.RunAsync(
                Repository.Root,
                "dotnet",
                ["pack", $"src/{name}", "-c", Repository.Configuration, "-o", Folder, "--no-build", "-nologo", $"-p:MinVerVersionOverride={Version}"],
                TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A new project in a folder of its own, which has nothing of this repository but the packages.</summary>
    public async Task<string> CreateProjectAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var project = Directory.CreateDirectory(Path.Combine(Folder, "project-" + Guid.NewGuid().ToString("N"))).FullName;
        await File.WriteAllTextAsync(Path.Combine(project, "Fresh.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="HelpDesk.AspNetCore" Version="{Version}" />
                <PackageReference Include="HelpDesk.Inbound.Mailgun" Version="{Version}" />
                <PackageReference Include="HelpDesk.Notifications.Smtp" Version="{Version}" />
                <PackageReference Include="HelpDesk.Portal" Version="{Version}" />
                <PackageReference Include="HelpDesk.Storage.S3" Version="{Version}" />
                <PackageReference Include="Microsoft.AspNetCore.Identity.EntityFrameworkCore" Version="{Repository.Metadata("AspNetCoreVersion")}" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="{Repository.Metadata("EntityFrameworkVersion")}" />
              </ItemGroup>
            </Project>
            """, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(project, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packed" value="{Folder}" />
              </packageSources>
            </configuration>
            """, cancellationToken);
        foreach (var (name, text) in files)
            await File.WriteAllTextAsync(Path.Combine(project, name), text, cancellationToken);
        return project;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var name in Names)
        {
            var extracted = new DirectoryInfo(Path.Combine(cache, name.ToLowerInvariant(), Version));
            if (extracted.Exists)
                extracted.Delete(recursive: true);
        }

        return ValueTask.CompletedTask;
    }
}
