using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Escalation;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Notifications;
using HelpDesk.Numbering;
using HelpDesk.Sla;
using HelpDesk.Tickets;

namespace HelpDesk;

/// <summary>The settings of the help desk. Bound from configuration by <c>AddHelpDesk(configuration)</c>; validated at start.</summary>
public sealed class HelpDeskOptions
{
    /// <summary>The categories that a ticket can have.</summary>
    /// <value>Default: empty, which allows any text of at most 100 characters.</value>
    public IList<string> Categories { get; } = [];

    /// <summary>Where people find the portal, as <c>https://example.com/support</c>. Links in notifications start with it, and with nothing that a request says.</summary>
    /// <value>Default: null, and notifications have no links.</value>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>How long after its resolution (or closing) a ticket takes the requester's reply or reopening; later a reply opens a linked ticket.</summary>
    /// <value>Default: 7 days.</value>
    public TimeSpan ReopenWindow { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The status machine; a host may remove rows or add some.</summary>
    /// <value>Default: <see cref="TicketMoves.CreateDefault"/>.</value>
    public IList<TicketMoveRule> Moves { get; } = TicketMoves.CreateDefault();

    /// <summary>Ticket numbers.</summary>
    public TicketNumberOptions Numbering { get; } = new();

    /// <summary>Who becomes responsible.</summary>
    public AssignmentOptions Assignment { get; } = new();

    /// <summary>What is promised, and when it is due.</summary>
    public SlaOptions Sla { get; } = new();

    /// <summary>The sweep for what is late.</summary>
    public EscalationOptions Escalation { get; } = new();

    /// <summary>The closing of resolved tickets.</summary>
    public AutoCloseOptions AutoClose { get; } = new();

    /// <summary>How events are handed over.</summary>
    public OutboxOptions Outbox { get; } = new();

    /// <summary>What people are told of.</summary>
    public NotificationOptions Notifications { get; } = new();

    /// <summary>How files are kept.</summary>
    public AttachmentOptions Attachments { get; } = new();

    /// <summary>How mail is taken in.</summary>
    public InboundOptions Inbound { get; } = new();

    /// <summary>What people may write.</summary>
    public LimitOptions Limits { get; } = new();
}

/// <summary>Bounds of what people may write; mail has bounds of its own.</summary>
public sealed class LimitOptions
{
    /// <summary>The longest subject, in characters.</summary>
    /// <value>Default: 255, which is also the most.</value>
    public int SubjectLength { get; set; } = TicketLimits.SubjectLength;

    /// <summary>The longest message, in characters after trimming.</summary>
    /// <value>Default: 10,000; at most 1,000,000.</value>
    public int BodyLength { get; set; } = 10_000;

    /// <summary>The most files of one message.</summary>
    /// <value>Default: 10; at most 100; 0 allows none.</value>
    public int AttachmentCount { get; set; } = 10;

    /// <summary>The largest file, in bytes.</summary>
    /// <value>Default: 10,485,760 (10 MiB); at most 5 GiB.</value>
    public long AttachmentSize { get; set; } = 10 * 1024 * 1024;
}
