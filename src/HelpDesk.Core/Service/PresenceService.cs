using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

internal sealed class PresenceService(HelpDeskDb db, CommandRunner runner, ITicketAccess access, BackgroundWork work, TimeProvider clock) : IPresence
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    public async Task SetAsync(SetPresence command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        if (command.Mode is { } wanted && !Enum.IsDefined(wanted))
            throw new ValidationException("mode", $"Use one of: {Words.All<PresenceMode>()}.");

        var ticket = await command.Ticket.In(access.Visible(db.Tickets.AsNoTracking(), actor)).FirstOrDefaultAsync(cancellationToken);
        if (ticket is null || !access.Allows(actor, ticket, TicketAction.Read))
            throw new NotFoundException();
        if (!actor.IsAgent || !access.Allows(actor, ticket, TicketAction.ReadInternal))
            throw new ForbiddenException();

        await runner.RunAsync(
            "presence.set",
            async (attempt, token) =>
            {
                await attempt.EnsureTransactionAsync(token);
                if (command.Mode is { } mode)
                {
                    var until = (clock.GetStorableNow() + Lifetime).UtcDateTime;
                    await db.Context.Database.ExecuteSqlRawAsync(db.Dialect.SetPresence(db.Context), [ticket.Id, actor.Id, Words.Of(mode), until], token);
                }
                else
                {
                    await db.Presence.Where(presence => presence.TicketId == ticket.Id && presence.AgentId == actor.Id).ExecuteDeleteAsync(token);
                }

                attempt.StoreRows(mayCollide: false);
                return ticket.Id;
            },
            cancellationToken);
        work.Feed.Now();
    }
}
