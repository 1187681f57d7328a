using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using HelpDesk.Attachments;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>The uploads as rows: there before the object, and deleted after it, so that nothing in the store is ever without one. Each call is a commit of its own.</summary>
/// <remarks>
/// A command takes an upload by deleting its row in the state "stored", in its own commit; everybody else first moves it to "deleting". So the database decides between
/// a command and whoever deletes, and the object is touched only once that is settled.
/// </remarks>
internal sealed partial class UploadLedger(HelpDeskDb db, CommandRunner runner, TimeProvider clock, IOptions<HelpDeskOptions> options)
{
    private const string Root = "helpdesk:storage";
    private const string OrphanSweep = "helpdesk:orphan-sweep";

    // A process that died while it deleted is followed by another after this time; two that delete at once do no harm.
    private static readonly TimeSpan DeletionLease = TimeSpan.FromMinutes(10);

    /// <summary>
    /// What the keys of this database begin with. It holds a random number that the database keeps: where several share a store, none takes the files of another for
    /// its own orphans.
    /// </summary>
    public async Task<string> PrefixAsync(CancellationToken cancellationToken)
    {
        var number = await runner.RunAsync(
            "attachments.prefix",
            async (attempt, token) =>
            {
                if (await CounterAsync(Root, token) is { } known)
                    return known;

                var created = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
                db.Counters.Add(new Counter(Root, created));
                attempt.StoreRows(mayCollide: true);
                return created;
            },
            cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"attachments/{number:x16}/");
    }

    /// <summary>Whether a key is one that was made here, or what an unfinished upload under such a key has left. Whatever else lies in a store, somebody else has put there.</summary>
    public static bool IsOurs(string key, string prefix) => key.StartsWith(prefix, StringComparison.Ordinal) && Made().IsMatch(key.AsSpan(prefix.Length));

