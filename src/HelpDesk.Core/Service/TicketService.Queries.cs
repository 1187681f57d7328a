using System.Globalization;
using System.Text.Json;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>The queries of one ticket; lists are in TicketService.Search.cs.</summary>
internal sealed partial class TicketService
{
    private const int MessagesPerPage = 200;
    private const int EntriesPerPage = 1000;

    public async Task<TicketConversation?> GetAsync(GetTicket query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var row = await FindRowAsync(query.Ticket, query.Actor, cancellationToken);
        if (row is null)
            return null;

        var isInternal = access.Allows(query.Actor, row.Ticket, TicketAction.ReadInternal);
        var (messages, older) = await MessagesAsync(row.Ticket.Id, isInternal, before: null, cancellationToken);
        var people = await People.FindAsync(directory, [.. row.UserIds, .. messages.Select(m => m.Author.UserId)], cancellationToken);
        return Conversation(row, isInternal, messages, older, people);
    }

    public async Task<MessagePage?> GetMessagesAsync(GetMessages query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var ticket = await FindAsync(query.Ticket, query.Actor, cancellationToken);
        if (ticket is null)
            return null;

        var isInternal = access.Allows(query.Actor, ticket, TicketAction.ReadInternal);
        Guid? before = query.Cursor is { } cursor ? ParseGuid(Cursor.Read(MessageList(ticket.Id, isInternal), cursor)) : null;
        var (messages, older) = await MessagesAsync(ticket.Id, isInternal, before, cancellationToken);
        var people = await People.FindAsync(directory, messages.Select(m => m.Author.UserId), cancellationToken);
        return isInternal
            ? new AgentMessagePage { Messages = [.. messages.Select(m => m.ForAgent(people))], NextCursor = older }
            : new RequesterMessagePage { Messages = [.. messages.Select(m => m.ForRequester(people))], NextCursor = older };
    }

    public async Task<HistoryPage?> GetHistoryAsync(GetHistory query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var ticket = await FindAsync(query.Ticket, query.Actor, cancellationToken);
        if (ticket is null)
            return null;

        Demand(query.Actor, ticket, TicketAction.ReadInternal);
        var id = ticket.Id;
        var list = $"history|{id:N}";
        var after = 0L;
        if (query.Cursor is { } cursor && !long.TryParse(Cursor.Read(list, cursor), NumberStyles.None, CultureInfo.InvariantCulture, out after))
            throw new InvalidCursorException();

        var entries = await db.Audit.AsNoTracking()
            .Where(entry => entry.TicketId == id && entry.Sequence > after)
            .OrderBy(entry => entry.Sequence)
            .Take(EntriesPerPage + 1)
            .ToListAsync(cancellationToken);
        var next = entries.Count > EntriesPerPage ? Cursor.Create(list, entries[EntriesPerPage - 1].Sequence.ToString(CultureInfo.InvariantCulture)) : null;
        var people = await People.FindAsync(
            directory, entries.Where(entry => entry.ActorKind != TicketRole.System).Select(entry => entry.ActorId), cancellationToken);
        return new HistoryPage([.. entries.Take(EntriesPerPage).Select(entry => View(entry, people))], next);
    }

    private static HistoryEntry View(AuditEntry entry, People people) => new()
    {
        Id = entry.Id,
        At = entry.At,
        Actor = people.Author(new StoredAuthor(entry.ActorId, null, entry.ActorKind)),
        Via = entry.Via,
        Action = entry.Action,
        Changes = JsonSerializer.Deserialize<IReadOnlyList<FieldChange>>(entry.Changes, JsonSerializerOptions.Web) ?? [],
        Reason = entry.Reason,
    };

    private async Task<TicketRow?> FindRowAsync(TicketKey key, Actor actor, CancellationToken cancellationToken)
    {
        var row = await TicketProjection.Rows(db, key.In(access.Visible(db.Tickets.AsNoTracking(), actor))).FirstOrDefaultAsync(cancellationToken);
        return row is not null && access.Allows(actor, row.Ticket, TicketAction.Read) ? row : null;
    }

    private async Task<Ticket?> FindAsync(TicketKey key, Actor actor, CancellationToken cancellationToken)
    {
        var ticket = await key.In(access.Visible(db.Tickets.AsNoTracking(), actor)).FirstOrDefaultAsync(cancellationToken);
        return ticket is not null && access.Allows(actor, ticket, TicketAction.Read) ? ticket : null;
    }

    /// <summary>A page of messages, oldest first, and the cursor of the page before it. A cursor names a message, so that it tells nothing of notes between.</summary>
    private async Task<(List<MessageRow> Messages, string? Older)> MessagesAsync(Guid ticketId, bool isInternal, Guid? before, CancellationToken cancellationToken)
    {
        var rows = MessageRows(ticketId, isInternal);
        if (before is { } id)
        {
            rows = rows.Where(m => m.Message.Sequence < db.Messages
                .Where(other => other.TicketId == ticketId && other.Id == id && (isInternal || !other.IsPrivate))
                .Max(other => other.Sequence));
        }

        var page = await rows.OrderByDescending(m => m.Message.Sequence).Take(MessagesPerPage + 1).ToListAsync(cancellationToken);
        var hasOlder = page.Count > MessagesPerPage;
        if (hasOlder)
            page.RemoveAt(MessagesPerPage);
        page.Reverse();
        return (page, hasOlder ? Cursor.Create(MessageList(ticketId, isInternal), page[0].Message.Id.ToString("N")) : null);
    }

    internal IQueryable<MessageRow> MessageRows(Guid ticketId, bool isInternal)
    {
        var messages = db.Messages.AsNoTracking().AsSingleQuery().Where(m => m.TicketId == ticketId);
        if (!isInternal)
            messages = messages.Where(m => !m.IsPrivate);

        return
            from message in messages
            from author in db.Participants.Where(p => p.Id == message.AuthorParticipantId).DefaultIfEmpty()
            select new MessageRow
            {
                Message = message,
                AuthorName = author!.Name,
                Attachments = db.Attachments.Where(a => a.MessageId == message.Id)
                    .OrderBy(a => a.Position)
                    .Select(a => new AttachmentView(a.Id, a.FileName, a.ContentType, a.Size))
                    .ToList(),
            };
    }

    private static TicketConversation Conversation(TicketRow row, bool isInternal, List<MessageRow> messages, string? olderMessages, People people) => isInternal
        ? new AgentConversation
        {
            Ticket = TicketProjection.ForAgent(row, people),
            Messages = [.. messages.Select(m => m.ForAgent(people))],
            OlderMessages = olderMessages,
        }
        : new RequesterConversation
        {
            Ticket = TicketProjection.ForRequester(row, people),
            Messages = [.. messages.Select(m => m.ForRequester(people))],
            OlderMessages = olderMessages,
        };

    private static string MessageList(Guid ticketId, bool isInternal) => $"messages|{ticketId:N}|{isInternal}";

    private static Guid ParseGuid(string text) => Guid.TryParseExact(text, "N", out var id) ? id : throw new InvalidCursorException();
}
