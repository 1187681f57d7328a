using System.Text.Json;
using HelpDesk.Events;
using HelpDesk.Sla;

namespace HelpDesk.Tickets;

/// <summary>A field of a ticket before and after a command, as the history shows it.</summary>
/// <param name="Field">The field's name in camelCase.</param>
/// <param name="Old">The text of the value before; null for none.</param>
/// <param name="New">The text of the value after; null for none.</param>
public sealed record FieldChange(string Field, string? Old, string? New);

/// <summary>Something that a command did to a ticket: one line of history, and one event where <paramref name="EventKind"/> is set.</summary>
internal sealed record TicketDeed(
    long Sequence, Actor By, TicketRole Role, string Action, string? EventKind, bool IsPublic, TicketMessage? Message, IReadOnlyList<FieldChange> Changes, string? Reason)
{
    /// <summary>The promises that it is about.</summary>
    public IReadOnlyList<EventTarget> Targets { get; init; } = [];

    /// <summary>How the actor came, for the history.</summary>
    public string Via => By.Kind == ActorKind.System ? "system" : Words.Of(By.Channel);

    public string ChangesAsJson() => Changes.Count == 0 ? "[]" : JsonSerializer.Serialize(Changes, JsonSerializerOptions.Web);
}

/// <summary>One command at work on one ticket: who, in which role, when, by which rules, and what came of it so far.</summary>
internal sealed class TicketChange(Ticket ticket, Actor actor, TicketRole role, DateTimeOffset now, TicketRules rules)
{
    private readonly List<TicketMessage> messages = [];
    private readonly List<TicketDeed> deeds = [];
    private readonly string? loadedBefore = rules.IsLoad(ticket.Status) ? ticket.AssigneeId : null;

    private Actor by = actor;

    public TicketStatus StatusBefore { get; } = ticket.Status;

    /// <summary>The agent whose load was raised already, together with the check that there is room.</summary>
    public string? ClaimedAgentId { get; set; }

    public Ticket Ticket { get; } = ticket;

    public Actor Actor { get; } = actor;

    public TicketRole Role { get; } = role;

    public DateTimeOffset Now { get; } = now;

    public TicketRules Rules { get; } = rules;

    public IReadOnlyList<TicketMessage> Messages => messages;

    public IReadOnlyList<TicketDeed> Deeds => deeds;

    public bool IsPublic => deeds.Any(deed => deed.IsPublic);

    /// <summary>What is recorded from now on was decided by the library, not by whoever gave the command.</summary>
    public void DecidedBy(Actor job) => by = job;

    public TicketMessage Write(string body, bool isPrivate)
    {
        var message = new TicketMessage(Ticket.Id, Ticket.NextSequence(), Actor.StoredId, Role, body, isPrivate, Actor.Channel, Now);
        messages.Add(message);
        return message;
    }

    public void Record(
        string action, string? eventKind, bool isPublic, IReadOnlyList<FieldChange>? changes = null, TicketMessage? message = null, string? reason = null,
        IEnumerable<TicketTarget>? targets = null) =>
        deeds.Add(new TicketDeed(Ticket.NextSequence(), by, by == Actor ? Role : TicketRole.System, action, eventKind, isPublic, message, changes ?? [], reason is null ? null : TextRules.Cut(reason, TicketLimits.ReasonLength))
        {
            Targets = [.. (targets ?? []).Select(target => new EventTarget { Kind = target.Kind, Instance = target.Instance, DueAt = target.DueAt!.Value })],
        });

    /// <summary>Tells of a due time that followed from the command, in the same line of history; in one of its own where nothing else was done.</summary>
    public void RecordDue(TicketTarget target, DateTimeOffset? was, string reason)
    {
        var field = new FieldChange(DueField(target), Ticket.Text(was), Ticket.Text(target.DueAt));
        if (deeds.Count == 0)
            Record("due", eventKind: null, isPublic: false, [field], reason: reason);
        else
            deeds[0] = deeds[0] with { Changes = [.. deeds[0].Changes, field], Reason = TextRules.Cut(Join(deeds[0].Reason, reason), TicketLimits.ReasonLength) };
    }

    private static string Join(string? first, string reason) =>
        first is null ? reason : first.EndsWith(reason, StringComparison.Ordinal) ? first : $"{first} {reason}";

    private static string DueField(TicketTarget target) => target.Kind == TargetKind.Resolution ? "dueAt" : $"{Words.Of(target.Kind)}DueAt";

    /// <summary>By how much the loads of agents change, in an order that all writers share.</summary>
    public IEnumerable<(string AgentId, int By)> LoadChanges()
    {
        var before = loadedBefore;
        var after = Rules.IsLoad(Ticket.Status) ? Ticket.AssigneeId : null;
        // A claim has raised the load already, also where the ticket is none: a pending one, if those do not count.
        return new[] { (AgentId: before, By: -1), (AgentId: after, By: 1), (AgentId: ClaimedAgentId, By: -1) }
            .Where(change => change.AgentId is not null)
            .GroupBy(change => change.AgentId, StringComparer.Ordinal)
            .Select(agent => (AgentId: agent.Key, By: agent.Sum(change => change.By)))
            .Where(change => change.By != 0)
            .Select(change => (AgentId: change.AgentId!, change.By))
            .OrderBy(change => change.AgentId, StringComparer.Ordinal);
    }
}