    /// <summary>Whether the store was not compared with the database for an interval, by whatever process; from now on it counts as done.</summary>
    public Task<bool> ClaimOrphanSweepAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var due = now - (long)interval.TotalSeconds;
        return runner.RunAsync(
            "attachments.turn",
            async (attempt, token) =>
            {
                var last = await CounterAsync(OrphanSweep, token);
                if (last > due)
                    return false;

                if (last is null)
                {
                    db.Counters.Add(new Counter(OrphanSweep, now));
                    attempt.StoreRows(mayCollide: true);
                    return true;
                }

                await attempt.EnsureTransactionAsync(token);
                attempt.StoreRows(mayCollide: false);
                return await db.Counters.IgnoreQueryFilters().Where(counter => counter.Scope == OrphanSweep && counter.Value == last)
                    .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, now), token) == 1;
            },
            cancellationToken);
    }

    /// <summary>Writes down that something is about to be stored.</summary>
    public async Task<Upload> BeginAsync(Actor owner, string fileName, string contentType, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        var prefix = await PrefixAsync(cancellationToken);
        return await runner.RunAsync(
            "attachments.begin",
            (attempt, _) =>
            {
                // A key for each try: of one whose answer got lost nobody knows whether it is taken.
                var key = string.Create(CultureInfo.InvariantCulture, $"{prefix}{now:yyyy}/{now:MM}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}");
                var upload = new Upload(key, owner, fileName, contentType, now + options.Value.Attachments.UploadTimeout + options.Value.Attachments.Grace);
                db.Uploads.Add(upload);
                attempt.StoreRows(mayCollide: false);
                return Task.FromResult(upload);
            },
            cancellationToken);
    }

    /// <summary>Writes down that it is stored, and can be taken.</summary>
    /// <returns>False where its time was over before, and it is being deleted.</returns>
    public async Task<bool> CompleteAsync(Guid id, long size, string sha256, CancellationToken cancellationToken)
    {
        var expiresAt = clock.GetStorableNow() + options.Value.Attachments.UploadLifetime;
        return await ChangeAsync(
            "attachments.complete",
            // The second is what a try has left whose answer got lost.
            db.Uploads.Where(upload => upload.Id == id && (upload.State == UploadState.Pending || (upload.State == UploadState.Stored && upload.Sha256 == sha256))),
            set => set
                .SetProperty(upload => upload.State, UploadState.Stored)
                .SetProperty(upload => upload.Size, size)
                .SetProperty(upload => upload.Sha256, sha256)
                .SetProperty(upload => upload.ExpiresAt, expiresAt),
            cancellationToken) == 1;
    }

    /// <summary>Gives up an upload of which nobody knows what the store may still do with it: it is deleted when that must be over.</summary>
    public Task AbandonAsync(Guid id, CancellationToken cancellationToken)
    {
        var expiresAt = clock.GetStorableNow() + options.Value.Attachments.Grace;
        return ChangeAsync(
            "attachments.abandon",
            db.Uploads.Where(upload => upload.Id == id && upload.State == UploadState.Pending),
            set => set.SetProperty(upload => upload.State, UploadState.Deleting).SetProperty(upload => upload.ExpiresAt, expiresAt),
            cancellationToken);
    }

    /// <summary>Whether it is stored after all: by a commit whose answer got lost. Then it waits, as any other, until its time is over.</summary>
    public Task<bool> IsStoredAsync(Guid id, CancellationToken cancellationToken) =>
        db.Uploads.AsNoTracking().AnyAsync(upload => upload.Id == id && upload.State == UploadState.Stored, cancellationToken);

    /// <summary>Claims an upload that came to nothing, to be deleted at once.</summary>
    public Task<IReadOnlyList<DoomedUpload>> ClaimPendingAsync(Guid id, CancellationToken cancellationToken) =>
        ClaimAsync(db.Uploads.Where(upload => upload.Id == id && upload.State == UploadState.Pending), most: 1, cancellationToken);

    /// <summary>Claims staged uploads of somebody, to be deleted at once. What a command is taking at this moment is left to it.</summary>
    public Task<IReadOnlyList<DoomedUpload>> ClaimStagedAsync(Actor owner, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        ClaimAsync(db.Uploads.Where(upload => ids.Contains(upload.Id) && upload.State == UploadState.Stored).OwnedBy(owner), ids.Count, cancellationToken);

    /// <summary>Claims uploads whose time is over.</summary>
    public Task<IReadOnlyList<DoomedUpload>> ClaimExpiredAsync(int most, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        return ClaimAsync(db.Uploads.Where(upload => upload.ExpiresAt <= now), most, cancellationToken);
    }

    /// <summary>Gives back what was claimed and not tried: it is due at once, before what has failed.</summary>
    public Task ReleaseAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var now = clock.GetStorableNow();
        return ChangeAsync(
            "attachments.release",
            db.Uploads.Where(upload => ids.Contains(upload.Id) && upload.State == UploadState.Deleting),
            set => set.SetProperty(upload => upload.ExpiresAt, now),
            cancellationToken);
    }

    /// <summary>Forgets uploads whose objects are gone.</summary>
    public Task ForgetAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => runner.RunAsync(
        "attachments.forget",
        async (attempt, token) =>
        {
            await attempt.EnsureTransactionAsync(token);
            attempt.StoreRows(mayCollide: false);
            return await db.Uploads.Where(upload => ids.Contains(upload.Id) && upload.State == UploadState.Deleting).ExecuteDeleteAsync(token);
        },
        cancellationToken);

    /// <summary>Which of these keys no row knows, of whatever tenant.</summary>
    public async Task<IReadOnlyList<string>> UnknownAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        // In this order: an upload that a command takes between the queries is an attachment or a mail by the later ones.
        var uploads = await db.Uploads.AsNoTracking().IgnoreQueryFilters().Where(upload => keys.Contains(upload.StorageKey)).Select(upload => upload.StorageKey).ToListAsync(cancellationToken);
        var attachments = await db.Attachments.AsNoTracking().IgnoreQueryFilters().Where(attachment => keys.Contains(attachment.StorageKey)).Select(attachment => attachment.StorageKey).ToListAsync(cancellationToken);
        var mails = await db.InboundMail.AsNoTracking().IgnoreQueryFilters().Where(mail => keys.Contains(mail.StorageKey)).Select(mail => mail.StorageKey).ToListAsync(cancellationToken);
        return [.. keys.Except(uploads, StringComparer.Ordinal).Except(attachments, StringComparer.Ordinal).Except(mails, StringComparer.Ordinal)];
    }

    // Behind the key: the file store's ending, or the S3 store's number of an upload.
    [GeneratedRegex(@"^[0-9]{4}/[0-9]{2}/[0-9a-f]{32}(\.partial|\?.+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Made();

    // One for the database, whatever tenant asks.
    private Task<long?> CounterAsync(string scope, CancellationToken cancellationToken) =>
        db.Counters.AsNoTracking().IgnoreQueryFilters().Where(counter => counter.Scope == scope).Select(counter => (long?)counter.Value).FirstOrDefaultAsync(cancellationToken);

    private Task<IReadOnlyList<DoomedUpload>> ClaimAsync(IQueryable<Upload> uploads, int most, CancellationToken cancellationToken) => runner.RunAsync<IReadOnlyList<DoomedUpload>>(
        "attachments.claim",
        async (attempt, token) =>
        {
            await attempt.EnsureTransactionAsync(token);
            var ids = await db.LockAsync<Upload>(uploads.OrderBy(upload => upload.ExpiresAt).Select(upload => upload.Id).Take(most), token);
            if (ids.Count == 0)
                return [];

            var until = clock.GetStorableNow() + DeletionLease;
            await db.Uploads.Where(upload => ids.Contains(upload.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(upload => upload.State, UploadState.Deleting).SetProperty(upload => upload.ExpiresAt, until), token);
            attempt.StoreRows(mayCollide: false);
            return await db.Uploads.AsNoTracking().Where(upload => ids.Contains(upload.Id)).Select(upload => new DoomedUpload(upload.Id, upload.StorageKey)).ToListAsync(token);
        },
        cancellationToken);

    private Task<int> ChangeAsync(string name, IQueryable<Upload> uploads, Action<UpdateSettersBuilder<Upload>> set, CancellationToken cancellationToken) => runner.RunAsync(
        name,
        async (attempt, token) =>
        {
            await attempt.EnsureTransactionAsync(token);
            attempt.StoreRows(mayCollide: false);
            return await uploads.ExecuteUpdateAsync(set, token);
        },
        cancellationToken);
}

/// <summary>An upload that is being deleted, by whoever has claimed it.</summary>
internal sealed record DoomedUpload(Guid Id, string StorageKey);

internal static class UploadQueries
{
    public static IQueryable<Upload> OwnedBy(this IQueryable<Upload> uploads, Actor owner)
    {
        var (kind, id) = (owner.Kind, owner.Id);
        return uploads.Where(upload => upload.OwnerKind == kind && upload.OwnerId == id);
    }
}
