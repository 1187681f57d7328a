using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Sla;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Persistence;

/// <summary>The host's context with the help desk's sets, as <c>UseDbContext&lt;T&gt;()</c> names it.</summary>
internal sealed class HelpDeskDb(DbContext context)
{
    public DbContext Context { get; } = context;

    /// <summary>How many events were added to the context and are not stored: by tries that failed, and by the one at work.</summary>
    public int LostEvents { get; set; }

    public SqlDialect Dialect => SqlDialect.For(Context);

    public DbSet<Ticket> Tickets => Context.Set<Ticket>();

    public DbSet<Participant> Participants => Context.Set<Participant>();

    public DbSet<TicketMessage> Messages => Context.Set<TicketMessage>();

    public DbSet<MessageOriginal> Originals => Context.Set<MessageOriginal>();

    public DbSet<TicketAttachment> Attachments => Context.Set<TicketAttachment>();

    public DbSet<Upload> Uploads => Context.Set<Upload>();

    public DbSet<Counter> Counters => Context.Set<Counter>();

    public DbSet<TicketTarget> Targets => Context.Set<TicketTarget>();

    public DbSet<AuditEntry> Audit => Context.Set<AuditEntry>();

    public DbSet<TicketEvent> Events => Context.Set<TicketEvent>();

    public DbSet<Delivery> Deliveries => Context.Set<Delivery>();

    public DbSet<TicketNotification> Notifications => Context.Set<TicketNotification>();

    public DbSet<AgentProfile> Agents => Context.Set<AgentProfile>();

    public DbSet<AgentCategory> AgentCategories => Context.Set<AgentCategory>();

    public DbSet<Presence> Presence => Context.Set<Presence>();

    public DbSet<InboundMail> InboundMail => Context.Set<InboundMail>();

    public DbSet<SavedReply> SavedReplies => Context.Set<SavedReply>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Context.Set<IdempotencyKey>();
}
