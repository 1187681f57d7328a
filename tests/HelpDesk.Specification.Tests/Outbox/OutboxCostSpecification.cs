using System.Collections.Concurrent;
using System.Diagnostics;
using HelpDesk.Events;
using HelpDesk.Specification.Costs;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Lists;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Specification.Outbox;

/// <summary>What the outbox costs. On PostgreSQL, whose driver tells of every statement, whoever sends it.</summary>
public abstract class OutboxCostSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : OutboxTest(fixture)
{
    [Fact]
    public async Task An_idle_dispatcher_asks_one_question_a_second()
    {
        await using var desk = await Fixture.StartAsync(SetupOf());
        await desk.OpenAsync(Alice);
        await desk.DispatchAsync();
        using var statements = await StatementsAsync();
        await using var running = await StartAsync(desk);
        await UntilAsync(() => statements.Looks.Count >= 1);
        var before = statements.Count;

        for (var look = 1; look <= 10; look++)
            await UntilAsync(() => statements.Count >= before + look, () => desk.Clock.Advance(TimeSpan.FromMilliseconds(100)));

        Assert.Equal(before + 10, statements.Count);
        Assert.Equal(11, statements.Looks.Count);
    }

    [Fact]
    public async Task What_comes_behind_a_failure_is_found_once_and_then_waits_with_it()
    {
        await using var desk = await Fixture.StartAsync(SetupOf());
        LogOf(desk).Before = (_, _) => throw new InvalidOperationException("Busy.");
        var ticket = (await desk.OpenAsync(Alice)).Id;
        for (var i = 0; i < 8; i++)
        {
            await desk.DispatchAsync();
            desk.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        await desk.DispatchAsync();
        await desk.ReplyAsync(Alice, ticket);
        using var statements = await StatementsAsync();
        await using var running = await StartAsync(desk);
        await UntilAsync(() => statements.Count >= 3); // The look, the claim in vain, and the deferring.

        var before = statements.Count;
        for (var look = 1; look <= 5; look++)
            await UntilAsync(() => statements.Count >= before + look, () => desk.Clock.Advance(TimeSpan.FromMilliseconds(100)));

        Assert.Equal(before + 5, statements.Count);
        Assert.Single((await DeliveriesAsync(ticket)).Select(delivery => (delivery.Handler, delivery.NextAttemptAt)).Distinct().GroupBy(delivery => delivery.Handler).Select(handler => handler.Count()).Distinct());
    }

    [Fact]
    public async Task That_question_is_answered_by_an_index_whatever_has_been_delivered_before()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.DispatchAsync();
        await Desk.ReadAsync(context =>
        {
            context.Database.SetCommandTimeout(TimeSpan.FromMinutes(5));
            return context.Database.ExecuteSqlAsync(
                $"""
                WITH e AS (
                  INSERT INTO "HelpDeskEvents" ("Id", "TicketId", "TicketSequence", "Kind", "IsPublic", "At", "Version", "Payload")
                  SELECT gen_random_uuid(), {ticket}, 1000 + n, 'ticket.changed', true, now(), gen_random_uuid(), '' FROM generate_series(1, 100000) AS n RETURNING "Id", "TicketSequence")
                INSERT INTO "HelpDeskDeliveries" ("Id", "EventId", "Handler", "Recipient", "TicketId", "TicketSequence", "State", "Attempts", "NextAttemptAt")
                SELECT gen_random_uuid(), "Id", {typeof(Telephone).FullName}, '', {ticket}, "TicketSequence", 'delivered', 1, '2026-01-01' FROM e
                """,
                Token);
        });
        await Desk.ReadAsync(context => context.Database.ExecuteSqlAsync($"""ANALYZE "HelpDeskDeliveries" """, Token));
        using var statements = await StatementsAsync();
        await using (await StartAsync(Desk))
            await UntilAsync(() => statements.Looks.Count >= 1);

        var (now, names) = (new NpgsqlParameter { ParameterName = "now", Value = Desk.Clock.GetUtcNow().UtcDateTime }, new NpgsqlParameter { ParameterName = "names", Value = new[] { typeof(Bookkeeping).FullName!, typeof(Telephone).FullName! } });
        var plan = await QueryPlan.ExplainAsync(Desk, statements.Looks[0], [now, names, new NpgsqlParameter { ParameterName = "p", Value = 1 }], Token);

        output.WriteLine($"{statements.Looks[0]}\n{plan.Rows} rows, {plan.Buffers} buffers: {string.Join(" < ", plan.Nodes)}");
        Assert.DoesNotContain("Seq Scan", plan.Nodes);
        Assert.InRange(plan.Buffers, 0, 20);
    }

    [Fact]
    public async Task What_a_delivery_costs()
    {
        var log = new CommandLog();
        await using var desk = await Fixture.StartAsync(new DeskSetup { HasHandlers = false, Context = options => options.AddInterceptors(log), HelpDesk = builder => builder.AddLoggedHandlers() });
        await desk.OpenAsync(Alice);
        await desk.DispatchAsync();
        await desk.OpenAsync(Alice);
        log.Clear();

        await desk.DispatchAsync();

        output.WriteLine($"{log.Commands.Count} commands for two deliveries and the look that finds no more:\n{string.Join("\n", log.Commands.Select(command => command.Sql.Split('\n')[0]))}");
        // One claim, its reading, and a mark for each; two claims where the second came a moment too late. Besides, each that is done looks for what comes behind it.
        var looks = log.Commands.Count(command => command.Sql.StartsWith("SELECT s.", StringComparison.Ordinal));
        Assert.InRange(log.Commands.Count - looks, 4, 6);
        Assert.InRange(looks, 2, 6);
    }

    private async Task<Statements> StatementsAsync() => new(new NpgsqlConnectionStringBuilder(await Fixture.DatabaseAsync<DeskContext>()).Database!);

    /// <summary>Waits until it is so, and lets time pass in small steps meanwhile where that is wanted.</summary>
    private static async Task UntilAsync(Func<bool> isSo, Action? pass = null)
    {
        for (var i = 0; i < 3000 && !isSo(); i++)
        {
            pass?.Invoke();
            await Task.Delay(10, Token);
        }

        Assert.True(isSo());
    }

    /// <summary>The statements that this process sends to one database.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly ActivityListener listener;
        private readonly ConcurrentQueue<string> texts = new();

        public Statements(string database)
        {
            listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    if ((activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name")) is string name && name == database
                        && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
                    {
                        texts.Enqueue(text);
                    }
                },
            };
            ActivitySource.AddActivityListener(listener);
        }

        public int Count => texts.Count;

        public IReadOnlyList<string> Looks => [.. texts.Where(text => text.StartsWith("SELECT 1", StringComparison.Ordinal))];

        public void Dispose() => listener.Dispose();
    }
}
