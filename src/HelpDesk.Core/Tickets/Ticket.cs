using HelpDesk.Assignment;
using HelpDesk.Events;
using HelpDesk.Sla;

namespace HelpDesk.Tickets;

/// <summary>A request, from its opening to its end.</summary>
/// <remarks>
/// Hosts read it (in queries of their own, or in <see cref="ITicketAccess"/>) and change it through <see cref="ITicketService"/> only.
/// It has two pairs of time and version: <see cref="UpdatedAt"/> and <see cref="Version"/> for agents, <see cref="PublicUpdatedAt"/> and
/// <see cref="PublicVersion"/> for the requester, so that a note betrays itself nowhere.
/// </remarks>
public class Ticket
{
    /// <summary>Stored in <see cref="DueSort"/> where nothing is due, since nulls sort differently on each database.</summary>
    internal static readonly DateTimeOffset NeverDue = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>For EF Core and lazy-loading proxies.</summary>
    protected Ticket()
    {
    }

    internal Ticket(string? requesterId, string subject, TicketPriority priority, string? category, TicketChannel channel, Guid? linkedTicketId, DateTimeOffset now)
    {
        RequesterId = requesterId;
        Subject = subject;
        Priority = priority;
        Category = category;
        Channel = channel;
        LinkedTicketId = linkedTicketId;
        CreatedAt = UpdatedAt = PublicUpdatedAt = now;
        AwaitingReplySince = now;
    }

    /// <summary>The key.</summary>
    public Guid Id { get; private set; }

    /// <summary>The number that people use, as <c>TKT-2026-000123</c>; unique, at most 64 characters.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The host's user id of the person whose ticket it is; null for somebody known by mail only.</summary>
    public string? RequesterId { get; private set; }

    /// <summary>The requester among the participants.</summary>
    public Guid RequesterParticipantId { get; private set; }

    /// <summary>The host's user id of the responsible agent.</summary>
    public string? AssigneeId { get; private set; }

    /// <summary>The subject: one line, at most 255 characters.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>Where it is in its life.</summary>
    public TicketStatus Status { get; private set; }

    /// <summary>How urgent it is.</summary>
    public TicketPriority Priority { get; private set; }

    /// <summary>The category; at most 100 characters.</summary>
    public string? Category { get; private set; }

    /// <summary>The way by which it came.</summary>
    public TicketChannel Channel { get; private set; }

    /// <summary>The closed ticket that it continues.</summary>
    public Guid? LinkedTicketId { get; private set; }

    /// <summary>When it was opened.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The last change of any kind: for agents.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>New with any change: the concurrency token, and what agents see.</summary>
    public Guid Version { get; private set; }

    /// <summary>The last change that the requester may know of.</summary>
    public DateTimeOffset PublicUpdatedAt { get; private set; }

    /// <summary>New with any change that the requester may know of.</summary>
    public Guid PublicVersion { get; private set; }

    /// <summary>The last number given to a message, a line of history or an event of this ticket.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The newest message, notes included: a list finds who spoke last without a scan of messages.</summary>
    public Guid? LastMessageId { get; private set; }

    /// <summary>The newest public message.</summary>
    public Guid? LastPublicMessageId { get; private set; }

