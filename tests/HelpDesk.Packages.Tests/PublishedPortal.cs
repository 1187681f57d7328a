using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;

namespace HelpDesk.Packages;

/// <summary>The portal as a host has it in earnest: from the package, published, in Production.</summary>
public sealed partial class PublishedPortal(PackedPackages packages)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_published_host_serves_the_pages_of_the_package_compressed()
    {
        var minimal = Repository.Snippet("minimal");
        var program = minimal.Replace("app.Run();", Repository.Snippet("portal", "docs/portal.md") + "app.Run();", StringComparison.Ordinal);
        Assert.NotEqual(minimal, program);
        var project = await packages.CreateProjectAsync(new Dictionary<string, string> { ["Program.cs"] = program }, Token);
        await Command.RunAsync(project, "dotnet", ["publish", "-nologo", "-c", "Release", "-o", "out"], Token);

        await using var host = await RunningHost.StartAsync(Path.Combine(project, "out"), ["Fresh.dll"], Token);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = host.Address };
        using (var stranger = await client.GetAsync("/support/new", Token))
            Assert.Equal("/sign-in?ReturnUrl=%2Fsupport%2Fnew", stranger.Headers.Location?.OriginalString);

        using var account = new StringContent("{\"email\":\"new@example.com\",\"password\":\"Passw0rd!\"}", System.Text.Encoding.UTF8, "application/json");
        (await client.PostAsync("/register", account, Token)).EnsureSuccessStatusCode();
        (await client.PostAsync("/login?useCookies=true", account, Token)).EnsureSuccessStatusCode();
        var document = await client.GetStringAsync("/support", Token);
        Assert.Contains("<title>Acme Support</title>", document, StringComparison.Ordinal);

        foreach (Match file in Files().Matches(document))
        {
            var plain = await client.GetByteArrayAsync(file.Groups[1].Value, Token);
            Assert.Equal(plain, await DecodedAsync(client, file.Groups[1].Value, "br", packed => new BrotliStream(packed, CompressionMode.Decompress)));
            Assert.Equal(plain, await DecodedAsync(client, file.Groups[1].Value, "gzip", packed => new GZipStream(packed, CompressionMode.Decompress)));
        }
    }

    [Fact]
    public void The_package_holds_scripts_styles_and_no_sources()
    {
        using var package = ZipFile.OpenRead(Path.Combine(packages.Folder, $"HelpDesk.Portal.{packages.Version}.nupkg"));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Contains(files, file => Regex.IsMatch(file, "^staticwebassets/assets/main-[^/]+\\.js$"));
        Assert.Contains(files, file => Regex.IsMatch(file, "^staticwebassets/assets/main-[^/]+\\.css$"));
        Assert.DoesNotContain(files, file => file.EndsWith(".ts", StringComparison.Ordinal) || file.EndsWith(".tsx", StringComparison.Ordinal) || file.EndsWith(".map", StringComparison.Ordinal) || file.Contains("node_modules", StringComparison.Ordinal));
    }

    private static async Task<byte[]> DecodedAsync(HttpClient client, string path, string encoding, Func<Stream, Stream> decode)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new(encoding));
        using var answer = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        await using var decoded = decode(await answer.Content.ReadAsStreamAsync(Token));
        using var bytes = new MemoryStream();
        await decoded.CopyToAsync(bytes, Token);
        return bytes.ToArray();
    }

    [GeneratedRegex("(?:src|href)=\"(/support/assets/[^\"]+)\"")]
    private static partial Regex Files();
}
