using HelpDesk.Assignment;
using HelpDesk.Sla;

namespace HelpDesk.Tickets;

/// <summary>The host's settings that decide what a command does to a ticket.</summary>
internal sealed record TicketRules
{
    public required IReadOnlyList<TicketMoveRule> Moves { get; init; }

    public required TimeSpan ReopenWindow { get; init; }

    public required AssignOnReply AssignOnReply { get; init; }

    public required bool CountPending { get; init; }

    public required TimeSpan AutoCloseAfter { get; init; }

    public required TimeSpan WarnBefore { get; init; }

    public static TicketRules From(HelpDeskOptions options) => new()
    {
        Moves = [.. options.Moves],
        ReopenWindow = options.ReopenWindow,
        AssignOnReply = options.Assignment.OnReply,
        CountPending = options.Assignment.CountPending,
        AutoCloseAfter = options.AutoClose.After,
        WarnBefore = options.Sla.WarnBefore,
    };

    /// <summary>Whether a ticket is load for its agent.</summary>
    public bool IsLoad(TicketStatus status) => status == TicketStatus.Open || (status == TicketStatus.Pending && CountPending);

    /// <summary>When a resolved ticket is closed; null for never.</summary>
    public DateTimeOffset? AutoCloseAt(Ticket ticket) => AutoCloseAfter == TimeSpan.Zero ? null : ticket.ResolvedAt + AutoCloseAfter;

    /// <summary>When the assignee is warned of a target; null for never. A target that has no more time than that would be warned of as soon as it starts.</summary>
    public DateTimeOffset? WarnAt(TicketTarget target) =>
        WarnBefore > TimeSpan.Zero && target.DueAt - WarnBefore > target.StartedAt ? target.DueAt - WarnBefore : null;

    /// <summary>Where a move leads, or null where the table lacks it.</summary>
    public TicketStatus? Find(TicketMove move, Ticket ticket, TicketRole by, DateTimeOffset now, TicketStatus? wanted = null) =>
        Rows(ticket, by, now).FirstOrDefault(row => row.Move == move && (wanted is null || row.To == wanted))?.To;

    /// <summary>The statuses that the caller's own calls can lead to from here.</summary>
    public IReadOnlyList<TicketStatus> Reachable(Ticket ticket, TicketRole by, DateTimeOffset now) =>
        [.. Rows(ticket, by, now).Where(row => row.Move != TicketMove.Reply).Select(row => row.To).Distinct().Order()];

    private IEnumerable<TicketMoveRule> Rows(Ticket ticket, TicketRole by, DateTimeOffset now)
    {
        var role = by == TicketRole.System ? TicketRole.Agent : by;
        var ended = ticket.ResolvedAt ?? ticket.ClosedAt;
        var inWindow = ended is null || now - ended <= ReopenWindow;
        return Moves.Where(row => row.From == ticket.Status && row.By == role && (inWindow || !row.WithinReopenWindow));
    }
}
