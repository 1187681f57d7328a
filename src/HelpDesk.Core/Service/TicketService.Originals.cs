using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>What mails held beside the text that is shown.</summary>
internal sealed partial class TicketService
{
    public async Task<MessageHtml?> GetHtmlAsync(GetMessageHtml query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (await FindMessageAsync(query.Message, query.Actor, cancellationToken) is not { Message.HasHtml: true } found)
            return null;

        var id = found.Message.Id;
        var html = await db.Originals.AsNoTracking().Where(original => original.MessageId == id).Select(original => original.Html).FirstOrDefaultAsync(cancellationToken);
        if (html is null)
            return null;

        var pictures = await db.Attachments.AsNoTracking().Where(attachment => attachment.MessageId == id && attachment.ContentId != null).OrderBy(attachment => attachment.Position).ToListAsync(cancellationToken);
        return new MessageHtml
        {
            Html = html,
            Images = pictures.DistinctBy(picture => picture.ContentId, StringComparer.Ordinal).ToDictionary(picture => picture.ContentId!, files.Of, StringComparer.Ordinal),
        };
    }

    public async Task<string?> GetWholeTextAsync(GetWholeText query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (await FindMessageAsync(query.Message, query.Actor, cancellationToken) is not { } found)
            return null;

        Demand(query.Actor, found.Ticket, TicketAction.ReadInternal);
        var id = found.Message.Id;
        return await db.Originals.AsNoTracking().Where(original => original.MessageId == id).Select(original => original.Text).FirstOrDefaultAsync(cancellationToken) ?? found.Message.Body;
    }

    private async Task<FoundMessage?> FindMessageAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        var found = await (
            from message in db.Messages.AsNoTracking()
            where message.Id == id
            join ticket in access.Visible(db.Tickets.AsNoTracking(), actor) on message.TicketId equals ticket.Id
            select new FoundMessage(message, ticket)).FirstOrDefaultAsync(cancellationToken);
        return found is not null && MayRead(actor, found.Ticket, found.Message.IsPrivate) ? found : null;
    }

    /// <summary>Whether the actor may read a message of a ticket that is visible to them, and what came with it.</summary>
    private bool MayRead(Actor actor, Ticket ticket, bool isPrivate) =>
        access.Allows(actor, ticket, TicketAction.Read) && (!isPrivate || access.Allows(actor, ticket, TicketAction.ReadInternal));

    private sealed record FoundMessage(TicketMessage Message, Ticket Ticket);
}
