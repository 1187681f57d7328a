using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Persistence;

/// <summary>The mapping of every entity.</summary>
/// <remarks>
/// Nothing is left to conventions that a host may change: every length, precision and conversion is set (see <see cref="ColumnTypes"/>).
/// Column names are left to them, so that a naming plugin of the host works; therefore no filter and no constraint is written as text.
/// Foreign keys stand where a deletion must cascade, and only along one path, since SQL Server refuses a second one.
/// </remarks>
internal sealed class HelpDeskModel
{
    private const int Unlimited = -1;
    private const int HashLength = 64;
    private const int StorageKeyLength = 128;
    private const int FileNameLength = 255;
    private const int RecipientLength = 32;

    private readonly ModelBuilder builder;
    private readonly HelpDeskModelOptions options;

    private HelpDeskModel(ModelBuilder builder, HelpDeskModelOptions options)
    {
        this.builder = builder;
        this.options = options;
    }

    public static void Apply(ModelBuilder builder, HelpDeskModelOptions options)
    {
        var model = new HelpDeskModel(builder, options);
        model.Tickets();
        model.Participants();
        model.Messages();
        model.Originals();
        model.Attachments();
        model.Targets();
        model.Audit();
        model.Events();
        model.Notifications();
        model.Agents();
        model.Counters();
        model.Inbound();
        model.SavedReplies();
    }

    private void Tickets() => Table<Ticket>("Tickets", ticket =>
    {
        ticket.HasKey(t => t.Id);
        ticket.Property(t => t.Id).ValueGeneratedOnAdd();
        ticket.Property(t => t.Number).HasMaxLength(TicketLimits.NumberLength).IsRequired();
        ticket.Property(t => t.RequesterId).HasMaxLength(TicketLimits.KeyLength);
        ticket.Property(t => t.RequesterParticipantId);
        ticket.Property(t => t.AssigneeId).HasMaxLength(TicketLimits.KeyLength);
        ticket.Property(t => t.Subject).HasMaxLength(TicketLimits.SubjectLength).IsRequired();
        ticket.Property(t => t.Status);
        ticket.Property(t => t.Priority);
        ticket.Property(t => t.Category).HasMaxLength(TicketLimits.CategoryLength);
        ticket.Property(t => t.Channel);
        ticket.Property(t => t.LinkedTicketId);
        ticket.Property(t => t.CreatedAt);
        ticket.Property(t => t.UpdatedAt);
        ticket.Property(t => t.Version).IsConcurrencyToken().ValueGeneratedNever();
        ticket.Property(t => t.PublicUpdatedAt);
        ticket.Property(t => t.PublicVersion);
        ticket.Property(t => t.LastSequence);
        ticket.Property(t => t.LastMessageId);
        ticket.Property(t => t.LastPublicMessageId);
        ticket.Property(t => t.ResolvedAt);
        ticket.Property(t => t.ClosedAt);
        ticket.Property(t => t.EscalatedAt);
        ticket.Property(t => t.FirstRespondedAt);
        ticket.Property(t => t.AwaitingReplySince);
        ticket.Property(t => t.DueAt);
        ticket.Property(t => t.DueSort);
        ticket.Property(t => t.SlaCheckAt);
        ticket.Property(t => t.QueuedAt);
        ticket.HasIndex(t => t.Number).IsUnique();
        ticket.HasIndex(t => new { t.RequesterId, t.Status, t.CreatedAt }).IsDescending(false, false, true);
        ticket.HasIndex(t => new { t.AssigneeId, t.Status, t.Priority });
        ticket.HasIndex(t => new { t.RequesterId, t.PublicUpdatedAt, t.Id });
        ticket.HasIndex(t => new { t.RequesterId, t.CreatedAt, t.Id });
        ticket.HasIndex(t => new { t.UpdatedAt, t.Id });
        ticket.HasIndex(t => new { t.DueSort, t.Id });
        ticket.HasIndex(t => new { t.Priority, t.CreatedAt, t.Id });
        ticket.HasIndex(t => new { t.AssigneeId, t.DueSort, t.Id });
        ticket.HasIndex(t => t.SlaCheckAt);
        ticket.HasIndex(t => t.QueuedAt);
    });

