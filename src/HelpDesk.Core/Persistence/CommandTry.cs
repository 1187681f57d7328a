using System.Diagnostics;
using HelpDesk.Attachments;
using HelpDesk.Events;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpDesk.Persistence;

/// <summary>One try of a command: its transaction, where it needs one of its own, and its single save.</summary>
internal sealed class CommandTry(
    HelpDeskDb db, WriterQueue queue, IReadOnlyList<string> handlers, TrackedState before, bool lockFirst, bool inOuterTransaction, bool repeats) : IAsyncDisposable
{
    private readonly List<TicketChange> changes = [];
    private readonly List<IDisposable> held = [];
    private IDisposable? turn;
    private bool hasWaited;
    private IDbContextTransaction? transaction;
    private Func<CancellationToken, Task>? beforeSave;
    private Guid? marker;
    private int events;
    private bool areLocked;
    private bool isSaving;

    /// <summary>What is stored, or was.</summary>
    public IReadOnlyList<TicketChange> Changes => changes;

    /// <summary>Whether the command inserts a row under a key that another may insert at the same time, so that a failed insert is worth a repetition.</summary>
    public bool MayCollide { get; private set; }

    /// <summary>Hands over what is to be stored. The statements of <paramref name="beforeTheSave"/> (a number, a claim) run as late as possible.</summary>
    /// <remarks>From here on the new messages have their keys; the ticket has its new version once the command is done.</remarks>
    public void Store(TicketChange ticketChange, Func<CancellationToken, Task>? beforeTheSave = null, bool mayCollide = false)
    {
        db.Messages.AddRange(ticketChange.Messages);
        changes.Add(ticketChange);
        MayCollide |= mayCollide;
        beforeSave = beforeTheSave;
        isSaving = true;
    }

    /// <summary>Hands over changes of tickets whose rows this try has locked already.</summary>
    public void StoreLocked(IEnumerable<TicketChange> ticketChanges)
    {
        changes.AddRange(ticketChanges);
        areLocked = true;
        isSaving = true;
    }

    /// <summary>Disposes of something when the try is over, committed or not.</summary>
    public void Holds(IDisposable until) => held.Add(until);

    /// <summary>Lets the rows be stored that the command has added or changed apart from tickets.</summary>
    public void StoreRows(bool mayCollide)
    {
        isSaving = true;
        MayCollide = mayCollide;
    }

    public void Claim(IdempotencyKey key)
    {
        MayCollide = true;
        if (key.Id == Guid.Empty)
            db.IdempotencyKeys.Add(key);
    }

    /// <summary>Lets an upload become an attachment. Its row is deleted in the state in which it was read, which decides against the sweep; and both have one key, which decides against another command.</summary>
    public void Take(Upload upload, TicketAttachment attachment)
    {
        MayCollide = true;
        db.Attachments.Add(attachment);
        db.Uploads.Remove(upload);
    }

    /// <summary>Makes sure that a row just read is tracked, and holds what is stored even where the host had it before.</summary>
    /// <returns>Whether the row is still there.</returns>
    public async Task<bool> TrackAsync(object row, CancellationToken cancellationToken)
    {
        var entry = db.Context.Entry(row);
        if (before.Knew(row))
            await entry.ReloadAsync(cancellationToken);
        else if (entry.State == EntityState.Detached)
            entry.State = EntityState.Unchanged;
        return entry.State != EntityState.Detached;
    }

    /// <summary>After a lost race: waits for the other writers of the ticket, so that no further race can be lost.</summary>
    public Task LockAsync(TicketKey key, CancellationToken cancellationToken) => LockAsync(key, evenFirst: false, cancellationToken);

    /// <summary>Waits for the other writers of the ticket, <paramref name="evenFirst"/> in the first try.</summary>
    public async Task LockAsync(TicketKey key, bool evenFirst, CancellationToken cancellationToken)
    {
        if (!lockFirst && !evenFirst)
            return;

        await EnsureTransactionAsync(cancellationToken);
        await key.In(db.Tickets).ExecuteUpdateAsync(KeepSequence, cancellationToken);
    }

    /// <summary>The same for uploads that a command takes: where a race must not be lost, they are locked before they are read.</summary>
    public async Task LockAsync(IQueryable<Upload> uploads, CancellationToken cancellationToken)
    {
        if (!lockFirst)
            return;

        await EnsureTransactionAsync(cancellationToken);
        await uploads.ExecuteUpdateAsync(set => set.SetProperty(upload => upload.ExpiresAt, upload => upload.ExpiresAt), cancellationToken);
    }

    public async Task EnsureTransactionAsync(CancellationToken cancellationToken)
    {
        if (inOuterTransaction || transaction is not null)
            return;

        await TakeTurnAsync(cancellationToken);
        transaction = await db.Context.Database.BeginTransactionAsync(cancellationToken);
    }

    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (!isSaving)
            return;

        // A host may have switched off the transaction that SaveChanges makes by itself. And where a commit whose answer got lost can still turn out to be
        // stored, it must not be the save that fails with it: that one would forget the keys that the database gave to the host's own rows.
        if (repeats || db.Context.Database.AutoTransactionBehavior == AutoTransactionBehavior.Never)
            await EnsureTransactionAsync(cancellationToken);
        foreach (var change in changes.Where(_ => MayCollide || db.Dialect.HasSingleWriter))
            await ClaimTicketAsync(change.Ticket, cancellationToken);
        if (beforeSave is not null)
            await beforeSave(cancellationToken);

        foreach (var change in changes)
            await AddRowsAsync(change, cancellationToken);
        var loads = changes.SelectMany(change => change.LoadChanges()).ToList();
        if (loads.Count > 0)
            await EnsureTransactionAsync(cancellationToken);
        DetectOwnChanges();
        await TakeTurnAsync(cancellationToken);
        await db.Context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);

        // The rows of agents are hot: they are locked last, after the ticket as by every writer, and for the time of the commit only.
        await AgentLoads.ChangeAsync(db, loads, cancellationToken);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes the stored values the tracked ones, the host's own among them; before the commit a rollback would have lost those.</summary>
    public void Accept()
    {
        if (isSaving)
            db.Context.ChangeTracker.AcceptAllChanges();
        db.LostEvents -= events;
    }

    /// <summary>Whether the try was stored, for the case that the connection broke while the database answered the commit.</summary>
    public async Task<bool> WasStoredAsync(CancellationToken cancellationToken) =>
        marker is { } id && await db.Audit.AsNoTracking().AnyAsync(entry => entry.Id == id, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
        }
        finally
        {
            turn?.Dispose();
            held.ForEach(until => until.Dispose());
        }
    }

    /// <summary>Once at most: whoever gave up waiting goes to SQLite's own lock, and must not wait again while holding it.</summary>
    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (hasWaited || inOuterTransaction || !db.Dialect.HasSingleWriter)
            return;

        hasWaited = true;
        turn = await queue.WaitAsync(db.Context, cancellationToken);
    }

    /// <summary>
    /// Locks the ticket's row in the version that was read, before the save writes anything. Where other rows under a key of their own go with it, all writers
    /// then lock in one order, the ticket first, as a repeated try does. And on SQLite the save would find a lost race only halfway, after inserts whose keys the
    /// rolled-back database gives out again, so that EF Core would meet them twice.
    /// </summary>
    private async Task ClaimTicketAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        if (lockFirst || areLocked || db.Context.Entry(ticket).State == EntityState.Added)
            return;

        await EnsureTransactionAsync(cancellationToken);
        var claimed = await db.Tickets.Where(t => t.Id == ticket.Id && t.Version == ticket.Version).ExecuteUpdateAsync(KeepSequence, cancellationToken);
        if (claimed == 0)
            throw new DbUpdateConcurrencyException("Another command has changed the ticket.");
    }

    private static void KeepSequence(UpdateSettersBuilder<Ticket> set) => set.SetProperty(ticket => ticket.LastSequence, ticket => ticket.LastSequence);

    // A host may have switched off the detection of changes.
    private void DetectOwnChanges()
    {
        if (db.Context.ChangeTracker.AutoDetectChangesEnabled)
            return;
        foreach (var entry in db.Context.ChangeTracker.Entries().Where(entry => TrackedState.IsOurs(entry)))
            entry.DetectChanges();
    }

    private async Task AddRowsAsync(TicketChange done, CancellationToken cancellationToken)
    {
        if (done.Deeds.Count == 0)
            return;

        var ticket = done.Ticket;
        ticket.Stamp(done);
        var seq = await AfterLostEventsAsync(cancellationToken);
        foreach (var deed in done.Deeds)
        {
            var entry = new AuditEntry(ticket.Id, deed.Sequence, done.Now, deed.By.StoredId, deed.Role, deed.Via, deed.Action, deed.ChangesAsJson(), deed.Reason);
            db.Audit.Add(entry);
            marker = entry.Id;
            if (deed.EventKind is { } kind)
                AddEvent(done, deed, kind, ++seq);
        }
    }

    /// <summary>
    /// Where a save of this context failed halfway, EF Core still has the keys in its map that the database gave to the events. SQLite gives them out again
    /// after the rollback, so that the next events must go past them; null where the database is to count as ever.
    /// </summary>
    private async Task<long?> AfterLostEventsAsync(CancellationToken cancellationToken)
    {
        if (db.LostEvents == events || !db.Dialect.HasSingleWriter)
            return null;

        await EnsureTransactionAsync(cancellationToken);
        return (await db.Events.MaxAsync(e => (long?)e.Seq, cancellationToken) ?? 0) + db.LostEvents;
    }

    private void AddEvent(TicketChange done, TicketDeed deed, string kind, long? seq)
    {
        var ticket = done.Ticket;
        var payload = new TicketEventPayload
        {
            Number = ticket.Number,
            ActorId = deed.By.StoredId,
            ActorKind = deed.Role,
            MessageId = deed.Message?.Id,
            AssigneeId = ticket.AssigneeId,
            Targets = deed.Targets,
            TraceParent = Activity.Current?.Id,
        };
        var ticketEvent = new TicketEvent(ticket.Id, deed.Sequence, kind, deed.IsPublic, done.Now, ticket.Version, payload.ToJson(), seq ?? 0);
        db.Events.Add(ticketEvent);
        events++;
        db.LostEvents++;
        foreach (var handler in handlers)
            db.Deliveries.Add(new Delivery(ticketEvent.Id, handler, ticket.Id, deed.Sequence, done.Now));
    }
}
