using System.Text.Json;
using HelpDesk.Persistence;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Keeps the targets of a ticket true to what a command did.</summary>
internal sealed class SlaKeeper(HelpDeskDb db, ISlaPolicy policy)
{
    /// <summary>Starts, meets and recomputes the ticket's targets.</summary>
    /// <param name="change">The command, after it has changed the ticket.</param>
    /// <param name="known">The newest target of each kind, as stored.</param>
    /// <param name="wasEnded">Whether the ticket was ever resolved or closed before.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    /// <returns>Whether a row of a target is written: all writers of those lock the ticket first.</returns>
    public async Task<bool> FollowAsync(TicketChange change, IReadOnlyList<TicketTarget> known, bool wasEnded, CancellationToken cancellationToken)
    {
        var ticket = change.Ticket;
        var dueBefore = known.ToDictionary(target => target, target => target.DueAt);
        var terms = await TermsAsync(ticket, cancellationToken);
        // Where nothing ever stops the clock, how it came to be what it is makes no difference.
        var isNew = db.Context.Entry(ticket).State == EntityState.Added;
        var before = !isNew && (wasEnded || terms.PauseWhilePending)
            ? await TimelineAsync(ticket, cancellationToken)
            : StatusTimeline.From(ticket.CreatedAt);
        var book = new TargetBook(ticket.Id, ticket.CreatedAt, known);
        book.Follow(SlaFacts.Of(ticket), before, terms, change.Now);
        book.SetDueTimes(ticket.Status == change.StatusBefore ? before : before.With(change.Now, ticket.Status), terms);

        db.Targets.AddRange(book.All.Except(known));
        Explain(change, book, dueBefore, terms);
        ticket.Promise(book.All, change.Rules);
        return book.All.Any(IsWritten);
    }

    private bool IsWritten(TicketTarget target)
    {
        var entry = db.Context.Entry(target);
        entry.DetectChanges();
        return entry.State != EntityState.Unchanged;
    }

    public Task<SlaTerms> TermsAsync(Ticket ticket, CancellationToken cancellationToken) =>
        policy.GetTermsAsync(new SlaContext { Ticket = TicketSummary.Of(ticket) }, cancellationToken);

    /// <summary>The statuses of a ticket as its history tells them.</summary>
    public async Task<StatusTimeline> TimelineAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        var id = ticket.Id;
        var entries = await db.Audit.AsNoTracking()
            .Where(entry => entry.TicketId == id && entry.Changes.Contains("\"status\""))
            .OrderBy(entry => entry.Sequence)
            .Select(entry => new { entry.At, entry.Changes })
            .ToListAsync(cancellationToken);
        var changes = new List<(DateTimeOffset, TicketStatus)> { (ticket.CreatedAt, TicketStatus.Open) };
        changes.AddRange(entries.Select(entry => (entry.At, Status: StatusOf(entry.Changes))).Where(entry => entry.Status is not null).Select(entry => (entry.At, entry.Status!.Value)));
        return new StatusTimeline(changes);
    }

    public static TicketStatus? StatusOf(string changes) => Words.Parse<TicketStatus>(
        JsonSerializer.Deserialize<IReadOnlyList<FieldChange>>(changes, JsonSerializerOptions.Web)?.FirstOrDefault(change => change.Field == "status")?.New);

    /// <summary>Says in the history why something is due when it is.</summary>
    private static void Explain(TicketChange change, TargetBook book, Dictionary<TicketTarget, DateTimeOffset?> dueBefore, SlaTerms terms)
    {
        foreach (var target in book.Unmet.Where(target => target.DueSetBy is null).OrderBy(target => target.DueAt))
        {
            var was = dueBefore.GetValueOrDefault(target);
            if (was == target.DueAt)
                continue;

            var reason = target.DueAt is null
                ? terms.Of(target.Kind) is null ? "No longer promised." : "The clock stands still."
                : $"{TargetWords.Of(target)} within {terms.Of(target.Kind)!.Explain()}.";
            change.RecordDue(target, was, reason);
        }
    }
}