    /// <summary>When it was resolved.</summary>
    public DateTimeOffset? ResolvedAt { get; private set; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>When it was escalated first.</summary>
    public DateTimeOffset? EscalatedAt { get; private set; }

    /// <summary>The first public answer of an agent.</summary>
    public DateTimeOffset? FirstRespondedAt { get; private set; }

    /// <summary>The oldest message of the requester that no agent has answered.</summary>
    public DateTimeOffset? AwaitingReplySince { get; private set; }

    /// <summary>The earliest due time that is not met; kept after its breach.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary><see cref="DueAt"/>, or the end of time: never null, so that it sorts alike on every database.</summary>
    public DateTimeOffset DueSort { get; private set; } = NeverDue;

    /// <summary>When the escalation sweep must look next; null when nothing is left to look for.</summary>
    public DateTimeOffset? SlaCheckAt { get; private set; }

    /// <summary>Since when it waits for an agent, because nobody was free; null where it has one or is to have none. The assignment queue seeks this alone.</summary>
    public DateTimeOffset? QueuedAt { get; private set; }

    internal bool IsEnded => Status is TicketStatus.Resolved or TicketStatus.Closed;

    internal long NextSequence() => ++LastSequence;

    internal void Open(TicketChange change, string body, string? reason = null)
    {
        var message = change.Write(body, isPrivate: false);
        if (LinkedTicketId is not null)
            reason = $"{reason} Continues a ticket that was over.".TrimStart();
        change.Record("opened", TicketEventKinds.TicketOpened, isPublic: true, message: message, reason: reason);
    }

    internal void HasRequester(Participant participant) => RequesterParticipantId = participant.Id;

    internal void Numbered(string number) => Number = number;

    /// <summary>Whether a requester's reply still belongs here; else it opens a ticket of its own.</summary>
    internal bool TakesReply(TicketChange change) => change.Rules.Find(TicketMove.Reply, this, change.Role, change.Now) is not null;

    internal void Reply(TicketChange change, string body, string? reason = null)
    {
        var fields = new List<FieldChange>();
        var wasEnded = IsEnded;
        Move(change, TicketMove.Reply, fields);
        Spoke(change);
        change.Record("replied", TicketEventKinds.MessageAdded, isPublic: true, fields, change.Write(body, isPrivate: false), reason);
        if (wasEnded && Status == TicketStatus.Open)
            change.Record("reopened", TicketEventKinds.TicketReopened, isPublic: true, reason: "A reply came within the reopen window.");
        if (change.Rules.AssignOnReply == AssignOnReply.Always || (change.Rules.AssignOnReply == AssignOnReply.WhenUnassigned && AssigneeId is null))
            TakeOver(change, "Answered the ticket.");
    }

    /// <summary>A note changes nothing else: not the status, nor the responsible agent, nor any clock.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1822", Justification = "A command on a ticket, like its neighbours.")]
    internal void Note(TicketChange change, string body, string? reason = null) =>
        change.Record("noted", TicketEventKinds.NoteAdded, isPublic: false, message: change.Write(body, isPrivate: true), reason: reason);

    internal void Resolve(TicketChange change, string? body)
    {
        var fields = new List<FieldChange>();
        Move(change, TicketMove.Resolve, fields);
        var message = Say(change, body);
        change.Record("resolved", TicketEventKinds.TicketResolved, isPublic: true, fields, message);
        TakeOver(change, "Resolved the ticket.");
    }

    internal void Close(TicketChange change, string? body, string? reason = null)
    {
        var fields = new List<FieldChange>();
        Move(change, TicketMove.Close, fields);
        change.Record("closed", TicketEventKinds.TicketClosed, isPublic: true, fields, reason: reason);
        if (Say(change, body) is { } message)
            change.Record("replied", TicketEventKinds.MessageAdded, isPublic: true, message: message);
    }

    internal void Reopen(TicketChange change, string? body)
    {
        var fields = new List<FieldChange>();
        Move(change, TicketMove.Reopen, fields);
        change.Record("reopened", TicketEventKinds.TicketReopened, isPublic: true, fields);
        if (Say(change, body) is { } message)
            change.Record("replied", TicketEventKinds.MessageAdded, isPublic: true, message: message);
    }

    /// <summary>Sets a status by whatever move leads there.</summary>
    internal void SetStatus(TicketChange change, TicketStatus status)
    {
        switch (status)
        {
            case TicketStatus.Resolved:
                Resolve(change, body: null);
                break;
            case TicketStatus.Closed:
                Close(change, body: null);
                break;
            case TicketStatus.Open when IsEnded:
                Reopen(change, body: null);
                break;
            default:
                var fields = new List<FieldChange>();
                Move(change, TicketMove.Set, fields, status);
                change.Record("changed", TicketEventKinds.TicketChanged, isPublic: true, fields);
                break;
        }
    }

    internal void Describe(TicketChange change, string subject, TicketPriority priority, string? category)
    {
        var fields = new List<FieldChange>();
        Track(fields, "subject", Subject, subject);
        Track(fields, "priority", Words.Of(Priority), Words.Of(priority));
        Track(fields, "category", Category, category);
        if (fields.Count == 0)
            return;

        (Subject, Priority, Category) = (subject, priority, category);
        change.Record("changed", TicketEventKinds.TicketChanged, isPublic: true, fields);
    }

    internal void Assign(TicketChange change, string? assigneeId, string? reason)
    {
        var wasQueued = QueuedAt is not null;
        QueuedAt = null;
        var fields = new List<FieldChange>();
        Track(fields, "assignee", AssigneeId, assigneeId);
        if (fields.Count == 0)
        {
            if (wasQueued)
                change.Record("unqueued", TicketEventKinds.TicketChanged, isPublic: false, reason: "Waits for an agent no longer.");
            return;
        }

        AssigneeId = assigneeId;
        change.Record("assigned", TicketEventKinds.TicketAssigned, isPublic: true, fields, reason: reason);
    }

    /// <summary>Makes it the ticket of a user of the host, who was known by mail only.</summary>
    internal void BelongsTo(TicketChange change, string userId)
    {
        var fields = new List<FieldChange>();
        Track(fields, "requester", RequesterId, userId);
        RequesterId = userId;
        change.Record("claimed", TicketEventKinds.TicketChanged, isPublic: true, fields, reason: "The requester has confirmed the address from which the ticket came.");
    }

    /// <summary>Lets the ticket wait for an agent, whom the queue will find.</summary>
    internal void Queue(TicketChange change, string reason)
    {
        Assign(change, null, "The agent of before is not available.");
        QueuedAt = change.Now;
        change.Record("queued", eventKind: null, isPublic: false, reason: reason);
    }

    /// <summary>Sets the due time of the resolution by hand, or (null) gives it back to the policy.</summary>
    internal static void SetDue(TicketChange change, TicketTarget target, DateTimeOffset? dueAt)
    {
        var isAsBefore = dueAt is null ? target.DueSetBy is null : target.DueSetBy is not null && target.DueAt == dueAt;
        if (isAsBefore)
            return;

        var fields = new List<FieldChange>();
        target.DueSetBy = dueAt is null ? null : change.Actor.Id;
        if (dueAt is not null)
        {
            Track(fields, "dueAt", Text(target.DueAt), Text(dueAt));
            target.DueAt = dueAt;
        }

        change.Record("changed", TicketEventKinds.TicketChanged, isPublic: false, fields, reason: dueAt is null ? "Given back to the policy." : "Set by hand.");
    }

    /// <summary>Takes over what its targets say: what is due next, and when the sweep must look.</summary>
    internal void Promise(IReadOnlyCollection<TicketTarget> targets, TicketRules rules)
    {
        var unmet = targets.Where(target => target is { MetAt: null, DueAt: not null }).ToList();
        DueAt = unmet.Min(target => target.DueAt);
        DueSort = DueAt ?? NeverDue;
        SlaCheckAt = Status == TicketStatus.Resolved
            ? rules.AutoCloseAt(this)
            : unmet.Where(target => target.BreachedAt is null).Min(target => rules.WarnAt(target) is { } warnAt && target.WarnedAt is null ? warnAt : target.DueAt);
    }

    /// <summary>Does what time has brought: tells of broken promises and of those that soon will be, and closes what was resolved long ago.</summary>
    internal void CatchUp(TicketChange change, IReadOnlyCollection<TicketTarget> targets)
    {
        if (Status == TicketStatus.Resolved && change.Rules.AutoCloseAt(this) <= change.Now && change.Rules.Find(TicketMove.Close, this, change.Role, change.Now) is not null)
            Close(change, body: null, reason: "Nobody came back to it after its resolution.");

        var open = targets.Where(target => target is { MetAt: null, DueAt: not null, BreachedAt: null }).OrderBy(target => target.DueAt).ToList();
        var breached = open.Where(target => target.DueAt <= change.Now).ToList();
        if (breached.Count > 0)
        {
            breached.ForEach(target => target.BreachedAt = change.Now);
            EscalatedAt ??= change.Now;
            change.Record("escalated", TicketEventKinds.TicketEscalated, isPublic: false, reason: Dues(breached, "was due"), targets: breached);
        }

        var warned = open.Where(target => target.BreachedAt is null && target.WarnedAt is null && change.Rules.WarnAt(target) <= change.Now).ToList();
        if (warned.Count > 0)
        {
            warned.ForEach(target => target.WarnedAt = change.Now);
            change.Record("warned", TicketEventKinds.TicketWarned, isPublic: false, reason: Dues(warned, "is due"), targets: warned);
        }

        Promise(targets, change.Rules);
        // What only another policy or a host's own rules could change must not be looked at again and again.
        if (SlaCheckAt <= change.Now)
            SlaCheckAt = null;
    }

    /// <summary>Closes a command: new version and time, and the newest messages, once their keys are known.</summary>
    internal void Stamp(TicketChange change)
    {
        foreach (var message in change.Messages)
        {
            LastMessageId = message.Id;
            if (!message.IsPrivate)
                LastPublicMessageId = message.Id;
        }

        UpdatedAt = change.Now;
        Version = Guid.NewGuid();
        if (change.IsPublic)
        {
            PublicUpdatedAt = UpdatedAt;
            PublicVersion = Version;
        }
    }

    private void Move(TicketChange change, TicketMove move, List<FieldChange> fields, TicketStatus? wanted = null)
    {
        var to = change.Rules.Find(move, this, change.Role, change.Now, wanted)
            ?? throw new TransitionNotAllowedException(Status, change.Rules.Reachable(this, change.Role, change.Now));
        Track(fields, "status", Words.Of(Status), Words.Of(to));

        ResolvedAt = to switch
        {
            TicketStatus.Resolved => change.Now,
            TicketStatus.Closed => ResolvedAt,
            _ => null,
        };
        ClosedAt = to == TicketStatus.Closed ? change.Now : null;
        Status = to;
        if (IsEnded)
        {
            AwaitingReplySince = null;
            QueuedAt = null;
        }
    }

    private TicketMessage? Say(TicketChange change, string? body)
    {
        if (body is null)
            return null;

        Spoke(change);
        return change.Write(body, isPrivate: false);
    }

    private void Spoke(TicketChange change)
    {
        if (change.Role == TicketRole.Requester && !IsEnded)
        {
            AwaitingReplySince ??= change.Now;
        }
        else if (change.Role == TicketRole.Agent)
        {
            FirstRespondedAt ??= change.Now;
            AwaitingReplySince = null;
        }
    }

    /// <summary>Whoever answers becomes responsible, where tickets can be assigned to them at all.</summary>
    private void TakeOver(TicketChange change, string reason)
    {
        if (change.Role == TicketRole.Agent && change.Actor.IsAssignable)
            Assign(change, change.Actor.Id, reason);
    }

    private static void Track(List<FieldChange> fields, string field, string? old, string? value)
    {
        if (!string.Equals(old, value, StringComparison.Ordinal))
            fields.Add(new FieldChange(field, old, value));
    }

    private static string Dues(IEnumerable<TicketTarget> targets, string verb) =>
        string.Join(' ', targets.Select(target => $"{TargetWords.Of(target)} {verb} at {Text(target.DueAt)}."));

    internal static string? Text(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
