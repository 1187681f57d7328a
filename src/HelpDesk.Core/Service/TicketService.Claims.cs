using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Tickets that came by mail, and whose requester turns out to be a user of the host.</summary>
internal sealed partial class TicketService
{
    private const int ClaimsPerCommit = 50;

    public async Task<int> ClaimByEmailAsync(ClaimByEmail command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var actor = command.Actor;
        if (actor.Kind != ActorKind.User)
            throw new ForbiddenException();

        var people = await People.FindAsync(directory, [actor.Id], cancellationToken);
        if (TextRules.NormalizeEmail(people.Find(actor.Id)?.Email) is not { } email)
            return 0;

        // Most have none: then it is this one look by index. An address that is not confirmed may be anybody's.
        if (!await Unclaimed(email, actor.Id).AnyAsync(cancellationToken) || (await directory.FindByEmailAsync(email, cancellationToken))?.Id != actor.Id)
            return 0;

        var claimed = 0;
        Guid? last = Guid.Empty;
        while (last is { } after)
        {
            (var batch, last) = await runner.RunAsync("ticket.claim", (attempt, token) => ClaimAsync(attempt, email, actor, after, token), cancellationToken);
            claimed += batch;
        }

        return claimed;
    }

    /// <returns>How many were claimed, and the last one that was looked at; null where there are no more.</returns>
    private async Task<(int Claimed, Guid? Last)> ClaimAsync(CommandTry attempt, string email, Actor actor, Guid after, CancellationToken cancellationToken)
    {
        await attempt.EnsureTransactionAsync(cancellationToken);
        var ids = await db.LockAsync<Ticket>(Unclaimed(email, actor.Id).Where(ticket => ticket.Id.CompareTo(after) > 0).OrderBy(ticket => ticket.Id).Select(ticket => ticket.Id).Take(ClaimsPerCommit), cancellationToken);
        if (ids.Count == 0)
            return (0, null);

        var rows = await db.Tickets.AsTracking().Where(ticket => ids.Contains(ticket.Id))
            .Join(db.Participants.AsTracking(), ticket => ticket.RequesterParticipantId, person => person.Id, (ticket, person) => new { Ticket = ticket, Person = person })
            .ToListAsync(cancellationToken);
        var rules = TicketRules.From(options.Value);
        var changes = new List<TicketChange>();
        foreach (var row in rows)
        {
            if (!await attempt.TrackAsync(row.Ticket, cancellationToken) || !await attempt.TrackAsync(row.Person, cancellationToken))
                continue;
            // Some databases take one letter for another.
            if (!string.Equals(row.Person.Email, email, StringComparison.Ordinal))
                continue;

            var change = new TicketChange(row.Ticket, actor, TicketRole.Requester, clock.GetStorableNow(row.Ticket), rules);
            row.Person.UserId = actor.Id;
            row.Ticket.BelongsTo(change, actor.Id);
            changes.Add(change);
        }

        attempt.StoreLocked(changes);
        return (changes.Count, ids.Count == ClaimsPerCommit ? ids[^1] : null);
    }

    /// <summary>Tickets of nobody, whose requester has that address. In one where the user takes part already, as an agent who answered, they stay what they are.</summary>
    private IQueryable<Ticket> Unclaimed(string email, string userId) =>
        from person in db.Participants
        where person.Email == email && person.UserId == null
        join ticket in db.Tickets on person.Id equals ticket.RequesterParticipantId
        where ticket.RequesterId == null && !db.Participants.Any(other => other.TicketId == ticket.Id && other.UserId == userId)
        select ticket;
}
