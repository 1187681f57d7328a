using System.Globalization;
using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Received mail as rows: each claimed by one process at a time, those of one sender in their order, and settled by whoever still has the claim.</summary>
internal sealed class InboundLedger(HelpDeskDb db, CommandRunner runner, TimeProvider clock, IOptions<HelpDeskOptions> options)
{
    public const int LongestExcerpt = 10_000;

    // Half a minute of pauses: then the later ones go on without it.
    private const int FirstTries = 3;

    public static readonly Actor Self = Actor.System("inbound mail");

    public Task<Guid?> FindDeliveryAsync(string source, string deliveryKey, CancellationToken cancellationToken) =>
        db.InboundMail.AsNoTracking().Where(mail => mail.Source == source && mail.DeliveryKey == deliveryKey).Select(mail => (Guid?)mail.Id).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Takes what was staged, and remembers the delivery and the mail, in one commit.</summary>
    public Task<InboundReceipt> AddAsync(MailArrival arrival, Guid uploadId, CancellationToken cancellationToken) => runner.RunAsync(
        "inbound.add",
        async (attempt, token) =>
        {
            var source = arrival.Email.Source;
            if (await FindDeliveryAsync(source, arrival.DeliveryKey, token) is { } known)
                return new InboundReceipt { Id = known, IsDuplicate = true };

            var upload = await db.Uploads.AsTracking().FirstOrDefaultAsync(row => row.Id == uploadId && row.State == Attachments.UploadState.Stored, token)
                ?? throw new StorageUnavailableException(new IOException("The stored mail was swept before it could be taken."));
            await attempt.TrackAsync(upload, token);
            var first = await db.InboundMail.AsNoTracking().Where(mail => mail.DuplicateKey == arrival.DuplicateKey).Select(mail => new { mail.Id, mail.TicketId, mail.ReceivedAt }).FirstOrDefaultAsync(token);
            var mail = arrival.ToMail(upload, first is null ? arrival.DuplicateKey : $"{Guid.NewGuid():N}", clock.GetStorableNow());
            db.InboundMail.Add(mail);
            if (first is null)
            {
                db.Uploads.Remove(upload);
            }
            else
            {
                // Its delivery has to be known too, or the same key could bring another mail; its bytes we have.
                mail.Settle(InboundMailState.Rejected, string.Create(CultureInfo.InvariantCulture, $"The same mail as the one of {first.ReceivedAt:u}."), first.TicketId);
                upload.Discard(clock.GetStorableNow());
            }

            attempt.StoreRows(mayCollide: true);
            return new InboundReceipt { Id = first?.Id ?? mail.Id, IsDuplicate = first is not null };
        },
        cancellationToken);

    /// <summary>Claims mails that are due. While an earlier one of the same sender is at its first tries, the later ones wait, so that a conversation keeps its order.</summary>
    public async Task<IReadOnlyList<ClaimedMail>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        if (!await db.AnyQuietlyAsync(Due(now).OrderBy(mail => mail.ReceivedAt).Select(_ => 1), cancellationToken))
            return [];

        return await runner.RunAsync<IReadOnlyList<ClaimedMail>>(
            "inbound.claim",
            async (attempt, token) =>
            {
                await attempt.EnsureTransactionAsync(token);
                var first = Due(now)
                    .Where(mail => !db.InboundMail.Any(earlier => mail.From != "" && earlier.From == mail.From && earlier.State == InboundMailState.Received && earlier.ReceivedAt < mail.ReceivedAt && earlier.Attempts <= FirstTries))
                    .OrderBy(mail => mail.ReceivedAt)
                    .Select(mail => mail.Id)
                    .Take(most);
                var ids = await db.LockAsync<InboundMail>(first, token);
                if (ids.Count == 0)
                    return [];

                var claims = await db.InboundMail.AsNoTracking().Where(mail => ids.Contains(mail.Id)).OrderBy(mail => mail.ReceivedAt)
                    .Select(mail => new ClaimedMail(mail.Id, mail.Attempts + 1) { IsExplained = mail.Reason != null }).ToListAsync(token);
                DateTimeOffset? until = LeaseFromNow();
                await db.InboundMail.Where(mail => ids.Contains(mail.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(mail => mail.LeaseUntil, until).SetProperty(mail => mail.Reason, (string?)null).SetProperty(mail => mail.Attempts, mail => mail.Attempts + 1), token);
                attempt.StoreRows(mayCollide: false);
                return claims;
            },
            cancellationToken);
    }

