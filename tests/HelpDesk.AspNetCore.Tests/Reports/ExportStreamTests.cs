using System.Net;
using System.Net.Http.Headers;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Reports;

/// <summary>The table is written while it is read, on the real server: no further than the client takes it, and never as whole where it is not.</summary>
public sealed class ExportStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tickets_are_read_no_faster_than_the_client_takes_them()
    {
        var source = new Source { Count = 10_000_000 };
        await using var host = await StartAsync(source);
        using var client = host.CreateClient();
        using var response = await SendAsync(host, client);
        await using var stream = await response.Content.ReadAsStreamAsync(Token);

        // Once everything between here and there is full, nothing more is read.
        var before = -1;
        await Poll.UntilAsync(() =>
        {
            var isStill = source.Given == before;
            before = source.Given;
            return Task.FromResult(isStill);
        });
        Assert.InRange(source.Given, 1, source.Count / 10);

        await stream.ReadExactlyAsync(new byte[before * 50], Token);
        await Poll.UntilAsync(() => Task.FromResult(source.Given > before));
    }

    [Fact]
    public async Task A_failure_in_the_middle_breaks_the_connection_off()
    {
        var source = new Source { Count = 100_000, FailsAfter = 50_000 };
        await using var host = await StartAsync(source);
        using var client = host.CreateClient();
        using var response = await SendAsync(host, client);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(Token));
        Assert.True(source.IsDisposed);
    }

    [Fact]
    public async Task A_failure_before_anything_was_sent_is_no_table()
    {
        var first = new Source { Count = 10, FailsAfter = 0 };
        await using (var host = await StartAsync(first))
            (await (await host.AsAsync(Users.Mia)).GetAsync("/reports/tickets.csv")).Is(503, "unavailable");

        var second = new Source { Count = 10, FailsAfter = 5 };
        await using (var host = await StartAsync(second))
        {
            var answer = (await (await host.AsAsync(Users.Mia)).GetAsync("/reports/tickets.csv")).Is(500);
            Assert.DoesNotContain("text/csv", answer.Head, StringComparison.Ordinal);
            Assert.Empty(answer.Bytes);
        }

        Assert.True(second.IsDisposed);
    }

    [Fact]
    public async Task Who_goes_away_stops_the_reading()
    {
        var source = new Source { Count = 10_000_000 };
        await using var host = await StartAsync(source);
        using (var client = host.CreateClient())
        using (await SendAsync(host, client))
            Assert.False(source.IsDisposed);

        await Poll.UntilAsync(() => Task.FromResult(source.IsDisposed));
        Assert.InRange(source.Given, 1, source.Count / 10);
    }

    private static Task<TestHelpDesk> StartAsync(Source source) => TestHelpDesk.StartAsync(new TestHostSetup
    {
        OnKestrel = true,
        Services = services => services.AddSingleton<ITicketReports>(source),
    });

    private static async Task<HttpResponseMessage> SendAsync(TestHelpDesk host, HttpClient client)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/helpdesk/reports/tickets.csv");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await host.SignInAsync(Users.Mia));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    /// <summary>Gives as many tickets as are wanted, and counts them.</summary>
    private sealed class Source : ITicketReports
    {
        private volatile int given;
        private volatile bool isDisposed;

        public required int Count { get; init; }

        public int? FailsAfter { get; init; }

        public int Given => given;

        public bool IsDisposed => isDisposed;

        public Task<TicketReport> GetAsync(ReportQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public TicketExport Export(ReportQuery query) => new() { From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch.AddDays(1), Tickets = TicketsAsync() };

        private async IAsyncEnumerable<ReportRow> TicketsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            try
            {
                await Task.Yield();
                for (; given < Count; given++)
                {
                    if (given == FailsAfter)
                        throw new TimeoutException("The database is away.");
                    cancellationToken.ThrowIfCancellationRequested();
                    yield return Row;
                }
            }
            finally
            {
                isDisposed = true;
            }
        }

        private static readonly ReportRow Row = new()
        {
            Number = "TKT-2026-000001", Subject = "The printer burns", Status = TicketStatus.Open, Priority = TicketPriority.Normal, Category = null, Channel = TicketChannel.Web,
            Requester = "alice", Assignee = null, CreatedAt = DateTimeOffset.UnixEpoch, FirstRespondedAt = null, ResolvedAt = null, ClosedAt = null, DueAt = null, EscalatedAt = null, Breached = false,
        };
    }
}
