using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>
/// The service follows a ticket command by command, and reads no more than the newest target of each kind; <see cref="SlaClock.Evaluate"/> looks at its whole life.
/// Both must say the same, after every command.
/// </summary>
public sealed class TargetBookPropertyTests
{
    private const int ShortLives = 8_000;
    private const int LongLives = 1_000;

    [Fact]
    public void Following_short_lives_step_by_step_says_the_same_as_looking_at_them_whole() => Parallel.For(0, Soak.Times(ShortLives), seed => Check(RandomTicket.InTicks(seed, days: 5), seed));

    [Fact]
    public void Following_long_lives_step_by_step_says_the_same_as_looking_at_them_whole() => Parallel.For(0, Soak.Times(LongLives), seed => Check(RandomTicket.InTicks(seed, days: 60), seed));

    private static void Check(RandomTicket ticket, int seed)
    {
        var stored = new StoredTicket(ticket.History);
        AssertSame(0, ticket.History.OpenedAt);
        for (var i = 0; i < ticket.History.Steps.Count; i++)
        {
            stored.Follow(ticket.History.Steps[i]);
            AssertSame(i + 1, ticket.History.Steps[i].At);
        }

        void AssertSame(int steps, DateTimeOffset now)
        {
            var history = ticket.History with { Steps = [.. ticket.History.Steps.Take(steps)] };
            var whole = SlaClock.Evaluate(history, now);
            var known = stored.States(now);
            if (!Sorted(whole).SequenceEqual(Sorted(known)))
            {
                Assert.Fail($"""
                    Seed {seed}:
                    {RandomTicket.Describe(ticket.Scene, history, now)}
                    at once:
                    {string.Join(Environment.NewLine, Sorted(whole))}
                    step by step:
                    {string.Join(Environment.NewLine, Sorted(known))}
                    """);
            }
        }
    }

    private static IEnumerable<SlaTargetState> Sorted(IEnumerable<SlaTargetState> targets) => targets.OrderBy(target => target.Kind).ThenBy(target => target.Instance);

    /// <summary>A ticket as the database keeps it, and what the service does to its targets with each command.</summary>
    private sealed class StoredTicket
    {
        private readonly DateTimeOffset openedAt;
        private readonly Dictionary<(TargetKind Kind, int Instance), TicketTarget> rows = [];
        private StatusTimeline audited;
        private SlaFacts facts;
        private SlaTerms terms;
        private bool wasEnded;

        public StoredTicket(SlaHistory history)
        {
            openedAt = history.OpenedAt;
            terms = history.Terms;
            audited = StatusTimeline.From(openedAt);
            facts = new SlaFacts(TicketStatus.Open, FirstRespondedAt: null, openedAt);
            Write(audited, TicketStatus.Open, openedAt);
        }

        public void Follow(SlaStep step)
        {
            terms = step.Terms ?? terms;
            var statusBefore = facts.Status;
            facts = facts.After(step, step.Status ?? statusBefore);
            // The audit trail is read only where something ever stopped the clock.
            Write(wasEnded || terms.PauseWhilePending ? audited : StatusTimeline.From(openedAt), statusBefore, step.At);
            if (facts.Status != statusBefore)
                audited = audited.With(step.At, facts.Status);
            wasEnded |= facts.Status is TicketStatus.Resolved or TicketStatus.Closed;
        }

        public IEnumerable<SlaTargetState> States(DateTimeOffset now) => rows.Values.Where(row => row.DueAt is not null || terms.Of(row.Kind) is not null).Select(row => new SlaTargetState
        {
            Kind = row.Kind,
            Instance = row.Instance,
            StartedAt = row.StartedAt,
            DueAt = row.DueAt,
            MetAt = row.MetAt,
            State = SlaClock.StateOf(row, audited.Current, terms, now),
        });

        private void Write(StatusTimeline before, TicketStatus statusBefore, DateTimeOffset now)
        {
            var known = rows.Values.GroupBy(row => row.Kind).Select(kind => Copy(kind.MaxBy(row => row.Instance)!)).ToList();
            var book = new TargetBook(Guid.Empty, openedAt, known);
            book.Follow(facts, before, terms, now);
            book.SetDueTimes(facts.Status == statusBefore ? before : before.With(now, facts.Status), terms);
            foreach (var target in book.All)
                rows[(target.Kind, target.Instance)] = Copy(target);
        }

        private static TicketTarget Copy(TicketTarget target) =>
            new(target.TicketId, target.Kind, target.Instance, target.StartedAt) { DueAt = target.DueAt, DueSetBy = target.DueSetBy, MetAt = target.MetAt };
    }
}
