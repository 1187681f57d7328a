using HelpDesk.Events;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpDesk.Persistence;

/// <summary>One try of a command: its transaction, where it needs one of its own, and its single save.</summary>
internal sealed class CommandTry(
    HelpDeskDb db, WriterQueue queue, IReadOnlyList<string> handlers, TrackedState before, bool lockFirst, bool inOuterTransaction) : IAsyncDisposable
{
    private IDisposable? turn;
    private IDbContextTransaction? transaction;
    private Func<CancellationToken, Task>? beforeSave;
    private Guid? marker;
    private TicketChange? change;
    private bool isSaving;

    /// <summary>Whether the command inserts a row under a key that another may insert at the same time, so that a failed insert is worth a repetition.</summary>
    public bool MayCollide { get; private set; }

    /// <summary>Hands over what is to be stored. The statements of <paramref name="beforeTheSave"/> (a number, a claim) run as late as possible.</summary>
    /// <remarks>From here on the new messages have their keys; the ticket has its new version once the command is done.</remarks>
    public void Store(TicketChange ticketChange, Func<CancellationToken, Task>? beforeTheSave = null)
    {
        db.Messages.AddRange(ticketChange.Messages);
        change = ticketChange;
        beforeSave = beforeTheSave;
        isSaving = true;
    }

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

    /// <summary>Makes sure that a ticket just read is tracked, and holds what is stored even where the host had it before.</summary>
    public async Task<bool> TrackAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        var entry = db.Context.Entry(ticket);
        if (before.Knew(ticket))
            await entry.ReloadAsync(cancellationToken);
        else if (entry.State == EntityState.Detached)
            entry.State = EntityState.Unchanged;
        return entry.State != EntityState.Detached;
    }

    /// <summary>After a lost race: waits for the other writers of the ticket, so that no further race can be lost.</summary>
    public async Task LockAsync(TicketKey key, CancellationToken cancellationToken)
    {
        if (!lockFirst)
            return;

        await EnsureTransactionAsync(cancellationToken);
        await key.In(db.Tickets).ExecuteUpdateAsync(KeepSequence, cancellationToken);
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

        // A host may have switched off the transaction that SaveChanges makes by itself.
        if (db.Context.Database.AutoTransactionBehavior == AutoTransactionBehavior.Never)
            await EnsureTransactionAsync(cancellationToken);
        if (beforeSave is not null)
            await beforeSave(cancellationToken);

        if (change is not null)
            AddRows(change);
        DetectOwnChanges();
        await TakeTurnAsync(cancellationToken);
        await db.Context.SaveChangesAsync(acceptAllChangesOnSuccess: false, cancellationToken);
        if (transaction is not null)
            await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Makes the stored values the tracked ones, the host's own among them; before the commit a rollback would have lost those.</summary>
    public void Accept()
    {
        if (isSaving)
            db.Context.ChangeTracker.AcceptAllChanges();
    }

    /// <summary>Whether the try was stored, for the case that the connection broke while the database answered the commit.</summary>
    public async Task<bool> WasStoredAsync(CancellationToken cancellationToken) =>
        marker is { } id && await db.Audit.AsNoTracking().AnyAsync(entry => entry.Id == id, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using (turn)
        {
            if (transaction is not null)
                await transaction.DisposeAsync();
        }
    }

    private async Task TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (!inOuterTransaction && db.Dialect.HasSingleWriter)
            turn ??= await queue.WaitAsync(db.Context, cancellationToken);
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

    private void AddRows(TicketChange done)
    {
        var ticket = done.Ticket;
        ticket.Stamp(done);
        foreach (var deed in done.Deeds)
        {
            var entry = new AuditEntry(ticket.Id, deed.Sequence, done.Now, done.Actor.Id, done.Role, done.Via, deed.Action, deed.ChangesAsJson(), deed.Reason);
            db.Audit.Add(entry);
            marker = entry.Id;
            if (deed.EventKind is { } kind)
                AddEvent(done, deed, kind);
        }
    }

    private void AddEvent(TicketChange done, TicketDeed deed, string kind)
    {
        var ticket = done.Ticket;
        var payload = new TicketEventPayload
        {
            Number = ticket.Number,
            ActorId = done.Actor.Id,
            ActorKind = done.Role,
            MessageId = deed.Message?.Id,
            AssigneeId = ticket.AssigneeId,
        };
        var ticketEvent = new TicketEvent(ticket.Id, deed.Sequence, kind, deed.IsPublic, done.Now, ticket.Version, payload.ToJson());
        db.Events.Add(ticketEvent);
        foreach (var handler in handlers)
            db.Deliveries.Add(new Delivery(ticketEvent.Id, handler, ticket.Id, deed.Sequence, done.Now));
    }
}
