using System.IO.Compression;
using System.Xml.Linq;

namespace HelpDesk.Packages;

public sealed class PackageContents(PackedPackages packages)
{
    public static TheoryData<string> Names => [.. PackedPackages.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_has_readme_licence_icon_documentation_and_symbols(string name)
    {
        using var package = ZipFile.OpenRead(Path.Combine(packages.Folder, $"{name}.{packages.Version}.nupkg"));
        var entries = package.Entries.Select(entry => entry.FullName).ToHashSet();
        Assert.Contains("README.md", entries);
        Assert.Contains("icon.png", entries);
        Assert.Contains($"lib/net10.0/{name}.dll", entries);
        Assert.Contains($"lib/net10.0/{name}.xml", entries);

        using var nuspec = package.GetEntry($"{name}.nuspec")!.Open();
        var metadata = XDocument.Load(nuspec).Root!.Elements().Single();
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.True(Value("description").Length > 40, "A description says what the package is.");

        using var symbols = ZipFile.OpenRead(Path.Combine(packages.Folder, $"{name}.{packages.Version}.snupkg"));
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{name}.pdb");

        string Value(string element) => metadata.Elements().Single(child => child.Name.LocalName == element).Value;
    }

    [Fact]
    public void Core_depends_on_no_web_framework_no_database_provider_and_no_cloud()
    {
        using var package = ZipFile.OpenRead(Path.Combine(packages.Folder, $"HelpDesk.Core.{packages.Version}.nupkg"));
        using var nuspec = package.GetEntry("HelpDesk.Core.nuspec")!.Open();
        var dependencies = XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value);
        Assert.Equal(["Microsoft.EntityFrameworkCore.Relational", "Microsoft.Extensions.Hosting.Abstractions", "MimeKit"], dependencies.Order());
    }
}