    private void Participants() => Table<Participant>("Participants", participant =>
    {
        participant.HasKey(p => p.Id);
        participant.Property(p => p.Id).ValueGeneratedOnAdd();
        participant.Property(p => p.TicketId);
        participant.Property(p => p.UserId).HasMaxLength(TicketLimits.KeyLength);
        participant.Property(p => p.Email).HasMaxLength(TicketLimits.EmailLength);
        participant.Property(p => p.Name).HasMaxLength(TicketLimits.NameLength).IsRequired();
        participant.Property(p => p.Kind);
        participant.Property(p => p.ReplyToken).HasMaxLength(ReplyToken.Length).IsRequired();
        participant.Property(p => p.Undeliverable);
        participant.Property(p => p.NoAutomaticMail);
        participant.Property(p => p.Complained);
        participant.HasIndex(p => p.ReplyToken).IsUnique();
        participant.HasIndex(p => new { p.TicketId, p.UserId }).IsUnique();
        participant.HasIndex(p => p.Email);
        OfTicket(participant, nameof(Participant.TicketId));
    });

    private void Messages() => Table<TicketMessage>("Messages", message =>
    {
        message.HasKey(m => m.Id);
        message.Property(m => m.Id).ValueGeneratedOnAdd();
        message.Property(m => m.TicketId);
        message.Property(m => m.Sequence);
        message.Property(m => m.AuthorId).HasMaxLength(TicketLimits.KeyLength);
        message.Property(m => m.AuthorParticipantId);
        message.Property(m => m.AuthorKind);
        message.Property(m => m.Body).HasMaxLength(Unlimited).IsRequired();
        message.Property(m => m.HasHtml);
        message.Property(m => m.HasQuoted);
        message.Property(m => m.IsPrivate);
        message.Property(m => m.Channel);
        message.Property(m => m.CreatedAt);
        // Not unique: the ticket's version keeps writers apart. A unique index would make the second one fail here, on an insert, before its version is compared.
        message.HasIndex(m => new { m.TicketId, m.Sequence });
        OfTicket(message, nameof(TicketMessage.TicketId));
    });

    private void Originals() => Table<MessageOriginal>("MessageOriginals", original =>
    {
        original.HasKey(o => o.MessageId);
        original.Property(o => o.MessageId).ValueGeneratedNever();
        original.Property(o => o.Text).HasMaxLength(Unlimited);
        original.Property(o => o.Html).HasMaxLength(Unlimited);
        original.HasOne<TicketMessage>().WithOne().HasForeignKey<MessageOriginal>(o => o.MessageId).OnDelete(DeleteBehavior.Cascade);
    });

    private void Attachments()
    {
        Table<TicketAttachment>("Attachments", attachment =>
        {
            attachment.HasKey(a => a.Id);
            attachment.Property(a => a.Id).ValueGeneratedOnAdd();
            attachment.Property(a => a.MessageId);
            attachment.Property(a => a.Position);
            attachment.Property(a => a.FileName).HasMaxLength(FileNameLength).IsRequired();
            attachment.Property(a => a.ContentType).HasMaxLength(FileNameLength).IsRequired();
            attachment.Property(a => a.ContentId).HasMaxLength(TicketLimits.ContentIdLength);
            attachment.Property(a => a.StorageKey).HasMaxLength(StorageKeyLength).IsRequired();
            attachment.Property(a => a.Size);
            attachment.Property(a => a.Sha256).HasMaxLength(HashLength).IsRequired();
            attachment.HasIndex(a => a.MessageId);
            attachment.HasIndex(a => a.StorageKey).IsUnique();
            attachment.HasOne<TicketMessage>().WithMany().HasForeignKey(a => a.MessageId).OnDelete(DeleteBehavior.Cascade);
        });

        Table<Upload>("Uploads", upload =>
        {
            upload.HasKey(u => u.Id);
            upload.Property(u => u.Id).ValueGeneratedOnAdd();
            upload.Property(u => u.StorageKey).HasMaxLength(StorageKeyLength).IsRequired();
            upload.Property(u => u.OwnerKind);
            upload.Property(u => u.OwnerId).HasMaxLength(TicketLimits.KeyLength).IsRequired();
            upload.Property(u => u.FileName).HasMaxLength(FileNameLength).IsRequired();
            upload.Property(u => u.ContentType).HasMaxLength(FileNameLength).IsRequired();
            upload.Property(u => u.Size);
            upload.Property(u => u.Sha256).HasMaxLength(HashLength).IsRequired();
            upload.Property(u => u.State).IsConcurrencyToken();
            upload.Property(u => u.ExpiresAt);
            upload.HasIndex(u => u.StorageKey).IsUnique();
            upload.HasIndex(u => u.ExpiresAt);
        });
    }

