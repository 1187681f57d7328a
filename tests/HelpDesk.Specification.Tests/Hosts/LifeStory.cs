using HelpDesk.Assignment;
using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Hosts;

/// <summary>A small life of a ticket, to be told under every way in which a host may set up its context.</summary>
internal static class LifeStory
{
    private static readonly string Body = string.Concat(Enumerable.Repeat("Ä long tale. ", 800))[..9_999] + ".";

    public static async Task TellAsync(Desk desk)
    {
        var ticket = await desk.OpenAsync(Actors.Alice, "the printer burns", Body, TicketPriority.High, "Printers");
        await desk.ReplyAsync(Actors.Ann, ticket.Id, "Is it plugged in?");
        await desk.NoteAsync(Actors.Ben, ticket.Id, "It never is.");
        await desk.ChangeAsync(new ChangeTicket
        {
            Actor = Actors.Mia,
            Ticket = ticket.Number,
            Subject = "The Printer burns",
            AssigneeId = "ben",
            DueAt = desk.Clock.GetUtcNow().AddDays(1),
        });
        await desk.ResolveAsync(Actors.Ben, ticket.Id, "It is now.");
        await desk.ReplyAsync(Actors.Alice, ticket.Id, "Thanks.");
        var closed = await desk.CloseAsync(Actors.Ann, ticket.Id);
        var linked = await desk.ReplyAsync(Actors.Alice, ticket.Id, "It burns again.");

        var requester = (await desk.ConversationAsync(Actors.Alice, ticket.Id))!;
        var agent = (await desk.ConversationAsync(Actors.Ann, ticket.Id))!;
        var found = await desk.SearchAsync(new SearchTickets
        {
            Actor = Actors.Alice,
            Statuses = [TicketStatus.Closed],
            Priorities = [TicketPriority.High],
            Category = "Printers",
            Text = "PRINTER plugged",
            Sort = TicketSort.Priority,
        });

        Assert.Equal([Body, "Is it plugged in?", "It is now.", "Thanks."], requester.Texts());
        Assert.Equal([Body, "Is it plugged in?", "It never is.", "It is now.", "Thanks."], agent.Texts());
        Assert.Equal(closed, agent.Ticket());
        Assert.Equal(
            ("The Printer burns", TicketStatus.Closed, TicketPriority.High, "Printers", "Ben"),
            (closed.Subject, closed.Status, closed.Priority, closed.Category, closed.Assignee?.Name));
        Assert.Contains(ticket.Id, found.Tickets.Select(view => view.Id));
        Assert.Equal(ticket.Id, (await desk.SeeAsync(Actors.Alice, linked.TicketId)).LinkedTo);
        Assert.Equal(
            ["opened", "replied", "noted", "changed", "changed", "resolved", "replied", "reopened", "closed"],
            (await desk.HistoryAsync(ticket.Id)).Select(entry => entry.Action).Where(action => action != "assigned"));
        Assert.Equal(9, (await desk.EventsAsync(ticket.Id)).Count(e => e.Kind != TicketEventKinds.TicketAssigned));
        await TellWhatTimeBringsAsync(desk, linked.TicketId);
    }

    /// <summary>What the library does by itself, partly in SQL of its own: it must know the host's names.</summary>
    private static async Task TellWhatTimeBringsAsync(Desk desk, Guid late)
    {
        desk.Clock.Advance(TimeSpan.FromDays(1));
        await using (var scope = desk.NewScope())
        {
            await scope.Services.GetRequiredService<IEscalationSweep>().RunAsync(TestContext.Current.CancellationToken);
            await scope.Services.GetRequiredService<IAssignmentQueue>().AssignWaitingAsync(TestContext.Current.CancellationToken);
            await scope.Services.GetRequiredService<IAssignmentQueue>().RecountAsync(TestContext.Current.CancellationToken);
        }

        var stored = await desk.ReadAsync(context => context.Set<Ticket>().AsNoTracking().SingleAsync(ticket => ticket.Id == late, TestContext.Current.CancellationToken));
        Assert.NotNull(stored.EscalatedAt);
        Assert.NotNull(stored.AssigneeId);
        var agents = await desk.ReadAsync(context => context.Set<AgentProfile>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        Assert.Contains(agents, agent => agent.AgentId == stored.AssigneeId && agent.OpenTickets > 0);
    }
}
