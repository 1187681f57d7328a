using HelpDesk.Attachments;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Files: how a command takes what was staged, and how they are read.</summary>
internal sealed partial class TicketService
{
    public async Task<AttachmentFile?> GetAttachmentAsync(GetAttachment query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var actor = query.Actor;
        var id = query.Attachment;
        var found = await (
            from attachment in db.Attachments.AsNoTracking()
            where attachment.Id == id
            join message in db.Messages.AsNoTracking() on attachment.MessageId equals message.Id
            join ticket in access.Visible(db.Tickets.AsNoTracking(), actor) on message.TicketId equals ticket.Id
            select new { Attachment = attachment, message.IsPrivate, Ticket = ticket }).FirstOrDefaultAsync(cancellationToken);
        return found is not null && MayRead(actor, found.Ticket, found.IsPrivate) ? files.Of(found.Attachment) : null;
    }

    /// <summary>Finds what was staged for a command. In a repetition it may be taken already: then the attachments are found that it became.</summary>
    private async Task<CommandFiles> FindFilesAsync(IReadOnlyList<Guid> ids, Actor actor, string? idempotencyKey, CommandTry attempt, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return CommandFiles.None;

        // What is over belongs to the sweep, even where it has not come yet, or its claim was lost with a database.
        var now = clock.GetStorableNow();
        var mine = db.Uploads.Where(upload => ids.Contains(upload.Id) && upload.State == UploadState.Stored && upload.ExpiresAt > now).OwnedBy(actor);
        await attempt.LockAsync(mine, cancellationToken);
        var uploads = new Dictionary<Guid, Upload>();
        foreach (var upload in await mine.AsTracking().ToListAsync(cancellationToken))
        {
            if (await attempt.TrackAsync(upload, cancellationToken) && upload.State == UploadState.Stored)
                uploads.Add(upload.Id, upload);
        }

        var facts = uploads.Values.ToDictionary(upload => upload.Id, upload => new FileFacts(upload.FileName, upload.ContentType, upload.Size, upload.Sha256));
        if (facts.Count < ids.Count && idempotencyKey is not null)
        {
            var actorId = actor.Id;
            var taken = await (
                from attachment in db.Attachments.AsNoTracking()
                where ids.Contains(attachment.Id)
                join message in db.Messages.AsNoTracking() on attachment.MessageId equals message.Id
                where message.AuthorId == actorId && (message.AuthorKind == TicketRole.System) == (actor.Kind == ActorKind.System)
                select attachment).ToListAsync(cancellationToken);
            foreach (var attachment in taken)
                facts[attachment.Id] = new FileFacts(attachment.FileName, attachment.ContentType, attachment.Size, attachment.Sha256);
        }

        return new CommandFiles([.. ids.Select(id => uploads.GetValueOrDefault(id))], [.. ids.Select(id => facts.GetValueOrDefault(id))]);
    }

    /// <summary>Makes the uploads attachments of a message that is handed over to be stored.</summary>
    private static IReadOnlyList<AttachmentView> Attach(CommandTry attempt, TicketMessage message, CommandFiles sent)
    {
        var views = new List<AttachmentView>();
        foreach (var upload in sent.Uploads)
        {
            var attachment = upload!.ToAttachment(message.Id, views.Count);
            attachment.ContentId = sent.ContentIds?.GetValueOrDefault(upload.Id);
            attempt.Take(upload, attachment);
            views.Add(new AttachmentView(attachment.Id, attachment.FileName, attachment.ContentType, attachment.Size));
        }

        return views;
    }

    /// <summary>The files of one command, in its order.</summary>
    private sealed record CommandFiles(IReadOnlyList<Upload?> Uploads, IReadOnlyList<FileFacts?> Facts)
    {
        public static readonly CommandFiles None = new([], []);

        /// <summary>By which the HTML of a mail names them, by upload; null for files that came otherwise.</summary>
        public IReadOnlyDictionary<Guid, string>? ContentIds { get; init; }

        /// <exception cref="ValidationException">One is not there.</exception>
        public void RequireAll()
        {
            if (Uploads.Any(upload => upload is null))
                throw new ValidationException("attachments", "A file is not there: it was used already, has expired, or was never yours. Send it again.");
        }
    }

    /// <summary>What makes two files the same, in a repetition under an idempotency key.</summary>
    private sealed record FileFacts(string FileName, string ContentType, long Size, string Sha256);
}
