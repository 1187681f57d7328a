using System.Runtime.CompilerServices;
using System.Text.Json;
using HelpDesk.Persistence;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

internal sealed class TicketSimulation(HelpDeskDb db, ITicketAccess access, TimeProvider clock) : ISlaSimulation
{
    private const int BatchSize = 100;

    public IAsyncEnumerable<SimulatedTicket> RunAsync(SlaSimulation simulation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        if (!simulation.Actor.IsManager && simulation.Actor.Kind != ActorKind.System)
            throw new ForbiddenException();
        return ReplayAsync(simulation, cancellationToken);
    }

    private async IAsyncEnumerable<SimulatedTicket> ReplayAsync(SlaSimulation simulation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (from, to) = (simulation.From.ToUniversalTime(), simulation.To.ToUniversalTime());
        Ticket? last = null;
        while (true)
        {
            var tickets = access.Visible(db.Tickets.AsNoTracking(), simulation.Actor).Where(ticket => ticket.CreatedAt >= from && ticket.CreatedAt < to);
            if (last is not null)
                tickets = tickets.Where(ticket => ticket.CreatedAt > last.CreatedAt || (ticket.CreatedAt == last.CreatedAt && ticket.Id.CompareTo(last.Id) > 0));
            var page = await tickets.OrderBy(ticket => ticket.CreatedAt).ThenBy(ticket => ticket.Id).Take(BatchSize).ToListAsync(cancellationToken);
            if (page.Count == 0)
                yield break;

            var ids = page.ConvertAll(ticket => ticket.Id);
            var entries = await db.Audit.AsNoTracking()
                .Where(entry => ids.Contains(entry.TicketId) && entry.Action != "noted")
                .OrderBy(entry => entry.Sequence)
                .ToListAsync(cancellationToken);
            var histories = entries.ToLookup(entry => entry.TicketId);
            foreach (var ticket in page)
            {
                var history = await HistoryAsync(ticket, [.. histories[ticket.Id]], simulation.Policy, cancellationToken);
                yield return new SimulatedTicket { Id = ticket.Id, Number = ticket.Number, Targets = SlaClock.Evaluate(history, clock.GetStorableNow()) };
            }

            last = page[^1];
        }
    }

    /// <summary>What happened to a ticket, with what the draft would have promised each time that priority or category changed.</summary>
    private static async Task<SlaHistory> HistoryAsync(Ticket ticket, IReadOnlyList<AuditEntry> entries, ISlaPolicy policy, CancellationToken cancellationToken)
    {
        var changes = entries.ToDictionary(entry => entry, entry => JsonSerializer.Deserialize<IReadOnlyList<FieldChange>>(entry.Changes, JsonSerializerOptions.Web) ?? []);
        var summary = TicketSummary.Of(ticket) with
        {
            Priority = Words.Parse<TicketPriority>(First("priority")?.Old) ?? ticket.Priority,
            Category = First("category") is { } first ? first.Old : ticket.Category,
        };
        var terms = await policy.GetTermsAsync(new SlaContext { Ticket = summary }, cancellationToken);
        var steps = new List<SlaStep>();
        foreach (var entry in entries)
        {
            SlaTerms? changed = null;
            if (Of(entry, "priority") is { } priority)
                summary = summary with { Priority = Words.Parse<TicketPriority>(priority.New) ?? summary.Priority };
            if (Of(entry, "category") is { } category)
                summary = summary with { Category = category.New };
            if (Of(entry, "priority") is not null || Of(entry, "category") is not null)
                changed = await policy.GetTermsAsync(new SlaContext { Ticket = summary }, cancellationToken);
            steps.Add(new SlaStep
            {
                At = entry.At,
                Status = Words.Parse<TicketStatus>(Of(entry, "status")?.New),
                WrittenBy = entry.Action == "replied" ? entry.ActorKind : null,
                Terms = changed,
            });
        }

        return new SlaHistory { OpenedAt = ticket.CreatedAt, Terms = terms, Steps = steps };

        FieldChange? Of(AuditEntry entry, string field) => changes[entry].FirstOrDefault(change => change.Field == field);

        FieldChange? First(string field) => entries.Select(entry => Of(entry, field)).FirstOrDefault(change => change is not null);
    }
}
