using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Transactions;
using HelpDesk.Service;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace HelpDesk.Persistence;

/// <summary>Lets the background services know of what was committed, by a command itself or later by the host, whose transaction it was a part of.</summary>
/// <remarks>
/// EF Core tells its diagnostic listeners of every commit. An interceptor would have to be among the options of the host's context, which the library cannot reach where
/// the context that the host names is a subclass with options of its own. A commit that EF Core does not make (of a transaction that the host made without it) is found by looking.
/// </remarks>
internal sealed class CommitObserver(BackgroundWork work, HelpDeskTelemetry telemetry) : IObserver<System.Diagnostics.DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly string Committing = RelationalEventId.TransactionCommitted.Name!;
    private static readonly string RollingBack = RelationalEventId.TransactionRolledBack.Name!;
    private static readonly string Disposing = RelationalEventId.TransactionDisposed.Name!;

    private readonly ConditionalWeakTable<DbTransaction, List<TicketChange>> waiting = [];
    private readonly List<IDisposable> subscriptions = [];
    private readonly Lock gate = new();
    private bool isListening;
    private bool isDisposed;

    /// <summary>Takes notice of what a command has stored: at once, or when the transaction around it is committed.</summary>
    public void Stored(DbContext context, IReadOnlyList<TicketChange> changes)
    {
        if (changes.Count == 0)
            return;

        if ((Transaction.Current ?? context.Database.GetEnlistedTransaction()) is { } ambient)
        {
            ambient.TransactionCompleted += (_, end) =>
            {
                if (end.Transaction?.TransactionInformation.Status == TransactionStatus.Committed)
                    Committed(changes);
            };
        }
        else if (context.Database.CurrentTransaction is { } host)
        {
            Listen();
            var changesOfHost = waiting.GetOrCreateValue(host.GetDbTransaction());
            lock (changesOfHost)
                changesOfHost.AddRange(changes);
        }
        else
        {
            Committed(changes);
        }
    }

    void IObserver<System.Diagnostics.DiagnosticListener>.OnNext(System.Diagnostics.DiagnosticListener value)
    {
        if (value.Name == DbLoggerCategory.Name)
            Keep(value.Subscribe(this, static name => name == Committing || name == RollingBack || name == Disposing));
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        // What others have subscribed to comes here too.
        var isEnd = value.Key == Committing || value.Key == RollingBack || value.Key == Disposing;
        if (!isEnd || value.Value is not TransactionEventData end || !waiting.TryGetValue(end.Transaction, out var changes))
            return;

        // Drivers use transaction objects again: what was rolled back must not be there at the next commit.
        waiting.Remove(end.Transaction);
        if (value.Key == Committing)
            Committed(changes);
    }

    void IObserver<System.Diagnostics.DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<System.Diagnostics.DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    public void Dispose()
    {
        List<IDisposable> ended;
        lock (gate)
        {
            isDisposed = true;
            ended = [.. subscriptions];
            subscriptions.Clear();
        }

        // Not behind our lock: the runtime has one of its own around this, and calls us behind it.
        ended.ForEach(subscription => subscription.Dispose());
    }

    private void Committed(IReadOnlyList<TicketChange> changes)
    {
        telemetry.Committed(changes);
        work.Done(changes);
    }

    // From the first time on that it is needed; EF Core asks every listener of every statement whether it wants to know.
    private void Listen()
    {
        lock (gate)
        {
            if (isListening || isDisposed)
                return;
            isListening = true;
        }

        Keep(System.Diagnostics.DiagnosticListener.AllListeners.Subscribe(this));
    }

    private void Keep(IDisposable subscription)
    {
        lock (gate)
        {
            if (!isDisposed)
            {
                subscriptions.Add(subscription);
                return;
            }
        }

        subscription.Dispose();
    }
}
