using HelpDesk.Assignment;

namespace HelpDesk.Tickets;

/// <summary>The host's settings that decide what a command does to a ticket.</summary>
internal sealed record TicketRules(IReadOnlyList<TicketMoveRule> Moves, TimeSpan ReopenWindow, AssignOnReply AssignOnReply)
{
    public static TicketRules From(HelpDeskOptions options) => new([.. options.Moves], options.ReopenWindow, options.Assignment.OnReply);

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
