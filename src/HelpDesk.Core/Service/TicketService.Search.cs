using System.Text.Json;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>The list of tickets.</summary>
internal sealed partial class TicketService
{
    private const int MostWords = 5;

    public async Task<TicketPage> SearchAsync(SearchTickets query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var actor = query.Actor;
        // Where agents ask for the tickets that are their own, they ask as requesters: neither the order nor a filter may tell them of notes.
        var isAgent = actor.Kind == ActorKind.System || (actor.IsAgent && query.Requester != actor.Id);
        await CheckAsync(query, isAgent, cancellationToken);

        var order = TicketOrder.Of(query.Sort, query.Descending, isAgent);
        var list = ListName(query, isAgent);
        var tickets = Filter(access.Visible(db.Tickets.AsNoTracking(), actor), query);
        if (query.Requester is { } requester)
            tickets = await OfRequesterAsync(tickets, requester, cancellationToken);
        var page = query.Cursor is { } cursor
            ? order.After(tickets, Cursor.Read(list, cursor), query.Limit + 1)
            : order.First(tickets, query.Limit + 1);

        var rows = await TicketProjection.Rows(db, page).ToListAsync(cancellationToken);
        var next = rows.Count > query.Limit ? Cursor.Create(list, order.PositionOf(rows[query.Limit - 1].Ticket)) : null;
        var shown = rows.Take(query.Limit).Where(row => access.Allows(actor, row.Ticket, TicketAction.Read)).ToList();
        var people = await People.FindAsync(directory, shown.SelectMany(row => row.UserIds), cancellationToken);
        return new TicketPage(
            [.. shown.Select(row => TicketProjection.View(row, access.Allows(actor, row.Ticket, TicketAction.ReadInternal), people))], next);
    }

    private async Task CheckAsync(SearchTickets query, bool isAgent, CancellationToken cancellationToken)
    {
        var check = new InputCheck(options.Value);
        if (query.Limit is < 1 or > 100)
            check.Fail("limit", "A page has 1 to 100 tickets.");
        check.Defined("sort", query.Sort);
        foreach (var status in query.Statuses)
            check.Defined("status", status);
        foreach (var priority in query.Priorities)
            check.Defined("priority", priority);
        if (query.Text is { } text && (text.Trim().Length is < 2 or > 200 || SearchText.Words(text).Length > MostWords || !TextRules.IsStorable(text)))
            check.Fail("q", $"A search has 2 to 200 characters and up to {MostWords} words.");
        foreach (var (field, value) in new[] { ("category", query.Category), ("assignee", query.Assignee), ("requester", query.Requester) })
        {
            if (value is not null && (value.Length > TicketLimits.EmailLength || !TextRules.IsStorable(value)))
                check.Fail(field, "This is no value of that field.");
        }

        if (!isAgent)
        {
            foreach (var (field, isUsed) in new[]
            {
                ("requester", query.Requester is not null && !query.Actor.IsAgent), ("assignee", query.Assignee is not null),
                ("overdue", query.Overdue is not null), ("sort", query.Sort == TicketSort.DueAt),
            })
            {
                if (isUsed)
                    check.Fail(field, "Only agents can use this, and not for tickets of their own.");
            }
        }

        check.ThrowIfWrong();
        if (query.Assignee is { } assignee and not (SearchTickets.AssigneeMe or SearchTickets.AssigneeNone)
            && await directory.GetRolesAsync(assignee, cancellationToken) == HelpDeskRoles.None
            && !(await directory.FindAsync([assignee], cancellationToken)).ContainsKey(assignee))
        {
            throw new ValidationException("assignee", "There is no such user. Use me, none or the id of an agent.");
        }
    }

    private IQueryable<Ticket> Filter(IQueryable<Ticket> tickets, SearchTickets query)
    {
        var actor = query.Actor;
        if (query.Statuses.Count > 0)
            tickets = tickets.Where(ticket => query.Statuses.Contains(ticket.Status));
        if (query.Priorities.Count > 0)
            tickets = tickets.Where(ticket => query.Priorities.Contains(ticket.Priority));
        if (query.Category is { } category)
            tickets = tickets.Where(ticket => ticket.Category == category);
        if (query.Assignee == SearchTickets.AssigneeNone)
            tickets = tickets.Where(ticket => ticket.AssigneeId == null);
        else if ((query.Assignee == SearchTickets.AssigneeMe ? actor.Id : query.Assignee) is { } assignee)
            tickets = tickets.Where(ticket => ticket.AssigneeId == assignee);
        if (query.Overdue is { } overdue)
        {
            var now = clock.GetStorableNow();
            tickets = overdue
                ? tickets.Where(ticket => ticket.DueSort <= now && (ticket.Status == TicketStatus.Open || ticket.Status == TicketStatus.Pending))
                : tickets.Where(ticket => ticket.DueSort > now || (ticket.Status != TicketStatus.Open && ticket.Status != TicketStatus.Pending));
        }

        foreach (var word in query.Text is { } text ? SearchText.Words(text) : [])
            tickets = tickets.Where(SearchText.Mentions(word, ReadableMessages(actor)));
        return tickets;
    }

    /// <summary>By user id; by an address, of the user who has confirmed it and of whoever wrote from it without being a user.</summary>
    private async Task<IQueryable<Ticket>> OfRequesterAsync(IQueryable<Ticket> tickets, string requester, CancellationToken cancellationToken)
    {
        if (TextRules.NormalizeEmail(requester) is not { } email)
            return tickets.Where(ticket => ticket.RequesterId == requester);

        var ownerId = (await directory.FindByEmailAsync(email, cancellationToken))?.Id;
        return tickets.Where(ticket =>
            ticket.RequesterId == requester
            || (ownerId != null && ticket.RequesterId == ownerId)
            || (ticket.RequesterId == null && db.Participants.Any(p => p.Id == ticket.RequesterParticipantId && p.Email == email)));
    }

    /// <summary>The messages that a search may read: notes only for agents, and not on tickets that are their own.</summary>
    private IQueryable<TicketMessage> ReadableMessages(Actor actor)
    {
        if (actor.Kind == ActorKind.System)
            return db.Messages;
        if (!actor.IsAgent)
            return db.Messages.Where(message => !message.IsPrivate);

        var actorId = actor.Id;
        return db.Messages.Where(message =>
            !message.IsPrivate || db.Tickets.Any(ticket => ticket.Id == message.TicketId && (ticket.RequesterId == null || ticket.RequesterId != actorId)));
    }

    internal static string ListName(SearchTickets query, bool isAgent) => "tickets|" + JsonSerializer.Serialize(new
    {
        query.Actor.Kind,
        query.Actor.Id,
        isAgent,
        query.Statuses,
        query.Priorities,
        query.Category,
        query.Assignee,
        query.Requester,
        query.Overdue,
        query.Text,
        query.Sort,
        query.Descending,
    });
}
