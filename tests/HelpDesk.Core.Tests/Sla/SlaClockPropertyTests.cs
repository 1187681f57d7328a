using System.Collections.Concurrent;

namespace HelpDesk.Sla;

/// <summary>
/// The clock against <see cref="SlaOracle"/>, on lives of tickets that nobody would think of. A life that failed can be looked at again with
/// HELPDESK_SLA_CASE=days:seed, as the failure says.
/// </summary>
public sealed class SlaClockPropertyTests
{
    private const int ShortLives = 100_000;
    private const int LongLives = 5_000;

    private static readonly (int Days, int Seed)? Only = CaseOf(Environment.GetEnvironmentVariable("HELPDESK_SLA_CASE"));

    [Fact]
    public void The_clock_agrees_with_counting_minutes_on_lives_of_up_to_5_days() => Check(days: 5, Soak.Times(ShortLives));

    [Fact]
    public void The_clock_agrees_with_counting_minutes_on_lives_of_up_to_60_days() => Check(days: 60, Soak.Times(LongLives));

    private static void Check(int days, int count)
    {
        if (Only is { } only)
        {
            if (only.Days == days)
                Assert.Null(Failure(days, only.Seed));
            return;
        }

        var failures = new ConcurrentDictionary<long, string>();
        Parallel.For(0, count, (seed, loop) =>
        {
            if (Failure(days, seed) is not { } failure)
                return;
            failures[seed] = failure;
            loop.Break();
        });
        Assert.True(failures.IsEmpty, failures.OrderBy(failure => failure.Key).FirstOrDefault().Value);
    }

    private static string? Failure(int days, int seed)
    {
        var ticket = RandomTicket.InMinutes(seed, days);
        var history = ticket.History;
        if (Agrees(ticket, history))
            return null;

        // What is not needed for the failure would only stand in the way of understanding it.
        for (var i = history.Steps.Count - 1; i >= 0; i--)
        {
            var shorter = history with { Steps = [.. history.Steps.Where((_, index) => index != i)] };
            if (!Agrees(ticket, shorter))
                history = shorter;
        }

        return $"""
            HELPDESK_SLA_CASE={days}:{seed}, without the steps that make no difference:
            {RandomTicket.Describe(ticket.Scene, history, ticket.Now)}
            expected:
            {Lines(Sorted(Expected(ticket, history)))}
            seen:
            {Lines(Seen(ticket, history))}
            """;
    }

    private static bool Agrees(RandomTicket ticket, SlaHistory history)
    {
        var seen = Seen(ticket, history);
        // Which of two that start together comes first is not specified.
        var isInOrder = seen.Zip(seen.Skip(1)).All(pair => pair.First.StartedAt <= pair.Second.StartedAt);
        return isInOrder && Sorted(Expected(ticket, history)).SequenceEqual(Sorted(seen));
    }

    private static IReadOnlyList<SlaTargetState> Expected(RandomTicket ticket, SlaHistory history) => SlaOracle.Evaluate(history, ticket.Now, ticket.Scene.MinutesOf);

    private static IReadOnlyList<SlaTargetState> Seen(RandomTicket ticket, SlaHistory history) => SlaClock.Evaluate(history, ticket.Now);

    private static IEnumerable<SlaTargetState> Sorted(IEnumerable<SlaTargetState> targets) =>
        targets.OrderBy(target => target.StartedAt).ThenBy(target => target.Kind).ThenBy(target => target.Instance);

    private static string Lines(IEnumerable<SlaTargetState> targets) =>
        string.Join(Environment.NewLine, targets.Select(target => $"{target.Kind} {target.Instance} from {target.StartedAt:O} due {target.DueAt:O} met {target.MetAt:O}: {target.State}"));

    private static (int Days, int Seed)? CaseOf(string? text) =>
        text?.Split(':') is [var days, var seed] ? (int.Parse(days, System.Globalization.CultureInfo.InvariantCulture), int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture)) : null;
}
