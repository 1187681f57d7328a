using System.Runtime.ExceptionServices;
using System.Transactions;
using HelpDesk.Attachments;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Stores bytes ahead of the commit that takes them: the row, the object, the row again. What a process leaves that dies in between, the sweep finds by its row.</summary>
internal sealed class UploadStaging(
    HelpDeskDb db,
    IServiceScopeFactory scopes,
    IAttachmentStore store,
    TimeProvider clock,
    IOptions<HelpDeskOptions> options,
    ILogger<UploadStaging> logger,
    IAttachmentScanner? scanner = null)
{
    // What cleans up after a failure must not be stopped by what made it fail, nor go on for ever.
    private static readonly TimeSpan CleaningTimeout = TimeSpan.FromSeconds(15);

    public async Task<StagedUpload> StageAsync(StageUpload command, StagingRules rules, CancellationToken cancellationToken)
    {
        var name = FileNames.Clean(command.FileName);
        var type = FileNames.CleanType(command.ContentType);
        if (!FileTypes.IsAllowed(rules.Types, name))
            throw Refused(name, rules.Types);

        using var apart = Apart();
        using var timeout = new CancellationTokenSource(options.Value.Attachments.UploadTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var upload = await OnLedgerAsync(ledger => ledger.BeginAsync(command.Actor, name, type, either.Token));
        using var content = new MeteredStream(command.Content, rules.Limit, name, rules.Types);
        var hasAnswered = false;
        try
        {
            await StoreAsync(upload, content, either.Token);
            hasAnswered = true;
            if (rules.IsScanned)
                await ScanAsync(upload, content.Count, either.Token);
            if (!await OnLedgerAsync(ledger => ledger.CompleteAsync(upload.Id, content.Count, content.Sha256(), either.Token)))
                throw new TimeoutException("The upload was taken for dead.");
        }
        catch (Exception exception)
        {
            await CleanAsync(upload, mayStillBeStored: !hasAnswered && content.Failure is null);
            if (exception is HelpDeskException || cancellationToken.IsCancellationRequested)
                throw;
            if (content.Failure is not null && timeout.IsCancellationRequested && rules.IsFromClient)
                throw new ValidationException("attachments", $"'{name}' did not arrive within {options.Value.Attachments.UploadTimeout}.");
            // A store may have wrapped it.
            if (content.Failure is { } theirs && rules.IsFromClient)
                ExceptionDispatchInfo.Throw(theirs);
            Log.UploadFailed(logger, upload.Id, exception);
            throw new StorageUnavailableException(exception);
        }

        return new StagedUpload { Id = upload.Id, FileName = name, ContentType = type, Size = content.Count, Sha256 = content.Sha256() };
    }

    private async Task StoreAsync(Upload upload, MeteredStream content, CancellationToken cancellationToken)
    {
        var stored = await store.PutAsync(upload.StorageKey, content, cancellationToken);
        if (!content.IsAtEnd || stored.Size != content.Count)
            throw new IOException($"The store has {stored.Size} bytes of {content.Count}.");
        if (stored.Sha256 is { } sha256 && !string.Equals(sha256, content.Sha256(), StringComparison.OrdinalIgnoreCase))
            throw new IOException("The store has other bytes: the SHA-256 differs.");
    }

    private async Task ScanAsync(Upload upload, long size, CancellationToken cancellationToken)
    {
        if (scanner is null)
            return;

        ScanVerdict verdict;
        await using var content = new AttachmentStream(store, upload.StorageKey, size, static _ => { });
        try
        {
            verdict = await scanner.ScanAsync(new AttachmentScan { FileName = upload.FileName, ContentType = upload.ContentType, Size = size, Content = content }, cancellationToken);
        }
        catch (HelpDeskException exception)
        {
            // Whatever it was for the scanner: for who uploads, the scanner did not do its work.
            throw new IOException("The file could not be scanned.", exception);
        }

        if (verdict.Threat is not { } threat)
            return;

        Log.UploadInfected(logger, upload.Id, threat);
        throw new ValidationException("attachments", $"'{upload.FileName}' was refused: it may be harmful.");
    }

    /// <summary>Deletes at once what came to nothing; what the store may still be storing, only when that must be over.</summary>
    private async Task CleanAsync(Upload upload, bool mayStillBeStored)
    {
        using var timeout = new CancellationTokenSource(CleaningTimeout, clock);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var ledger = scope.ServiceProvider.GetRequiredService<UploadLedger>();
            if (mayStillBeStored)
                await ledger.AbandonAsync(upload.Id, timeout.Token);
            else if (await ledger.ClaimPendingAsync(upload.Id, timeout.Token) is { Count: > 0 } doomed)
                await scope.ServiceProvider.GetRequiredService<UploadRemoval>().DeleteAsync(doomed, timeout.Token);
            else if (!await ledger.IsStoredAsync(upload.Id, timeout.Token))
                await store.DeleteAsync(upload.StorageKey, timeout.Token); // A sweep took it for dead, maybe before it was stored.
        }
        catch (Exception exception)
        {
            // The failure that led here is the one to report. The row is there, so the sweep will find it.
            Log.UploadNotCleaned(logger, upload.Id, exception);
        }
    }

    private async Task<T> OnLedgerAsync<T>(Func<UploadLedger, Task<T>> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<UploadLedger>());
    }

    /// <summary>Out of whatever transaction the host has open: what is rolled back there must not take the row from an object that is stored.</summary>
    public TransactionScope Apart()
    {
        if (db.Dialect.HasSingleWriter && db.Context.Database.CurrentTransaction is not null)
            throw new InvalidOperationException("A transaction is open on the context, and SQLite lets nobody else write meanwhile. Stage or discard files before you begin it.");
        return new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
    }

    private static ValidationException Refused(string name, AttachmentOptions types) => new(
        "attachments", $"'{name}' is of a type that is not allowed. Use one of: {string.Join(", ", types.AllowedExtensions)}.");
}

/// <summary>What may be staged: people's files and those in mails under the host's rules, raw mail whatever it is.</summary>
/// <param name="Limit">Bytes.</param>
/// <param name="Types">Which types are allowed.</param>
/// <param name="IsScanned">Whether the host's scanner sees it.</param>
internal sealed record StagingRules(long Limit, AttachmentOptions Types, bool IsScanned)
{
    /// <summary>Whether the bytes come from somebody who can be slow or break off, and not from a copy of our own.</summary>
    public bool IsFromClient { get; init; }
}
