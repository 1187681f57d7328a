using System.Text.Json;
using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Life;

/// <summary>What each command leaves behind: lines of history, events, and a delivery for each handler.</summary>
public abstract class TrailSpecification(HelpDeskFixture fixture) : DeskTest(fixture)
{
    [Fact]
    public async Task History_says_who_did_what_how_and_from_what_to_what()
    {
        var ticket = await Desk.OpenAsync(Alice);
        Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await Desk.ReplyAsync(Ann, ticket.Id);
        Desk.Clock.Advance(TimeSpan.FromMinutes(1));
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Priority = TicketPriority.High, Category = "Printers", AssigneeId = "ben" });
        await Desk.ResolveAsync(Actors.Sweeper, ticket.Id);
        await Desk.ReplyAsync(Alice, ticket.Id);

        var history = await Desk.HistoryAsync(ticket.Id);

        Assert.Equal(
            [
                ("Alice", "web", "opened", "dueAt: - -> 2026-03-03T09:00:00.000000Z"),
                ("Ann", "web", "replied", "status: open -> pending"),
                ("Ann", "web", "assigned", "assignee: - -> ann"),
                ("Mia", "web", "changed", "priority: normal -> high, category: - -> Printers, dueAt: 2026-03-03T09:00:00.000000Z -> 2026-03-02T17:00:00.000000Z"),
                ("Mia", "web", "assigned", "assignee: ann -> ben"),
                ("sweeper", "system", "resolved", "status: pending -> resolved"),
                ("Alice", "web", "replied", "status: resolved -> open"),
                ("Alice", "web", "reopened", ""),
            ],
            history.Select(entry => (entry.Actor.Name, entry.Via, entry.Action, Describe(entry))));
        Assert.Equal(TicketRole.System, history[5].Actor.Kind);
        Assert.Equal(ticket.CreatedAt, history[0].At);
        Assert.Equal("Answered the ticket.", history[2].Reason);
    }

    [Fact]
    public async Task Each_command_has_its_events_in_order_with_the_version_after_it()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await Desk.NoteAsync(Ann, ticket.Id);
        await Desk.ReplyAsync(Ann, ticket.Id);
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, Subject = "Other" });
        await Desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket.Id, DueAt = Desk.Clock.GetUtcNow().AddDays(1) });
        await Desk.ResolveAsync(Ann, ticket.Id);
        await Desk.ReopenAsync(Ann, ticket.Id);
        await Desk.CloseAsync(Ann, ticket.Id);

        var events = await Desk.EventsAsync(ticket.Id);
        var stored = await Desk.StoredAsync(ticket.Id);

        Assert.Equal(
            [
                (TicketEventKinds.TicketOpened, true),
                (TicketEventKinds.NoteAdded, false),
                (TicketEventKinds.MessageAdded, true),
                (TicketEventKinds.TicketAssigned, true),
                (TicketEventKinds.TicketChanged, true),
                (TicketEventKinds.TicketChanged, false),
                (TicketEventKinds.TicketResolved, true),
                (TicketEventKinds.TicketReopened, true),
                (TicketEventKinds.TicketClosed, true),
            ],
            events.Select(e => (e.Kind, e.IsPublic)));
        Assert.Equal((stored.Version, stored.PublicVersion), (events[^1].Version, events[^1].Version));
        Assert.Equal(events[2].Version, events[3].Version);
        Assert.Equal(8, events.Select(e => e.Version).Distinct().Count());
        Assert.Equal(events.Select(e => e.TicketSequence).Order(), events.Select(e => e.TicketSequence));
        Assert.True(events[^1].TicketSequence <= stored.LastSequence);
    }

    [Fact]
    public async Task An_event_holds_keys_and_never_a_text()
    {
        var ticket = await Desk.OpenAsync(Alice);
        var receipt = await Desk.NoteAsync(Ann, ticket.Id, "Canary");

        var payload = (await Desk.EventsAsync(ticket.Id))[^1].Payload;

        var facts = JsonSerializer.Deserialize<TicketEventPayload>(payload, JsonSerializerOptions.Web)!;
        Assert.Equal((ticket.Number, "ann", TicketRole.Agent, receipt.Message.Id), (facts.Number, facts.ActorId, facts.ActorKind, facts.MessageId!.Value));
        Assert.DoesNotContain("Canary", payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_event_has_one_pending_delivery_for_each_registered_handler()
    {
        var ticket = await Desk.OpenAsync(Alice);
        await Desk.ReplyAsync(Ann, ticket.Id);

        var events = await Desk.EventsAsync(ticket.Id);
        var deliveries = await Desk.ReadAsync(context => context.Set<Delivery>().AsNoTracking().Where(d => d.TicketId == ticket.Id).ToListAsync(Token));

        Assert.Equal(3, events.Count);
        Assert.Equal(2, deliveries.Select(d => d.Handler).Distinct().Count());
        Assert.Equal(
            events.SelectMany(e => new[] { (e.Id, e.TicketSequence), (e.Id, e.TicketSequence) }).Order(),
            deliveries.Select(d => (d.EventId, d.TicketSequence)).Order());
        Assert.All(deliveries, d => Assert.Equal((DeliveryState.Pending, 0, Desk.Clock.GetUtcNow()), (d.State, d.Attempts, d.NextAttemptAt)));
    }

    private static string Describe(HistoryEntry entry) => string.Join(", ", entry.Changes.Select(change => $"{change.Field}: {change.Old ?? "-"} -> {change.New ?? "-"}"));
}