    /// <summary>Long enough for the processing to be stopped in time, though clocks differ a little.</summary>
    public DateTimeOffset LeaseFromNow() => clock.GetStorableNow() + (options.Value.Inbound.ProcessingTimeout * 4 / 3);

    public Task<InboundMail?> FindAsync(ClaimedMail claim, CancellationToken cancellationToken) =>
        db.InboundMail.AsNoTracking().FirstOrDefaultAsync(mail => mail.Id == claim.Id && mail.State == InboundMailState.Received && mail.Attempts == claim.Attempt, cancellationToken);

    /// <summary>Gives a failed try a time for the next one.</summary>
    public Task PostponeAsync(ClaimedMail claim, TimeSpan pause, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = clock.GetStorableNow() + pause;
        return runner.RunAsync(
            "inbound.postpone",
            async (attempt, token) =>
            {
                if (db.Dialect.HasSingleWriter)
                    await attempt.EnsureTransactionAsync(token);
                attempt.StoreRows(mayCollide: false);
                return await db.InboundMail.Where(mail => mail.Id == claim.Id && mail.State == InboundMailState.Received && mail.Attempts == claim.Attempt)
                    .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.LeaseUntil, until).SetProperty(mail => mail.Reason, reason), token);
            },
            cancellationToken);
    }

    /// <summary>Settles a mail that becomes no message.</summary>
    /// <returns>Whether it was still to be settled.</returns>
    public Task<bool> SettleAsync(ClaimedMail claim, InboundMailState state, string reason, Guid? ticketId, MailHead? head, string? excerpt, CancellationToken cancellationToken) => runner.RunAsync(
        "inbound.settle",
        async (attempt, token) =>
        {
            if (await TakeAsync(claim, attempt, token) is not { } mail)
                return false;

            mail.Settle(state, reason, ticketId);
            if (head is not null)
                mail.Describe(head);
            mail.Excerpt = excerpt is null ? null : TextRules.Cut(excerpt, LongestExcerpt);
            attempt.StoreRows(mayCollide: false);
            return true;
        },
        cancellationToken);

    /// <summary>Holds at once what else waits of a sender: one by one it would keep everybody's mail waiting, since each look passes over all of it.</summary>
    public Task HoldFloodAsync(string from, string reason, CancellationToken cancellationToken) => runner.RunAsync(
        "inbound.flood",
        async (attempt, token) =>
        {
            if (db.Dialect.HasSingleWriter)
                await attempt.EnsureTransactionAsync(token);
            attempt.StoreRows(mayCollide: false);
            return await db.InboundMail.Where(mail => mail.From == from && mail.State == InboundMailState.Received && mail.LeaseUntil == null)
                .ExecuteUpdateAsync(set => set.SetProperty(mail => mail.State, InboundMailState.Held).SetProperty(mail => mail.Reason, reason), token);
        },
        cancellationToken);

    /// <summary>Reads a mail to be changed in the commit that settles it; null where somebody else has settled it.</summary>
    public async Task<InboundMail?> TakeAsync(ClaimedMail claim, CommandTry attempt, CancellationToken cancellationToken)
    {
        var mail = await db.InboundMail.AsTracking().FirstOrDefaultAsync(mail => mail.Id == claim.Id, cancellationToken);
        return mail is not null && await attempt.TrackAsync(mail, cancellationToken) && mail.State == claim.State && mail.Attempts == claim.Attempt ? mail : null;
    }

    private IQueryable<InboundMail> Due(DateTimeOffset now) =>
        db.InboundMail.Where(mail => mail.State == InboundMailState.Received && (mail.LeaseUntil == null || mail.LeaseUntil <= now));
}
