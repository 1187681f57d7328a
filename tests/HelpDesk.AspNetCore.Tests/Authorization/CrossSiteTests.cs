using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Authorization;

public sealed class CrossSiteTests(CrossSiteTests.HostWithPartner shared) : IClassFixture<CrossSiteTests.HostWithPartner>
{
    public sealed class HostWithPartner : IAsyncLifetime
    {
        internal TestHelpDesk Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Configuration = { ["HelpDesk:AllowedOrigins:0"] = "https://partner.example/" },
        });

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("Same-Origin", null, false)]
    [InlineData("anything", null, false)]
    [InlineData(null, "http://localhost", true)]
    [InlineData(null, "HTTP://LOCALHOST", true)]
    [InlineData(null, "https://localhost", false)]
    [InlineData(null, "http://localhost:8080", false)]
    [InlineData(null, "http://localhost.evil.example", false)]
    [InlineData(null, "http://evil.example", false)]
    [InlineData(null, "null", false)]
    [InlineData(null, "https://partner.example", true)]
    [InlineData(null, "https://other.partner.example", false)]
    [InlineData("same-origin", "http://evil.example", true)]
    [InlineData("cross-site", "http://localhost", false)]
    [InlineData("cross-site", "https://partner.example", false)]
    public async Task A_write_passes_only_from_the_own_site(string? fetchSite, string? origin, bool passes)
    {
        var alice = await shared.Host.AsAsync(Users.Alice);
        var ticket = await alice.OpenAsync();
        (string, string)[] headers = [.. Header("Sec-Fetch-Site", fetchSite), .. Header("Origin", origin)];

        foreach (var row in EndpointTable.Rows)
        {
            var answer = await alice.SendAsync(row.Method, row.Path(ticket.Id.ToString()), row.Body, headers);
            if (passes || row.Method == "GET")
                Assert.NotEqual("cross_site", answer.Code);
            else
                answer.Is(403, "cross_site");
        }
    }

    [Fact]
    public async Task Nothing_is_written_by_another_site()
    {
        var alice = await shared.Host.AsAsync(Users.Alice);
        var before = await shared.Host.CountRowsAsync();

        (await alice.PostAsync("/tickets", new { subject = "Forged", body = "Text" }, ("Sec-Fetch-Site", "cross-site"))).Is(403, "cross_site");

        Assert.Equal(before, await shared.Host.CountRowsAsync());
    }

    private static IEnumerable<(string, string)> Header(string name, string? value) => value is null ? [] : [(name, value)];
}