    private void Targets() => Table<TicketTarget>("Targets", target =>
    {
        target.HasKey(t => new { t.TicketId, t.Kind, t.Instance });
        target.Property(t => t.Instance).ValueGeneratedNever();
        target.Property(t => t.StartedAt);
        target.Property(t => t.DueAt);
        target.Property(t => t.DueSetBy).HasMaxLength(TicketLimits.KeyLength);
        target.Property(t => t.MetAt);
        target.Property(t => t.WarnedAt);
        target.Property(t => t.BreachedAt);
        OfTicket(target, nameof(TicketTarget.TicketId));
    });

    private void Audit() => Table<AuditEntry>("Audit", entry =>
    {
        entry.HasKey(e => e.Id);
        entry.Property(e => e.Id).ValueGeneratedOnAdd();
        entry.Property(e => e.TicketId);
        entry.Property(e => e.Sequence);
        entry.Property(e => e.At);
        entry.Property(e => e.ActorId).HasMaxLength(TicketLimits.KeyLength);
        entry.Property(e => e.ActorKind);
        entry.Property(e => e.Via).HasMaxLength(TicketLimits.WordLength).IsRequired();
        entry.Property(e => e.Action).HasMaxLength(TicketLimits.WordLength).IsRequired();
        entry.Property(e => e.Changes).HasMaxLength(Unlimited).IsRequired();
        entry.Property(e => e.Reason).HasMaxLength(TicketLimits.ReasonLength);
        entry.HasIndex(e => new { e.TicketId, e.Sequence });
        OfTicket(entry, nameof(AuditEntry.TicketId));
    });

