using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.Data.Sqlite;

namespace HelpDesk.AspNetCore.Tests.Reports;

/// <summary>The sample host in a process of its own, whose memory is watched while many tickets are exported.</summary>
public sealed class LargeExportTests(ITestOutputHelper output)
{
    private const int MiB = 1024 * 1024;
    private const int Few = 20_000;
    private const int Many = 100_000;
    private const long MostGrowth = 32 * MiB;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hundred_thousand_tickets_cost_less_than_thirty_two_megabytes_more_than_twenty_thousand()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The peak of a process's memory is read from /proc.");
        var folder = Directory.CreateTempSubdirectory("helpdesk-export-");
        try
        {
            var database = $"Data Source={Path.Combine(folder.FullName, "large.db")};Pooling=False";
            await using var host = await SampleProcess.StartAsync(
                new Dictionary<string, string> { ["ConnectionStrings:HelpDesk"] = database, ["HelpDesk:Attachments:Path"] = Path.Combine(folder.FullName, "files") }, Token);
            using var client = await SignInAsync(host.Address);
            // In a day long ago, of which no background service has to do anything.
            await FillAsync(database, "2020-01-01", Few);
            await FillAsync(database, "2020-02-01", Many);
            Assert.Equal(Few, await ExportAsync(client, "2020-01-01"));

            var before = host.ResetPeak();
            Assert.Equal(Many, await ExportAsync(client, "2020-02-01"));
            var growth = host.Peak() - before;

            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{before / MiB} MiB before, {growth / (double)MiB:0.0} MiB more at the peak."));
            Assert.InRange(growth, long.MinValue, MostGrowth - 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<HttpClient> SignInAsync(Uri address)
    {
        var client = new HttpClient { BaseAddress = address };
        using var response = await client.PostAsJsonAsync("/identity/login", new { email = Users.Email(Users.Mia), password = Users.Password }, Token);
        response.EnsureSuccessStatusCode();
        var token = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("accessToken").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Inserts what no test could open one by one: resolved tickets with long subjects.</summary>
    private static async Task FillAsync(string database, string day, int count)
    {
        await using var connection = new SqliteConnection(database);
        await connection.OpenAsync(Token);
        await using var fill = connection.CreateCommand();
        fill.CommandText =
            $"""
            WITH RECURSIVE filling(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM filling WHERE n < {count})
            INSERT INTO "HelpDeskTickets" ("Id", "Number", "RequesterId", "RequesterParticipantId", "Subject", "Status", "Priority", "Channel",
                "CreatedAt", "UpdatedAt", "Version", "PublicUpdatedAt", "PublicVersion", "LastSequence", "DueSort", "ResolvedAt")
            SELECT id, '{day}-' || n, 'user-' || n, id, printf('%.255c', '='), 'resolved', 20, 'web', '{day} 12:00:00', '{day} 12:00:00', id, '{day} 12:00:00', id, 1, '9999-12-31 00:00:00', '{day} 13:00:00'
            FROM (SELECT n, upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))) AS id FROM filling);
            """;
        await fill.ExecuteNonQueryAsync(Token);
    }

    /// <summary>Reads the table away line by line, and counts the tickets in it.</summary>
    private static async Task<int> ExportAsync(HttpClient client, string day)
    {
        using var response = await client.GetAsync($"/helpdesk/reports/tickets.csv?from={day}&to={day}", HttpCompletionOption.ResponseHeadersRead, Token);
        response.EnsureSuccessStatusCode();
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        var lines = 0;
        while (await reader.ReadLineAsync(Token) is not null)
            lines++;
        return lines - 1;
    }
}
