using HelpDesk.Tickets;

namespace HelpDesk.Service;

internal sealed partial class TicketService
{
    private const int MostTicketsAtOnce = 100;

    public async Task<IReadOnlyList<TicketOutcome>> ChangeManyAsync(ChangeTickets command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!command.Actor.HasAgentRights)
            throw new ForbiddenException();

        // What is wrong with the change is wrong for all: then none is changed.
        var check = new InputCheck(options.Value);
        if (command.Tickets.Count is 0 or > MostTicketsAtOnce)
            check.Fail("tickets", $"There are {command.Tickets.Count} tickets; 1 to {MostTicketsAtOnce} can be changed at once.");
        if (!(command.Priority.IsPresent || command.Category.IsPresent || command.AssigneeId.IsPresent || command.Status.IsPresent))
            check.Fail("change", "Name what is to change: assigneeId, priority, category or status.");
        if (command.Category.IsPresent)
            check.Category(command.Category.Value);
        check.Defined("priority", command.Priority.Or(TicketPriority.Normal));
        check.Defined("status", command.Status.Or(TicketStatus.Open));
        check.ThrowIfWrong();
        await RequireAssignableAsync(command.AssigneeId.Value, cancellationToken);

        var outcomes = new List<TicketOutcome>(command.Tickets.Count);
        foreach (var selected in command.Tickets)
            outcomes.Add(new TicketOutcome { Ticket = selected.Ticket, Error = await TryChangeAsync(command, selected, cancellationToken) });
        return outcomes;
    }

    private async Task<HelpDeskException?> TryChangeAsync(ChangeTickets command, TicketSelection selected, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(
                new ChangeTicket
                {
                    Actor = command.Actor,
                    Ticket = selected.Ticket,
                    IfVersion = selected.IfVersion,
                    Priority = command.Priority,
                    Category = command.Category,
                    AssigneeId = command.AssigneeId,
                    Status = command.Status,
                },
                cancellationToken);
            return null;
        }
        catch (HelpDeskException exception)
        {
            return exception;
        }
    }
}
