using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>Lets the services of this process know at once what the commands of this process have made to do. What other processes do they see by looking.</summary>
internal sealed class BackgroundWork(TimeProvider clock)
{
    public Wakeup Escalation { get; } = new(clock);

    public Wakeup Assignment { get; } = new(clock);

    public Wakeup Outbox { get; } = new(clock);

    public Wakeup Inbound { get; } = new(clock);

    public Wakeup Feed { get; } = new(clock);

    /// <summary>After a commit.</summary>
    public void Done(IReadOnlyList<TicketChange> changes)
    {
        foreach (var change in changes.Where(change => change.Deeds.Count > 0))
        {
            if (change.Deeds.Any(deed => deed.EventKind is not null))
            {
                Outbox.Now();
                Feed.Now();
            }

            if (change.Ticket.SlaCheckAt is { } at)
                Escalation.At(at);
            // A ticket that waits since just now may have missed the room that another command made at the same moment.
            if (change.Ticket.QueuedAt is not null || change.LoadChanges().Any(load => load.By < 0))
                Assignment.Now();
        }
    }
}
