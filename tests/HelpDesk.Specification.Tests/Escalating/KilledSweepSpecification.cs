using System.Diagnostics;
using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Infrastructure;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Escalating;

/// <summary>Three processes sweep one database, and one is killed amid its work. On PostgreSQL.</summary>
public abstract class KilledSweepSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : EscalatingTest(fixture)
{
    private const int Tickets = 10_000;

    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Each_of_ten_thousand_overdue_tickets_is_escalated_once_though_a_process_is_killed()
    {
        await DueTickets.AddAsync(Fixture, "LATE-", Tickets, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), Token);
        var database = await Fixture.DatabaseAsync<DeskContext>();
        var watch = Stopwatch.StartNew();
        using var killed = TestWorker.Start(Fixture.Name, database, ["escalate"]);
        using var second = TestWorker.Start(Fixture.Name, database, ["escalate"]);
        using var third = TestWorker.Start(Fixture.Name, database, ["escalate"]);

        await UntilAsync(left => left < Tickets * 2 / 3, watch);
        await killed.KillAsync(Token);
        var leftAtKill = await LeftAsync();
        await UntilAsync(left => left == 0, watch);
        output.WriteLine($"{leftAtKill} were left when one was killed; all were escalated after {watch.Elapsed.TotalSeconds:F1} s.");
        var told = (await second.EndAsync(Token)).Concat(await third.EndAsync(Token)).Sum(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture));

        Assert.InRange(leftAtKill, 1, Tickets - 1);
        // One batch of the killed one may be committed after the count.
        Assert.InRange(told, leftAtKill - 100, Tickets);
        await using var scope = Desk.NewScope();
        var context = scope.Context;
        Assert.Equal(Tickets, await context.Set<Ticket>().CountAsync(ticket => ticket.EscalatedAt != null, Token));
        foreach (var rows in new[]
        {
            context.Set<AuditEntry>().Where(entry => entry.Action == "escalated").Select(entry => entry.TicketId),
            context.Set<TicketEvent>().Where(e => e.Kind == TicketEventKinds.TicketEscalated).Select(e => e.TicketId),
            context.Set<Delivery>().Select(delivery => delivery.TicketId),
        })
        {
            Assert.Equal((Tickets, Tickets), (await rows.CountAsync(Token), await rows.Distinct().CountAsync(Token)));
        }
    }

    private Task<int> LeftAsync() => Desk.ReadAsync(context => context.Set<Ticket>().CountAsync(ticket => ticket.SlaCheckAt != null, Token));

    private async Task UntilAsync(Func<int, bool> isSo, Stopwatch watch)
    {
        while (!isSo(await LeftAsync()))
        {
            Assert.True(watch.Elapsed < MostTime, $"{await LeftAsync()} are left.");
            await Task.Delay(100, Token);
        }
    }
}
