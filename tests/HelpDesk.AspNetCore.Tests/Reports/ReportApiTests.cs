using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Reports;

/// <summary>The report as JSON: its names, its span, and who may have it.</summary>
public sealed class ReportApiTests(SharedHost shared) : HelpDeskTest(shared)
{
    private const string Nothing = "\"firstResponseTime\":{\"count\":0,\"median\":null,\"p90\":null},\"resolutionTime\":{\"count\":0,\"median\":null,\"p90\":null},\"breaches\":{\"total\":0,\"firstResponse\":0,\"nextResponse\":0,\"resolution\":0}";

    private Caller Mia { get; set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Mia = await Host.AsAsync(Users.Mia);
    }

    [Fact]
    public async Task It_has_these_names()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann, mia) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann), await host.AsAsync(Users.Mia));
        var ticket = await alice.PostAsync("/tickets", new { subject = "S", body = "B", category = "billing", priority = "urgent" });
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await ann.ReplyAsync(ticket.Is(201).Id);
        host.Clock.Advance(TimeSpan.FromHours(2));
        (await ann.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);

        var report = await mia.GetAsync("/reports?from=2026-03-01&to=2026-03-02");

        const string figures =
            "\"opened\":1,\"resolved\":1,\"firstResponseTime\":{\"count\":1,\"median\":1800,\"p90\":1800},\"resolutionTime\":{\"count\":1,\"median\":9000,\"p90\":9000},\"breaches\":{\"total\":1,\"firstResponse\":0,\"nextResponse\":0,\"resolution\":1}";
        Assert.Equal(
            $$$"""{"from":"2026-03-01T00:00:00Z","to":"2026-03-03T00:00:00Z",{{{figures}}},"agents":[{"id":"ann-id","name":"ann",{{{figures}}}}],"categories":[{"name":"billing",{{{figures}}}}],"categoriesLeftOut":0,"days":[{"date":"2026-03-01","opened":0,"resolved":0,"breaches":{"total":0,"firstResponse":0,"nextResponse":0,"resolution":0}},{"date":"2026-03-02","opened":1,"resolved":1,"breaches":{"total":1,"firstResponse":0,"nextResponse":0,"resolution":1}}]}""",
            report.Is(200).Text);
        Assert.Contains("Cache-Control: no-store", report.Head, StringComparison.Ordinal);
        Assert.Contains("X-Content-Type-Options: nosniff", report.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_has_and_what_has_no_category_is_there_without_a_name()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:Strategy"] = "None" } });
        await (await host.AsAsync(Users.Alice)).OpenAsync();

        var report = (await (await host.AsAsync(Users.Mia)).GetAsync("/reports")).Is(200).Text;

        Assert.Contains($$$""" "agents":[{"id":null,"name":null,"opened":1,"resolved":0,{{{Nothing}}}}],"categories":[{"name":null,"opened":1,"resolved":0,{{{Nothing}}}}]""".Trim(), report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=2020-02-28&to=2020-02-29", "2020-02-28T00:00:00Z", "2020-03-01T00:00:00Z")]
    [InlineData("from=2020-02-28&to=2020-02-28", "2020-02-28T00:00:00Z", "2020-02-29T00:00:00Z")]
    [InlineData("from=2020-02-28T12:00:00Z&to=2020-02-28T13:00:00Z", "2020-02-28T12:00:00Z", "2020-02-28T13:00:00Z")]
    [InlineData("from=2020-02-28T12:00:00%2B02:00&to=2020-02-28T13:00:00-01:00", "2020-02-28T10:00:00Z", "2020-02-28T14:00:00Z")]
    [InlineData("from=2020-02-28T12:00:00&to=2020-02-28T13:30", "2020-02-28T12:00:00Z", "2020-02-28T13:30:00Z")]
    [InlineData("from=2020-02-28T12:00:00.5Z&to=2020-02-28T12:00:00.1234567Z&x=y", null, "to")]
    [InlineData("from=2020-02-28T12:00:00.1Z&to=2020-02-28T12:00:00.1234567Z", "2020-02-28T12:00:00.1Z", "2020-02-28T12:00:00.123456Z")]
    [InlineData("from=2020-02-28&to=2020-02-28T00:00:01Z", "2020-02-28T00:00:00Z", "2020-02-28T00:00:01Z")]
    [InlineData("from=2019-01-27&to=2020-03-01", "2019-01-27T00:00:00Z", "2020-03-02T00:00:00Z")]
    [InlineData("from=2019-01-26&to=2020-03-01", null, "to")]
    [InlineData("", "2026-02-01T00:00:00Z", "2026-03-03T00:00:00Z")]
    [InlineData("from=&to=", "2026-02-01T00:00:00Z", "2026-03-03T00:00:00Z")]
    [InlineData("to=2026-01-31", "2026-01-02T00:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("from=2026-02-28", "2026-02-28T00:00:00Z", "2026-03-03T00:00:00Z")]
    [InlineData("from=2026-03-03", null, "from")]
    [InlineData("from=2026-03-03&to=2026-03-02", null, "to")]
    [InlineData("from=2020-02-30", null, "from")]
    [InlineData("from=yesterday", null, "from")]
    [InlineData("from=20200228", null, "from")]
    [InlineData("from=2020-2-28", null, "from")]
    [InlineData("from=28.02.2020", null, "from")]
    [InlineData("from=2020-02-28T25:00:00Z", null, "from")]
    [InlineData("from=2020-02-28T12:00:00+02:00", null, "from")]
    [InlineData("from=%D9%A2020-02-28", null, "from")]
    [InlineData("from=2020-02-28&from=2020-02-29", null, "from")]
    [InlineData("to=%00", null, "to")]
    [InlineData("to=0001-01-01", null, "to")]
    [InlineData("to=9999-12-31", null, "to")]
    [InlineData("from=9999-12-31&to=9999-12-31", null, "from")]
    [InlineData("from=9999-12-01&to=9999-12-30", "9999-12-01T00:00:00Z", "9999-12-31T00:00:00Z")]
    [InlineData("from=0001-01-01T00:00:00%2B14:00", null, "from")]
    public async Task The_span_is_read_so(string query, string? from, string to)
    {
        var answer = await Mia.GetAsync($"/reports?{query}");
        var table = await Mia.GetAsync($"/reports/tickets.csv?{query}");

        if (from is null)
        {
            Assert.Equal([to], answer.Is(400, "validation").Json.GetProperty("errors").EnumerateObject().Select(error => error.Name));
            Assert.Equal(answer.Everything, table.Everything);
        }
        else
        {
            Assert.Equal([from, to], answer.Is(200).Json.Texts("from", "to"));
            table.Is(200);
        }
    }

    [Theory]
    [InlineData("/reports")]
    [InlineData("/reports/tickets.csv")]
    public async Task It_is_for_managers_and_who_may_not_ask_learns_nothing(string path)
    {
        (await (await Host.AsAsync(Users.Anonymous)).GetAsync(path)).Is(401, "unauthenticated");
        foreach (var caller in new[] { Alice, Ann })
        {
            (await caller.GetAsync(path)).Is(403, "forbidden");
            (await caller.GetAsync($"{path}?from=nonsense")).Is(403, "forbidden");
        }

        (await Mia.GetAsync(path)).Is(200);
        (await (await Host.AsAsync(Users.Root)).GetAsync(path)).Is(200);
    }
}
