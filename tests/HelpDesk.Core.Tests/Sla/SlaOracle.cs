using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>
/// Says what <see cref="SlaClock"/> ought to say, found in the dullest way: it walks through a ticket's life minute by minute and counts those in which the clock
/// runs. It shares no code with the clock and takes all times in whole minutes.
/// </summary>
internal static class SlaOracle
{
    public static IReadOnlyList<SlaTargetState> Evaluate(SlaHistory history, DateTimeOffset now, Func<BusinessCalendar, OpenMinutes> open)
    {
        var opened = Minutes.Of(history.OpenedAt);
        var statuses = new List<(long Minute, TicketStatus Status)> { (opened, TicketStatus.Open) };
        var terms = history.Terms;
        var promises = new List<Promise>();
        var isAnswered = false;
        long? unanswered = opened; // The ticket begins with a message of the requester.
        MakePromises();
        foreach (var step in history.Steps)
        {
            if (step.At > now)
                break;

            var minute = Minutes.Of(step.At);
            var statusesBefore = statuses.Count;
            terms = step.Terms ?? terms;
            if (step.Status is { } status && status != statuses[^1].Status)
                statuses.Add((minute, status));

            if (step.WrittenBy == TicketRole.Agent)
                (isAnswered, unanswered) = (true, null);
            else if (IsOver())
                unanswered = null;
            else if (step.WrittenBy == TicketRole.Requester)
                unanswered ??= minute;

            foreach (var promise in promises.Where(promise => promise.Kind == TargetKind.Resolution))
                promise.MetAt = !IsOver() ? null : promise.MetAt ?? Met(promise, minute, statusesBefore);
            if (unanswered is null)
            {
                foreach (var promise in promises.Where(promise => promise.Kind != TargetKind.Resolution))
                    promise.MetAt ??= Met(promise, minute, statusesBefore);
            }

            MakePromises();
        }

        foreach (var promise in promises.Where(promise => promise.MetAt is null))
            promise.DueAt = Due(promise, statuses.Count);
        return [.. promises.Where(promise => promise.DueAt is not null || TermOf(promise.Kind) is not null).Select(State)];

        bool IsOver() => statuses[^1].Status is TicketStatus.Resolved or TicketStatus.Closed;

        // Makes the promises that are wanted and not there yet.
        void MakePromises()
        {
            if (terms.Resolution is not null && !IsOver() && !promises.Exists(promise => promise.Kind == TargetKind.Resolution))
                promises.Add(new Promise(TargetKind.Resolution, 1, opened));
            if (unanswered is not { } since || promises.Exists(promise => promise.Kind != TargetKind.Resolution && promise.MetAt is null))
                return;

            var kind = isAnswered || promises.Exists(promise => promise.Kind == TargetKind.FirstResponse) ? TargetKind.NextResponse : TargetKind.FirstResponse;
            if (TermOf(kind) is not null)
                promises.Add(new Promise(kind, promises.Count(promise => promise.Kind == kind) + 1, since));
        }

        // What is kept keeps the due time that it had by the terms and the statuses up to that moment.
        long Met(Promise promise, long minute, int statusesBefore)
        {
            promise.DueAt = Due(promise, statusesBefore);
            return minute;
        }

        SlaTerm? TermOf(TargetKind kind) => kind switch
        {
            TargetKind.FirstResponse => terms.FirstResponse,
            TargetKind.NextResponse => terms.NextResponse,
            _ => terms.Resolution,
        };

        // The first moment at which all the time of a promise has passed; null where the clock stands still for good before.
        long? Due(Promise promise, int statusCount)
        {
            if (TermOf(promise.Kind) is not { } term)
                return null;

            var isOpen = open(term.Calendar);
            var left = term.Duration.Ticks / TimeSpan.TicksPerMinute;
            var (runs, next) = (false, 0);
            for (var minute = promise.StartedAt; ; minute++)
            {
                for (; next < statusCount && statuses[next].Minute <= minute; next++)
                    runs = statuses[next].Status == TicketStatus.Open || (statuses[next].Status == TicketStatus.Pending && !terms.PauseWhilePending);
                if (!runs && next == statusCount)
                    return null;
                if (runs && isOpen[minute] && --left == 0)
                    return minute + 1;
            }
        }

        SlaTargetState State(Promise promise)
        {
            var isBroken = promise.DueAt is { } due && (promise.MetAt is { } met ? Minutes.ToTime(met) : now) >= Minutes.ToTime(due);
            var status = statuses[^1].Status;
            var stands = status is not (TicketStatus.Open or TicketStatus.Pending) || (status == TicketStatus.Pending && terms.PauseWhilePending);
            return new SlaTargetState
            {
                Kind = promise.Kind,
                Instance = promise.Instance,
                StartedAt = Minutes.ToTime(promise.StartedAt),
                DueAt = promise.DueAt is { } dueAt ? Minutes.ToTime(dueAt) : null,
                MetAt = promise.MetAt is { } metAt ? Minutes.ToTime(metAt) : null,
                State = isBroken ? SlaState.Breached : promise.MetAt is not null ? SlaState.Met : stands ? SlaState.Paused : SlaState.Running,
            };
        }
    }

    private sealed class Promise(TargetKind kind, int instance, long startedAt)
    {
        public TargetKind Kind => kind;

        public int Instance => instance;

        public long StartedAt => startedAt;

        public long? DueAt { get; set; }

        public long? MetAt { get; set; }
    }
}
