namespace HelpDesk.Tickets;

/// <summary>A way of moving a ticket from one status to another.</summary>
public enum TicketMove
{
    /// <summary>The call <c>resolve</c>.</summary>
    Resolve,

    /// <summary>The call <c>close</c>.</summary>
    Close,

    /// <summary>The call <c>reopen</c>.</summary>
    Reopen,

    /// <summary>A public message.</summary>
    Reply,

    /// <summary>A status set by hand, without a call of its own.</summary>
    Set,
}

/// <summary>A row of the status machine: who may make which move from where, and where it leads.</summary>
/// <param name="Move">The move.</param>
/// <param name="From">The status before.</param>
/// <param name="To">The status after.</param>
/// <param name="By">Requester or agent; a job moves as an agent does.</param>
/// <param name="WithinReopenWindow">Whether it exists only until <see cref="HelpDeskOptions.ReopenWindow"/> has passed since the resolution or closing.</param>
public sealed record TicketMoveRule(TicketMove Move, TicketStatus From, TicketStatus To, TicketRole By, bool WithinReopenWindow = false);

/// <summary>The status machine as a table. What is not in it is refused, also a move to where the ticket already is.</summary>
public static class TicketMoves
{
    /// <summary>A new list of the default rows, as <see cref="HelpDeskOptions.Moves"/> starts with them.</summary>
    public static IList<TicketMoveRule> CreateDefault() =>
    [
        new(TicketMove.Resolve, TicketStatus.Open, TicketStatus.Resolved, TicketRole.Requester),
        new(TicketMove.Resolve, TicketStatus.Pending, TicketStatus.Resolved, TicketRole.Requester),
        new(TicketMove.Resolve, TicketStatus.Open, TicketStatus.Resolved, TicketRole.Agent),
        new(TicketMove.Resolve, TicketStatus.Pending, TicketStatus.Resolved, TicketRole.Agent),

        new(TicketMove.Close, TicketStatus.Open, TicketStatus.Closed, TicketRole.Requester),
        new(TicketMove.Close, TicketStatus.Pending, TicketStatus.Closed, TicketRole.Requester),
        new(TicketMove.Close, TicketStatus.Resolved, TicketStatus.Closed, TicketRole.Requester),
        new(TicketMove.Close, TicketStatus.Open, TicketStatus.Closed, TicketRole.Agent),
        new(TicketMove.Close, TicketStatus.Pending, TicketStatus.Closed, TicketRole.Agent),
        new(TicketMove.Close, TicketStatus.Resolved, TicketStatus.Closed, TicketRole.Agent),

        new(TicketMove.Reopen, TicketStatus.Resolved, TicketStatus.Open, TicketRole.Requester, WithinReopenWindow: true),
        new(TicketMove.Reopen, TicketStatus.Closed, TicketStatus.Open, TicketRole.Requester, WithinReopenWindow: true),
        new(TicketMove.Reopen, TicketStatus.Resolved, TicketStatus.Open, TicketRole.Agent),
        new(TicketMove.Reopen, TicketStatus.Closed, TicketStatus.Open, TicketRole.Agent),

        new(TicketMove.Reply, TicketStatus.Open, TicketStatus.Open, TicketRole.Requester),
        new(TicketMove.Reply, TicketStatus.Pending, TicketStatus.Open, TicketRole.Requester),
        new(TicketMove.Reply, TicketStatus.Resolved, TicketStatus.Open, TicketRole.Requester, WithinReopenWindow: true),
        new(TicketMove.Reply, TicketStatus.Open, TicketStatus.Pending, TicketRole.Agent),
        new(TicketMove.Reply, TicketStatus.Pending, TicketStatus.Pending, TicketRole.Agent),
        new(TicketMove.Reply, TicketStatus.Resolved, TicketStatus.Pending, TicketRole.Agent),

        new(TicketMove.Set, TicketStatus.Open, TicketStatus.Pending, TicketRole.Agent),
        new(TicketMove.Set, TicketStatus.Pending, TicketStatus.Open, TicketRole.Agent),
    ];
}
