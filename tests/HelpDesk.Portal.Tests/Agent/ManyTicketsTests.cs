using System.Globalization;
using HelpDesk.Portal.Tests.Infrastructure;
using HelpDesk.SampleHost.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace HelpDesk.Portal.Tests.Agent;

/// <summary>A host with 100,000 tickets: half of them are active, and half of these have a due time.</summary>
public sealed class ManyTicketsHost : PortalHost
{
    public const int Tickets = 100_000;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var (alice, ann, ben) = (await IdOfAsync("alice"), await IdOfAsync("ann"), await IdOfAsync("ben"));
        await using var scope = Services.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
        await using var transaction = await database.BeginTransactionAsync();
        await database.ExecuteSqlAsync(
            $"""
            CREATE TEMP TABLE filling AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Tickets})
            SELECT i,
                printf('%08X-0000-4000-8000-000000000001', i) AS id,
                printf('%08X-0000-4000-8000-000000000002', i) AS person,
                printf('%08X-0000-4000-8000-000000000003', i) AS message,
                datetime('now', '-' || ({Tickets} - i) || ' minutes') AS at,
                CASE WHEN i % 4 = 0 THEN datetime('now', (i - {Tickets / 2}) || ' minutes') END AS due
            FROM n
            """);
        await database.ExecuteSqlAsync(
            $"""
            INSERT INTO "HelpDeskTickets" ("Id", "Number", "RequesterId", "RequesterParticipantId", "AssigneeId", "Subject", "Status", "Priority", "Category", "Channel",
                "CreatedAt", "UpdatedAt", "Version", "PublicUpdatedAt", "PublicVersion", "LastSequence", "LastMessageId", "LastPublicMessageId", "DueAt", "DueSort")
            SELECT id, 'FILL-' || i, {alice}, person, CASE i % 3 WHEN 0 THEN {ann} WHEN 1 THEN {ben} END, 'Ticket ' || i || ' about something that does not work as it did',
                CASE WHEN i % 2 = 1 THEN 'closed' WHEN i % 5 = 0 THEN 'pending' ELSE 'open' END, 10 + 10 * (i % 4), 'Category ' || (i % 20), 'web',
                at, at, id, at, id, 2, message, message, due, coalesce(due, '9999-12-31 00:00:00')
            FROM filling
            """);
        await database.ExecuteSqlAsync(
            $"""
            INSERT INTO "HelpDeskParticipants" ("Id", "TicketId", "UserId", "Email", "Name", "Kind", "ReplyToken", "Undeliverable", "NoAutomaticMail", "Complained")
            SELECT person, id, {alice}, 'alice@example.com', 'alice', 'requester', printf('%026d', i), 0, 0, 0 FROM filling
            """);
        await database.ExecuteSqlAsync(
            $"""
            INSERT INTO "HelpDeskMessages" ("Id", "TicketId", "Sequence", "AuthorId", "AuthorParticipantId", "AuthorKind", "Body", "HasHtml", "HasQuoted", "IsPrivate", "Channel", "CreatedAt")
            SELECT message, id, 1, {alice}, person, 'requester', 'It is so.', 0, 0, 0, 'web', at FROM filling
            """);
        await database.ExecuteSqlAsync($"DROP TABLE filling");
        await transaction.CommitAsync();
    }
}

/// <summary>How soon agents can work in a large desk. Alone, so that nothing else takes the machine meanwhile.</summary>
[CollectionDefinition(nameof(ManyTicketsTests), DisableParallelization = true)]
[Collection(nameof(ManyTicketsTests))]
public sealed class ManyTicketsTests(ManyTicketsHost host, ITestOutputHelper output) : PortalTest(host), IClassFixture<ManyTicketsHost>
{
    // The target is one second, which an idle machine keeps. Machines of continuous integration are shared and small, and share it with the browser: they get twice of it.
    private const double Target = 1_000;
    private const double Most = 2 * Target;

    [Theory]
    [InlineData("/agent/all")]
    [InlineData("/agent/mine")]
    [InlineData("/agent/overdue")]
    [InlineData("/agent/all?sort=-priority&status=any")]
    public async Task A_hundred_rows_of_a_hundred_thousand_can_be_worked_with_soon_after_the_address_is_opened(string address)
    {
        // The first visit of all pays for what the server does once.
        var first = await VisitAsync("ann");
        await first.OpenAsync("/agent/unassigned");
        await first.Page.Locator("[data-row]").First.WaitForAsync();

        var times = new List<double>();
        // Other projects' tests run beside this one: it is tried until the machine is quiet enough.
        for (var time = 0; time < 3 || (times.Min() > Most && time < 15); time++)
        {
            // Each with an empty cache.
            var ann = await VisitAsync("ann");
            await ann.Context.AddInitScriptAsync(
                """
                new MutationObserver((_, observer) => {
                  const rows = document.querySelectorAll('[data-row]');
                  if (rows.length < 100) return;
                  observer.disconnect();
                  rows[0].querySelector('input').click();
                  const look = () => (rows[0].dataset.selected === 'true' && rows[0].querySelector('input').checked ? (window.workable = performance.now()) : requestAnimationFrame(look));
                  requestAnimationFrame(look);
                }).observe(document, { childList: true, subtree: true });
                """);
            await ann.Page.GotoAsync($"/support{address}", new() { WaitUntil = WaitUntilState.Commit });
            await Expect(ann.Page.GetByText("1 selected")).ToBeVisibleAsync();
            times.Add(await ann.Page.EvaluateAsync<double>("window.workable"));
            var list = await ann.Page.EvaluateAsync<double[]>("() => performance.getEntriesByType('resource').filter(each => each.name.includes('/helpdesk/tickets?')).slice(0, 1).flatMap(each => [each.startTime, each.responseEnd])");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{address}: {times[^1]:F0} ms; the list was asked for at {list[0]:F0} and there at {list[1]:F0}"));
            Assert.Equal(100, await ann.Page.Locator("[data-row]").CountAsync());
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{address}: {times.Min():F0} ms at best; the target is {Target:F0} ms, the bound {Most:F0} ms"));
        Assert.True(times.Min() <= Most, $"{address} takes {times.Min():F0} ms.");
    }
}
