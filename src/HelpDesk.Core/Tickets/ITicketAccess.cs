namespace HelpDesk.Tickets;

/// <summary>What somebody wants to do with a ticket.</summary>
public enum TicketAction
{
    /// <summary>See it with its public messages.</summary>
    Read,

    /// <summary>See it as agents do: notes, history, due times. Who may, acts as an agent on it; everybody else as its requester.</summary>
    ReadInternal,

    /// <summary>Write a public message.</summary>
    Reply,

    /// <summary>Write a note.</summary>
    Note,

    /// <summary>Change subject, priority, category, due time or status by hand.</summary>
    Change,

    /// <summary>Give it to an agent by hand.</summary>
    Assign,

    /// <summary>Resolve it.</summary>
    Resolve,

    /// <summary>Close it.</summary>
    Close,

    /// <summary>Reopen it.</summary>
    Reopen,
}

/// <summary>Decides who sees which tickets, and who may do what with them.</summary>
/// <remarks>
/// A host replaces it with <c>UseTicketAccess&lt;T&gt;()</c>, for instance to show agents only their department. The filter alone decides what exists for an
/// actor: outside it a ticket answers like one that is not there. <see cref="Allows"/> decides what is forbidden; what it permits must be visible too.
/// The search of notes follows <see cref="Actor.IsAgent"/> and ownership, so <see cref="TicketAction.ReadInternal"/> may be refused to an agent
/// only for tickets that <see cref="Visible"/> hides or that are the agent's own. Scoped; both methods must be free of side effects.
/// </remarks>
public interface ITicketAccess
{
    /// <summary>Narrows a query to the tickets that exist for the actor. Must be translatable by EF Core.</summary>
    IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor);

    /// <summary>Tells whether the actor may do this with a ticket that is visible to them.</summary>
    bool Allows(Actor actor, Ticket ticket, TicketAction action);
}

/// <summary>Agents and jobs: every ticket; everybody else, and agents too where they are the requester: their own, as a requester.</summary>
internal sealed class DefaultTicketAccess : ITicketAccess
{
    public IQueryable<Ticket> Visible(IQueryable<Ticket> tickets, Actor actor)
    {
        if (actor.HasAgentRights)
            return tickets;

        var id = actor.Id;
        return tickets.Where(ticket => ticket.RequesterId == id);
    }

    public bool Allows(Actor actor, Ticket ticket, TicketAction action)
    {
        if (IsInternal(actor, ticket.RequesterId))
            return true;
        return ticket.RequesterId == actor.Id && action is (TicketAction.Read or TicketAction.Reply or TicketAction.Resolve or TicketAction.Close or TicketAction.Reopen);
    }

    /// <summary>The same as <see cref="Visible"/>, for where a requester is all that is known of a ticket.</summary>
    public static bool Sees(Actor actor, string? requesterId) => actor.HasAgentRights || requesterId == actor.Id;

    /// <summary>Whether the actor sees the tickets of a requester as agents do.</summary>
    public static bool IsInternal(Actor actor, string? requesterId) => actor.Kind == ActorKind.System || (actor.IsAgent && requesterId != actor.Id);
}
