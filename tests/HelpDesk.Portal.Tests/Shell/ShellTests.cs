using System.Net;
using System.Text.RegularExpressions;
using HelpDesk.Portal.Tests.Infrastructure;

namespace HelpDesk.Portal.Tests.Shell;

/// <summary>What the server answers below the portal's prefix, without a browser.</summary>
public sealed partial class ShellTests(PortalHost host) : IClassFixture<PortalHost>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_answer_has_a_nonce_of_its_own_which_its_policy_names()
    {
        using var alice = await SignedInAsync();
        var nonces = new HashSet<string>();
        for (var time = 0; time < 3; time++)
        {
            using var answer = await alice.GetAsync("/support", Token);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            var nonce = Nonce().Match(await answer.Content.ReadAsStringAsync(Token)).Groups[1].Value;
            Assert.Equal(
                "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; "
                + $"style-src 'self' 'nonce-{nonce}'; require-trusted-types-for 'script'; trusted-types 'none'",
                policy);
            nonces.Add(nonce);
        }

        Assert.Equal(3, nonces.Count);
    }

    [Fact]
    public async Task The_document_is_kept_by_nobody()
    {
        using var alice = await SignedInAsync();
        using var answer = await alice.GetAsync("/support/t/TKT-2026-000001", Token);
        Assert.Contains("no-store", answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("text/html; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_stranger_gets_no_document_but_the_way_to_the_hosts_sign_in()
    {
        using var nobody = Client();
        using var answer = await nobody.GetAsync("/support/t/TKT-1?a=b&c=%2F", Token);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in?ReturnUrl=%2Fsupport%2Ft%2FTKT-1%3Fa%3Db%26c%3D%252F", answer.Headers.Location!.OriginalString);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("/support", "/support")]
    [InlineData("/support/", "/support")]
    [InlineData("/support/agent/t/TKT-2026-000001", "/support")]
    [InlineData("/support/agent/mine/", "/support")]
    [InlineData("/support//", "/support")]
    [InlineData("/support///", "/support")]
    [InlineData("/support/agent//mine", "/support")]
    [InlineData("/support/t/%2F..%2F", "/support")]
    public async Task The_document_knows_where_it_is_mounted_at_every_address(string address, string mountedAt)
    {
        using var alice = await SignedInAsync();
        var document = WebUtility.HtmlDecode(await alice.GetStringAsync(address, Token));
        Assert.Contains($"\"mountedAt\":\"{mountedAt}\"", document, StringComparison.Ordinal);
        Assert.Contains("\"api\":\"/helpdesk\"", document, StringComparison.Ordinal);
        Assert.Contains($"src=\"{mountedAt}/assets/main-", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.8", null, "de")]
    [InlineData("fr-FR,fr;q=0.9,de;q=0.4,en;q=0.5", null, "en")]
    [InlineData("fr", null, "en")]
    [InlineData("de", "helpdesk-language=en", "en")]
    [InlineData("en", "helpdesk-language=de", "de")]
    [InlineData("en", "helpdesk-language=\"><script>", "en")]
    public async Task The_language_is_the_chosen_one_else_the_browsers(string accepts, string? cookie, string language)
    {
        using var alice = await SignedInAsync();
        alice.DefaultRequestHeaders.Add("Accept-Language", accepts);
        if (cookie is not null)
            alice.DefaultRequestHeaders.Add("Cookie", [.. alice.DefaultRequestHeaders.GetValues("Cookie"), cookie]);
        Assert.Contains($"<html lang=\"{language}\">", await alice.GetStringAsync("/support", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_scripts_are_at_most_150_kB_for_a_requester_when_compressed()
    {
        using var alice = await SignedInAsync();
        var document = await alice.GetStringAsync("/support", Token);
        var bytes = 0;
        foreach (Match script in Scripts().Matches(document))
            bytes += await CompressedAsync(alice, script.Groups[1].Value);
        Assert.InRange(bytes, 50_000, 150_000);
    }

    [Fact]
    public async Task Files_are_kept_for_good_and_are_what_they_say()
    {
        using var nobody = Client();
        using var alice = await SignedInAsync();
        var script = Scripts().Match(await alice.GetStringAsync("/support", Token)).Groups[1].Value;
        using var answer = await nobody.GetAsync(script, Token);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));

        using var again = new HttpRequestMessage(HttpMethod.Get, script);
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await nobody.SendAsync(again, Token);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Theory]
    [InlineData("main.js")]
    [InlineData("..%2fmanifest.json")]
    [InlineData("%2e%2e%5cmanifest.json")]
    [InlineData("..%2f..%2f..%2fappsettings.json")]
    [InlineData("%00.js")]
    public async Task There_is_no_other_file(string name)
    {
        using var nobody = Client();
        using var answer = await nobody.GetAsync($"/support/assets/{name}", Token);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
    }

    [Fact]
    public async Task Only_GET_and_HEAD_are_answered()
    {
        using var alice = await SignedInAsync();
        using var post = await alice.PostAsync("/support", new StringContent(""), Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        using var head = await alice.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/support"), Token);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    private static async Task<int> CompressedAsync(HttpClient client, string path)
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            await gzip.WriteAsync(await client.GetByteArrayAsync(path, Token), Token);
        return (int)packed.Length;
    }

    private HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };

    private async Task<HttpClient> SignedInAsync()
    {
        var client = Client();
        using var login = await client.PostAsync("/identity/login?useCookies=true", new StringContent("{\"email\":\"alice@example.com\",\"password\":\"Passw0rd!\"}", System.Text.Encoding.UTF8, "application/json"), Token);
        client.DefaultRequestHeaders.Add("Cookie", login.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return client;
    }

    [GeneratedRegex("property=\"csp-nonce\" nonce=\"([^\"]+)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("(?:script type=\"module\" src|modulepreload\" href)=\"([^\"]+)\"")]
    private static partial Regex Scripts();
}
