using HelpDesk.SampleHost.Data;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Identity;

namespace HelpDesk.SampleHost.Demo;

/// <summary>Puts a few tickets into an empty help desk, as users and agents would: through <see cref="ITicketService"/>.</summary>
/// <remarks>Every command has a key, so that two hosts that start at once make each ticket and message once.</remarks>
internal sealed class DemoTickets(IServiceScopeFactory scopes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var tickets = scope.ServiceProvider.GetRequiredService<ITicketService>();
        var page = await tickets.SearchAsync(new SearchTickets { Actor = Actor.System("demo"), Limit = 1 }, cancellationToken);
        if (page.Tickets.Count > 0)
            return;

        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        var script = new Script(tickets, cancellationToken);
        await script.PlayAsync(
            alice: Actor.User(await IdOfAsync(users, DemoAccounts.Alice)),
            bob: Actor.User(await IdOfAsync(users, DemoAccounts.Bob)),
            ann: Actor.User(await IdOfAsync(users, DemoAccounts.Ann), HelpDeskRoles.Support),
            ben: Actor.User(await IdOfAsync(users, DemoAccounts.Ben), HelpDeskRoles.Support));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<string> IdOfAsync(UserManager<AppUser> users, string email) =>
        (await users.FindByNameAsync(email))?.Id
        ?? throw new InvalidOperationException($"There is no {email} to open demo tickets: the demo accounts are created in Development only. Leave --demo out, or add --environment Development.");

    private sealed class Script(ITicketService tickets, CancellationToken cancellationToken)
    {
        private int line;

        public async Task PlayAsync(Actor alice, Actor bob, Actor ann, Actor ben)
        {
            // Open, and nobody has looked at it yet.
            await OpenAsync(alice, TicketPriority.Urgent, "technical", "Nobody in our office can sign in",
                "Since nine o'clock the sign-in page answers \"Something went wrong\" to all of us. The status page says that everything is fine.");

            // Open, with a responsible agent and a note.
            var address = await OpenAsync(bob, TicketPriority.Normal, "billing", "Invoice 2093 shows our old address",
                "We moved in spring. Could you send the invoice again with the new address? It is in our account settings.");
            await tickets.ChangeAsync(new ChangeTicket { Actor = ann, Ticket = address, AssigneeId = ann.Id }, cancellationToken);
            await ReplyAsync(ann, address, "Accounting has to cancel the old one first; I have asked them.", isNote: true);

            // Pending: the requester has the next word.
            var import = await OpenAsync(alice, TicketPriority.High, "technical", "Import stops in the middle of the file",
                "A file with 12,000 rows stops after about 3,000 of them, without a message.");
            await ReplyAsync(ben, import, "Thank you for the report. Could you tell us which columns row 3,001 has, and how long the import runs before it stops?");

            // Open again, since the requester has answered; no category.
            var users = await OpenAsync(bob, TicketPriority.Low, null, "How do I add a second administrator?",
                "I am on holiday from next week, and a colleague should be able to invite people meanwhile.");
            await ReplyAsync(ann, users, "Open Settings, People, choose the colleague and then the role \"Administrator\".");
            await ReplyAsync(bob, users, "There is no such role in my list. Does it depend on our plan?");

            // Resolved.
            var charge = await OpenAsync(bob, TicketPriority.High, "billing", "Charged twice in March",
                "Our card shows two charges of the same amount on 3 March.");
            await ReplyAsync(ann, charge, "The second one is a reservation that your bank should release within a week. Has it gone?");
            await ReplyAsync(bob, charge, "Yes, it disappeared this morning.");
            await MoveAsync(new ResolveTicket { Actor = ann, Ticket = charge, Message = "Good to hear. I mark this as resolved; just answer if anything is left." }, tickets.ResolveAsync);

            // Closed by the requester.
            var export = await OpenAsync(alice, TicketPriority.Normal, "technical", "Export to CSV opens in one column",
                "My spreadsheet puts every row into a single cell.");
            await ReplyAsync(ben, export, "Please choose the semicolon as separator in the export dialogue; your spreadsheet expects that one.");
            await MoveAsync(new CloseTicket { Actor = alice, Ticket = export, Message = "That was it, thank you!" }, tickets.CloseAsync);
        }

        private string NextKey() => $"demo-{++line}";

        private async Task<TicketKey> OpenAsync(Actor actor, TicketPriority priority, string? category, string subject, string body)
        {
            var command = new OpenTicket { Actor = actor, Subject = subject, Body = body, Priority = priority, Category = category, IdempotencyKey = NextKey() };
            var conversation = await tickets.OpenAsync(command, cancellationToken);
            return ((RequesterConversation)conversation).Ticket.Id;
        }

        private Task ReplyAsync(Actor actor, TicketKey ticket, string body, bool isNote = false) =>
            tickets.ReplyAsync(new ReplyToTicket { Actor = actor, Ticket = ticket, Body = body, IsPrivate = isNote, IdempotencyKey = NextKey() }, cancellationToken);

        private async Task MoveAsync<TMove>(TMove command, Func<TMove, CancellationToken, Task<TicketView>> move)
            where TMove : TicketMoveCommand
        {
            try
            {
                await move(command, cancellationToken);
            }
            catch (TransitionNotAllowedException)
            {
                // Another host that starts at the same time has made this move.
            }
        }
    }
}
