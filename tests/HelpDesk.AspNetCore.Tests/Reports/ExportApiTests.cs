using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Reports;

/// <summary>The tickets of a report as a table for spreadsheets.</summary>
public sealed class ExportApiTests
{
    private const string Header =
        "number,subject,status,priority,category,channel,requester,assignee,createdAt,firstRespondedAt,resolvedAt,closedAt,dueAt,escalatedAt,breached,firstResponseSeconds,resolutionSeconds";

    [Fact]
    public async Task It_is_a_download_in_UTF8_with_a_byte_order_mark_and_CRLF()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = (await alice.PostAsync("/tickets", new { subject = "Größe, \"rot\"", body = "B", category = "billing", priority = "urgent" })).Is(201);
        host.Clock.Advance(TimeSpan.FromMinutes(30));
        await ann.ReplyAsync(ticket.Id);
        host.Clock.Advance(TimeSpan.FromHours(2));
        (await ann.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);

        var export = await ExportAsync(host, "from=2026-03-01&to=2026-03-02");

        Assert.Equal("text/csv", export.MediaType);
        foreach (var header in new[] { "Content-Type: text/csv; charset=utf-8; header=present", "Content-Disposition: attachment; filename=\"tickets-2026-03-01-2026-03-02.csv\"", "Cache-Control: no-store", "X-Content-Type-Options: nosniff" })
            Assert.Contains(header, export.Head, StringComparison.Ordinal);
        Assert.Equal([0xEF, 0xBB, 0xBF], export.Bytes[..3]);
        Assert.Equal(
            $"\uFEFF{Header}\r\nTKT-2026-000001,\"Größe, \"\"rot\"\"\",resolved,urgent,billing,web,alice,ann,2026-03-02T09:00:00Z,2026-03-02T09:30:00Z,2026-03-02T11:30:00Z,,,,true,1800,9000\r\n",
            export.Text);
    }

    [Fact]
    public async Task Without_tickets_it_is_the_header_and_its_name_has_times_where_they_are_no_days()
    {
        await using var host = await TestHelpDesk.StartAsync();

        var export = await ExportAsync(host, "from=2026-03-01T08:00:00Z&to=2026-03-02");

        Assert.Equal($"\uFEFF{Header}\r\n", export.Text);
        Assert.Contains("filename=\"tickets-20260301T080000Z-20260303T000000Z.csv\"", export.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_strangers_wrote_is_no_formula_and_comes_back_as_it_was_written()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var alice = await host.AsAsync(Users.Alice);
        var written = new Dictionary<string, (string? Subject, string? Category)>();
        foreach (var subject in FormulaCorpus.Texts)
        {
            var ticket = (await alice.PostAsync("/tickets", new { subject, body = "B", category = FormulaCorpus.AsCategory(subject) })).Is(201).Json;
            written.Add(ticket.Text("number")!, (ticket.Text("subject"), ticket.Text("category")));
        }

        var text = (await ExportAsync(host, "")).Text[1..];

        var rows = Csv.Read(text);
        Assert.Equal(written.Count + 1, rows.Count);
        Assert.All(rows, row => Assert.Equal(Header.Split(',').Length, row.Count));
        Assert.All(rows.Skip(1), row => Assert.Equal(written[row[0]], (FormulaCorpus.WithoutGuard(row[1]), row[4].Length == 0 ? null : FormulaCorpus.WithoutGuard(row[4]))));
        Assert.All(rows.SelectMany(row => row), FormulaCorpus.AssertInert);
        Assert.All(new[] { ';', '\t' }, separator => Assert.All(Csv.ReadCarelessly(text, separator), FormulaCorpus.AssertInert));
        // What is none is not touched.
        Assert.Empty(FormulaCorpus.Harmless.Except(rows.Select(row => row[1])));
    }

    [Fact]
    public async Task A_name_from_the_directory_is_no_formula_either()
    {
        await using var host = await TestHelpDesk.StartAsync();
        await host.ReadAsync(async db =>
        {
            var user = await db.Users.FindAsync([Users.Id(Users.Alice)], TestContext.Current.CancellationToken);
            user!.UserName = "=cmd|' /C calc'!A0@example.com";
            return await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        await (await host.AsAsync(Users.Alice)).OpenAsync();

        Assert.Equal("'=cmd|' /C calc'!A0", Csv.Read((await ExportAsync(host, "")).Text[1..])[1][6]);
    }

    private static async Task<Answer> ExportAsync(TestHelpDesk host, string query) => (await (await host.AsAsync(Users.Mia)).GetAsync($"/reports/tickets.csv?{query}")).Is(200);
}
