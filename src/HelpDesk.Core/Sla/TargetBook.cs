using HelpDesk.Tickets;

namespace HelpDesk.Sla;

/// <summary>What the promises of a ticket depend on beside its status history.</summary>
/// <param name="Status">The status now.</param>
/// <param name="FirstRespondedAt">The first public answer of an agent.</param>
/// <param name="AwaitingReplySince">The oldest message of the requester that nobody has answered.</param>
internal readonly record struct SlaFacts(TicketStatus Status, DateTimeOffset? FirstRespondedAt, DateTimeOffset? AwaitingReplySince)
{
    private bool IsEnded => Status is TicketStatus.Resolved or TicketStatus.Closed;

    public static SlaFacts Of(Ticket ticket) => new(ticket.Status, ticket.FirstRespondedAt, ticket.AwaitingReplySince);

    /// <summary>As <see cref="Ticket"/> does: an agent's answer and the end of the ticket answer everything, and who writes to an ended ticket waits for nothing.</summary>
    public SlaFacts After(SlaStep step, TicketStatus status)
    {
        var next = this with { Status = status };
        if (next.IsEnded)
            next = next with { AwaitingReplySince = null };
        return step.WrittenBy switch
        {
            TicketRole.Agent => next with { FirstRespondedAt = FirstRespondedAt ?? step.At, AwaitingReplySince = null },
            TicketRole.Requester when !next.IsEnded => next with { AwaitingReplySince = next.AwaitingReplySince ?? step.At },
            _ => next,
        };
    }
}

/// <summary>The targets of one ticket, and what becomes of them when something happens to it.</summary>
internal sealed class TargetBook(Guid ticketId, DateTimeOffset openedAt, IReadOnlyList<TicketTarget> known)
{
    private readonly List<TicketTarget> targets = [.. known];

    public IReadOnlyList<TicketTarget> All => targets;

    public IEnumerable<TicketTarget> Unmet => targets.Where(target => target.MetAt is null);

    /// <summary>Starts, meets and resumes targets after a command.</summary>
    /// <param name="facts">The ticket after the command.</param>
    /// <param name="before">The statuses up to the command: what is met now was due by these.</param>
    /// <param name="terms">What is promised from now on.</param>
    /// <param name="now">The time of the command.</param>
    public void Follow(SlaFacts facts, StatusTimeline before, SlaTerms terms, DateTimeOffset now)
    {
        Resolution(facts, before, terms, now);
        Responses(facts, before, terms, now);
    }

    /// <summary>Computes when the unmet targets are due.</summary>
    public void SetDueTimes(StatusTimeline timeline, SlaTerms terms)
    {
        foreach (var target in Unmet)
            SetDueTime(target, timeline, terms);
    }

    private void Resolution(SlaFacts facts, StatusTimeline before, SlaTerms terms, DateTimeOffset now)
    {
        var target = targets.Find(target => target.Kind == TargetKind.Resolution);
        var isEnded = facts.Status is TicketStatus.Resolved or TicketStatus.Closed;
        if (target is null && terms.Resolution is not null && !isEnded)
            targets.Add(target = new TicketTarget(ticketId, TargetKind.Resolution, 1, openedAt));
        if (target is null)
            return;

        // A ticket that is reopened goes on with the same clock.
        if (!isEnded)
            target.MetAt = null;
        else if (target.MetAt is null)
            Meet(target, before, terms, now);
    }

    private void Responses(SlaFacts facts, StatusTimeline before, SlaTerms terms, DateTimeOffset now)
    {
        var waiting = targets.Find(target => target.Kind != TargetKind.Resolution && target.MetAt is null);
        if (facts.AwaitingReplySince is not { } since)
        {
            if (waiting is not null)
                Meet(waiting, before, terms, now);
            return;
        }

        if (waiting is not null)
            return;

        var isFirst = facts.FirstRespondedAt is null && !targets.Exists(target => target.Kind == TargetKind.FirstResponse);
        if (isFirst && terms.FirstResponse is not null)
            targets.Add(new TicketTarget(ticketId, TargetKind.FirstResponse, 1, since));
        else if (!isFirst && terms.NextResponse is not null)
            targets.Add(new TicketTarget(ticketId, TargetKind.NextResponse, NextInstance(), since));
    }

    private int NextInstance() => targets.Where(target => target.Kind == TargetKind.NextResponse).Select(target => target.Instance).DefaultIfEmpty().Max() + 1;

    private static void Meet(TicketTarget target, StatusTimeline before, SlaTerms terms, DateTimeOffset now)
    {
        SetDueTime(target, before, terms);
        target.MetAt = now;
    }

    private static void SetDueTime(TicketTarget target, StatusTimeline timeline, SlaTerms terms)
    {
        if (target.DueSetBy is null)
            target.DueAt = terms.Of(target.Kind) is { } term ? SlaClock.DueAt(target.StartedAt, term, timeline, terms.PauseWhilePending) : null;
    }
}
