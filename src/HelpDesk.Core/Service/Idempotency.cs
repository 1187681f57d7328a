using System.Security.Cryptography;
using System.Text.Json;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

/// <summary>Claims idempotency keys: the row stands in the command's own commit, and its unique index decides between equals.</summary>
internal sealed class Idempotency(HelpDeskDb db)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Finds the command that was done under a key, or prepares the row that will say so.</summary>
    /// <returns>Null without a key. A row with a ticket was done before; any other is to be completed and claimed.</returns>
    /// <exception cref="IdempotencyKeyReusedException">The key was used for another command.</exception>
    public async Task<Claim?> FindAsync(Actor actor, string route, string? key, object command, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (key is null)
            return null;

        var actorId = actor.Id;
        if (actor.Kind == ActorKind.System)
            route = "system." + route; // A job may bear the name of a user.
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command)));
        var row = await db.IdempotencyKeys.AsTracking()
            .FirstOrDefaultAsync(k => k.ActorId == actorId && k.Route == route && k.Key == key, cancellationToken);
        if (row is null || row.ExpiresAt <= now)
            return new Claim(row ?? new IdempotencyKey(actorId, route, key, fingerprint), IsDone: false, fingerprint, now + Lifetime);
        if (row.Fingerprint != fingerprint)
            throw new IdempotencyKeyReusedException();

        return new Claim(row, IsDone: true, fingerprint, row.ExpiresAt);
    }

    internal sealed record Claim(IdempotencyKey Row, bool IsDone, string Fingerprint, DateTimeOffset ExpiresAt)
    {
        /// <summary>Completes the row with what came of the command, and lets it be stored with it.</summary>
        public void Complete(CommandTry attempt, Guid ticketId, Guid messageId)
        {
            Row.Fingerprint = Fingerprint;
            Row.ExpiresAt = ExpiresAt;
            Row.TicketId = ticketId;
            Row.MessageId = messageId;
            attempt.Claim(Row);
        }
    }
}