    private void Events()
    {
        Table<TicketEvent>("Events", ticketEvent =>
        {
            // SQLite counts by itself only in an integer primary key; deliveries refer to the Guid, which is known before the insert.
            ticketEvent.HasKey(e => e.Seq);
            ticketEvent.Property(e => e.Seq).ValueGeneratedOnAdd();
            ticketEvent.HasAlternateKey(e => e.Id);
            ticketEvent.Property(e => e.Id).ValueGeneratedOnAdd();
            ticketEvent.Property(e => e.TicketId);
            ticketEvent.Property(e => e.TicketSequence);
            ticketEvent.Property(e => e.Kind).HasMaxLength(TicketLimits.WordLength).IsRequired();
            ticketEvent.Property(e => e.IsPublic);
            ticketEvent.Property(e => e.At);
            ticketEvent.Property(e => e.Version);
            ticketEvent.Property(e => e.Payload).HasMaxLength(Unlimited).IsRequired();
            ticketEvent.HasIndex(e => new { e.TicketId, e.TicketSequence });
            ticketEvent.HasIndex(e => e.At);
            OfTicket(ticketEvent, nameof(TicketEvent.TicketId));
        });

        Table<Delivery>("Deliveries", delivery =>
        {
            delivery.HasKey(d => d.Id);
            delivery.Property(d => d.Id).ValueGeneratedOnAdd();
            delivery.Property(d => d.EventId);
            delivery.Property(d => d.Handler).HasMaxLength(TicketLimits.KeyLength).IsRequired();
            delivery.Property(d => d.Recipient).HasMaxLength(RecipientLength).IsRequired();
            delivery.Property(d => d.TicketId);
            delivery.Property(d => d.TicketSequence);
            delivery.Property(d => d.State);
            delivery.Property(d => d.Attempts);
            delivery.Property(d => d.NextAttemptAt);
            delivery.Property(d => d.LeaseUntil);
            delivery.Property(d => d.Error).HasMaxLength(TicketLimits.ReasonLength);
            delivery.HasIndex(d => new { d.EventId, d.Handler, d.Recipient }).IsUnique();
            delivery.HasIndex(d => new { d.State, d.NextAttemptAt });
            delivery.HasIndex(d => new { d.TicketId, d.Handler, d.Recipient, d.TicketSequence });
            delivery.HasOne<TicketEvent>().WithMany().HasForeignKey(d => d.EventId).HasPrincipalKey(e => e.Id).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private void Notifications() => Table<TicketNotification>("Notifications", notification =>
    {
        notification.HasKey(n => n.Id);
        notification.Property(n => n.Id).ValueGeneratedOnAdd();
        notification.Property(n => n.EventId);
        notification.Property(n => n.Sender).HasMaxLength(TicketLimits.KeyLength).IsRequired();
        notification.Property(n => n.TicketId);
        notification.Property(n => n.TicketSequence);
        notification.Property(n => n.Version);
        notification.Property(n => n.ParticipantId);
        notification.Property(n => n.Kind);
        notification.Property(n => n.IsAutomatic);
        notification.Property(n => n.PlannedAt);
        notification.Property(n => n.Email).HasMaxLength(TicketLimits.EmailLength);
        notification.Property(n => n.MessageId).HasMaxLength(TicketLimits.MessageIdLength).IsRequired();
        notification.Property(n => n.State);
        notification.Property(n => n.SentAt);
        notification.Property(n => n.Error).HasMaxLength(TicketLimits.ReasonLength);
        notification.HasIndex(n => new { n.EventId, n.Sender, n.ParticipantId }).IsUnique();
        notification.HasIndex(n => new { n.TicketId, n.ParticipantId, n.TicketSequence });
        notification.HasIndex(n => n.MessageId);
        notification.HasIndex(n => new { n.Email, n.PlannedAt });
        OfTicket(notification, nameof(TicketNotification.TicketId));
    });

    private void Agents()
    {
        Table<AgentProfile>("Agents", agent =>
        {
            agent.HasKey(a => a.AgentId);
            agent.Property(a => a.AgentId).HasMaxLength(TicketLimits.KeyLength);
            agent.Property(a => a.IsAvailable);
            agent.Property(a => a.MaxOpenTickets);
            agent.Property(a => a.OpenTickets);
            agent.Property(a => a.Assignments);
            agent.Property(a => a.LastAssignedAt);
        });

        Table<AgentCategory>("AgentCategories", category =>
        {
            category.HasKey(c => new { c.AgentId, c.Category });
            category.Property(c => c.AgentId).HasMaxLength(TicketLimits.KeyLength);
            category.Property(c => c.Category).HasMaxLength(TicketLimits.CategoryLength);
            category.HasIndex(c => c.Category);
            category.HasOne<AgentProfile>().WithMany().HasForeignKey(c => c.AgentId).OnDelete(DeleteBehavior.Cascade);
        });

        Table<Presence>("Presence", presence =>
        {
            presence.HasKey(p => new { p.TicketId, p.AgentId });
            presence.Property(p => p.AgentId).HasMaxLength(TicketLimits.KeyLength);
            presence.Property(p => p.Mode);
            presence.Property(p => p.Until);
            presence.HasIndex(p => p.Until);
            OfTicket(presence, nameof(Presence.TicketId));
        });
    }

    private void Counters()
    {
        Table<Counter>("Counters", counter =>
        {
            counter.HasKey(c => c.Scope);
            counter.Property(c => c.Scope).HasMaxLength(TicketLimits.KeyLength);
            counter.Property(c => c.Value);
        });

        Table<IdempotencyKey>("IdempotencyKeys", key =>
        {
            key.HasKey(k => k.Id);
            key.Property(k => k.Id).ValueGeneratedOnAdd();
            key.Property(k => k.ActorId).HasMaxLength(TicketLimits.KeyLength).IsRequired();
            key.Property(k => k.Route).HasMaxLength(TicketLimits.WordLength).IsRequired();
            key.Property(k => k.Key).HasMaxLength(TicketLimits.KeyLength).IsRequired();
            key.Property(k => k.Fingerprint).HasMaxLength(HashLength).IsRequired();
            key.Property(k => k.TicketId);
            key.Property(k => k.MessageId);
            // Two commands that find the same expired row must not both take it over.
            key.Property(k => k.ExpiresAt).IsConcurrencyToken();
            key.HasIndex(k => new { k.ActorId, k.Route, k.Key }).IsUnique();
            key.HasIndex(k => k.ExpiresAt);
        });
    }

    private void Inbound() => Table<InboundMail>("InboundMail", mail =>
    {
        mail.HasKey(m => m.Id);
        mail.Property(m => m.Id).ValueGeneratedOnAdd();
        mail.Property(m => m.Source).HasMaxLength(TicketLimits.WordLength).IsRequired();
        mail.Property(m => m.DeliveryKey).HasMaxLength(TicketLimits.KeyLength).IsRequired();
        mail.Property(m => m.DuplicateKey).HasMaxLength(HashLength).IsRequired();
        mail.Property(m => m.StorageKey).HasMaxLength(StorageKeyLength).IsRequired();
        mail.Property(m => m.Size);
        mail.Property(m => m.Sender).HasMaxLength(TicketLimits.EnvelopeAddressLength).IsRequired();
        mail.Property(m => m.Recipient).HasMaxLength(TicketLimits.EnvelopeAddressLength).IsRequired();
        mail.Property(m => m.From).HasMaxLength(TicketLimits.EmailLength).IsRequired();
        mail.Property(m => m.Subject).HasMaxLength(TicketLimits.SubjectLength).IsRequired();
        mail.Property(m => m.InternetMessageId).HasMaxLength(TicketLimits.MessageIdLength);
        mail.Property(m => m.Excerpt).HasMaxLength(Unlimited);
        mail.Property(m => m.State).IsConcurrencyToken();
        mail.Property(m => m.Reason).HasMaxLength(TicketLimits.ReasonLength);
        mail.Property(m => m.Remarks).HasMaxLength(TicketLimits.ReasonLength);
        mail.Property(m => m.TicketId);
        mail.Property(m => m.MessageId);
        mail.Property(m => m.Attempts);
        mail.Property(m => m.LeaseUntil);
        mail.Property(m => m.ReceivedAt);
        mail.HasIndex(m => new { m.Source, m.DeliveryKey }).IsUnique();
        mail.HasIndex(m => m.DuplicateKey).IsUnique();
        mail.HasIndex(m => m.StorageKey).IsUnique();
        mail.HasIndex(m => m.MessageId);
        mail.HasIndex(m => new { m.From, m.State, m.ReceivedAt });
        mail.HasIndex(m => new { m.State, m.ReceivedAt });
    });

    private void SavedReplies() => Table<SavedReply>("SavedReplies", reply =>
    {
        reply.HasKey(r => r.Id);
        reply.Property(r => r.Id).ValueGeneratedOnAdd();
        reply.Property(r => r.OwnerId).HasMaxLength(TicketLimits.KeyLength).IsRequired();
        reply.Property(r => r.Title).HasMaxLength(TicketLimits.SubjectLength).IsRequired();
        reply.Property(r => r.Body).HasMaxLength(Unlimited).IsRequired();
        reply.Property(r => r.Shared);
        reply.HasIndex(r => r.OwnerId);
    });

    private static void OfTicket<T>(EntityTypeBuilder<T> entity, string foreignKey)
        where T : class =>
        entity.HasOne<Ticket>().WithMany().HasForeignKey(foreignKey).OnDelete(DeleteBehavior.Cascade);

    private void Table<T>(string name, Action<EntityTypeBuilder<T>> configure)
        where T : class => builder.Entity<T>(entity =>
        {
            entity.ToTable(options.TablePrefix + name, options.Schema);
            configure(entity);
            ColumnTypes.Fix(entity.Metadata);
        });
}
