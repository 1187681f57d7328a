using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>The promises of a ticket, explained.</summary>
internal sealed partial class TicketService
{
    private const int MostTargets = 100;
    private const int MostSegments = 500;

    public async Task<SlaView?> GetSlaAsync(GetSla query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var ticket = await FindAsync(query.Ticket, query.Actor, cancellationToken);
        if (ticket is null)
            return null;

        Demand(query.Actor, ticket, TicketAction.ReadInternal);
        var id = ticket.Id;
        var targets = await db.Targets.AsNoTracking()
            .Where(target => target.TicketId == id)
            .OrderByDescending(target => target.StartedAt)
            .ThenByDescending(target => target.Instance)
            .Take(MostTargets)
            .ToListAsync(cancellationToken);
        var first = await db.Targets.AsNoTracking().Where(target => target.TicketId == id && target.Kind != TargetKind.NextResponse).ToListAsync(cancellationToken);
        targets.AddRange(first.Where(target => targets.TrueForAll(other => other.Kind != target.Kind)));

        var terms = await sla.TermsAsync(ticket, cancellationToken);
        var timeline = await sla.TimelineAsync(ticket, cancellationToken);
        return new SlaView
        {
            DueAt = ticket.DueAt,
            Targets = [.. targets.Where(target => target.DueAt is not null || target.MetAt is not null || terms.Of(target.Kind) is not null).OrderBy(target => target.StartedAt).ThenBy(target => target.Kind).ThenBy(target => target.Instance).Select(View)],
        };

        SlaTargetView View(TicketTarget target)
        {
            var now = clock.GetStorableNow();
            var end = target.MetAt ?? target.DueAt ?? now;
            return new SlaTargetView
            {
                Kind = target.Kind,
                Instance = target.Instance,
                StartedAt = target.StartedAt,
                DueAt = target.DueAt,
                State = SlaClock.StateOf(target, timeline.Current, terms, now),
                MetAt = target.MetAt,
                WarnedAt = target.WarnedAt,
                BreachedAt = target.BreachedAt,
                Reason = Reason(target, terms, timeline),
                Segments = SlaClock.Segments(
                    target.StartedAt, end, terms.Of(target.Kind)?.Calendar ?? BusinessCalendar.Always, timeline, terms.PauseWhilePending && target.DueSetBy is null, MostSegments),
            };
        }
    }

    private static string Reason(TicketTarget target, SlaTerms terms, StatusTimeline timeline)
    {
        if (target.DueSetBy is not null)
            return "Set by hand.";
        if (terms.Of(target.Kind) is not { } term)
            return "No longer promised.";

        var known = target.MetAt is { } met ? timeline.Before(met) : timeline;
        var isOfNow = target.DueAt == SlaClock.DueAt(target.StartedAt, term, known, terms.PauseWhilePending);
        return isOfNow ? $"Within {term.Explain()}."
            : target.MetAt is not null ? "As was promised when it was met."
            : $"Within {term.Explain()}; applies with the next change of the ticket.";
    }
}
