using HelpDesk.Assignment;
using HelpDesk.Attachments;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Faults;

/// <summary>The commands to which everything may happen, and the status of the ticket that they need.</summary>
internal static class FaultyCommands
{
    private static readonly Dictionary<string, (TicketStatus Before, Func<ITicketService, Guid, CancellationToken, Task> Do)> Commands = new()
    {
        ["open"] = (TicketStatus.Open, (tickets, _, token) => tickets.OpenAsync(new OpenTicket { Actor = Actors.Alice, Subject = "New", Body = "Text", IdempotencyKey = $"{Guid.NewGuid():N}" }, token)),
        ["reply"] = (TicketStatus.Open, (tickets, id, token) => tickets.ReplyAsync(new ReplyToTicket { Actor = Actors.Ann, Ticket = id, Body = "Text" }, token)),
        ["reply with a key"] = (TicketStatus.Open, (tickets, id, token) =>
            tickets.ReplyAsync(new ReplyToTicket { Actor = Actors.Alice, Ticket = id, Body = "Text", IdempotencyKey = $"{id:N}" }, token)),
        ["open with a file"] = (TicketStatus.Open, (tickets, id, token) => tickets.OpenAsync(new OpenTicket { Actor = Actors.Alice, Subject = "New", Body = "Text", Attachments = [id] }, token)),
        ["reply with a file"] = (TicketStatus.Open, (tickets, id, token) => tickets.ReplyAsync(new ReplyToTicket { Actor = Actors.Alice, Ticket = id, Body = "Text", Attachments = [id] }, token)),
        ["linking reply"] = (TicketStatus.Closed, (tickets, id, token) => tickets.ReplyAsync(new ReplyToTicket { Actor = Actors.Alice, Ticket = id, Body = "Text" }, token)),
        ["reopening reply"] = (TicketStatus.Resolved, (tickets, id, token) => tickets.ReplyAsync(new ReplyToTicket { Actor = Actors.Alice, Ticket = id, Body = "Text" }, token)),
        ["note"] = (TicketStatus.Open, (tickets, id, token) => tickets.ReplyAsync(new ReplyToTicket { Actor = Actors.Ann, Ticket = id, Body = "Text", IsPrivate = true }, token)),
        ["change"] = (TicketStatus.Open, (tickets, id, token) => tickets.ChangeAsync(
            new ChangeTicket { Actor = Actors.Mia, Ticket = id, Subject = "Other", Status = TicketStatus.Pending, AssigneeId = "ann", DueAt = DateTimeOffset.UnixEpoch.AddYears(100) }, token)),
        ["resolve"] = (TicketStatus.Open, (tickets, id, token) => tickets.ResolveAsync(new ResolveTicket { Actor = Actors.Ann, Ticket = id, Message = "Done" }, token)),
    };

    public static IEnumerable<string> Names => Commands.Keys;

    /// <summary>A desk in which new tickets go to Ben, and what Ann has had is assigned anew: she answers, but is not available.</summary>
    public static async Task<Desk> WithoutAnnAsync(Desk desk)
    {
        await using var scope = desk.NewScope();
        await scope.Services.GetRequiredService<IAgentProfiles>().SetAsync(
            new SetAgentProfile { Actor = Actors.Mia, AgentId = Actors.Ann.Id, IsAvailable = false }, TestContext.Current.CancellationToken);
        return desk;
    }

    /// <summary>A ticket in the status that the command needs, and a file of the requester's that has the ticket's own id.</summary>
    public static async Task<TicketView> PrepareAsync(Desk desk, TicketStatus status)
    {
        var ticket = await desk.OpenAsync(Actors.Alice);
        await desk.ReadAsync(async context =>
        {
            var upload = new Upload($"attachments/{ticket.Id:N}", Actors.Alice, "file.txt", "text/plain", DateTimeOffset.UnixEpoch.AddYears(100));
            context.Entry(upload).Property(u => u.Id).CurrentValue = ticket.Id;
            context.Entry(upload).Property(u => u.State).CurrentValue = UploadState.Stored;
            context.Add(upload);
            return await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        });
        switch (status)
        {
            case TicketStatus.Open:
                return ticket;
            case TicketStatus.Resolved:
                return await desk.ResolveAsync(Actors.Ann, ticket.Id);
            case TicketStatus.Closed:
                return await desk.CloseAsync(Actors.Mia, ticket.Id);
            default:
                throw new ArgumentOutOfRangeException(nameof(status), status, null);
        }
    }

    public static (TicketStatus Before, Func<ITicketService, Guid, CancellationToken, Task> Do) Find(string name) => Commands[name];
}
