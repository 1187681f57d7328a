using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>Which status a ticket had when. Immutable.</summary>
internal sealed class StatusTimeline
{
    private readonly IReadOnlyList<(DateTimeOffset At, TicketStatus Status)> changes;

    /// <param name="changes">The statuses in the order of time; the first begins with the ticket.</param>
    public StatusTimeline(IReadOnlyList<(DateTimeOffset At, TicketStatus Status)> changes) => this.changes = changes;

    public TicketStatus Current => changes[^1].Status;

    public static StatusTimeline From(DateTimeOffset openedAt) => new([(openedAt, TicketStatus.Open)]);

    public StatusTimeline With(DateTimeOffset at, TicketStatus status) => new([.. changes, (at, status)]);

    /// <summary>As it was known just before a moment.</summary>
    public StatusTimeline Before(DateTimeOffset moment) => new([changes[0], .. changes.Skip(1).TakeWhile(change => change.At < moment)]);

    /// <summary>Whether the clock runs in a status. Nothing is waited for once a ticket is resolved or closed.</summary>
    public static bool Runs(TicketStatus status, bool pauseWhilePending) =>
        status == TicketStatus.Open || (status == TicketStatus.Pending && !pauseWhilePending);

    /// <summary>The times since a start in which the clock runs or stands still; the last one has no end.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset? To, bool Runs)> Since(DateTimeOffset start, bool pauseWhilePending)
    {
        var from = start;
        var runs = Runs(changes[0].Status, pauseWhilePending);
        foreach (var (at, status) in changes.Skip(1))
        {
            var next = Runs(status, pauseWhilePending);
            if (next != runs && at > from)
            {
                yield return (from, at, runs);
                from = at;
            }

            runs = next;
        }

        yield return (from, null, runs);
    }
}
