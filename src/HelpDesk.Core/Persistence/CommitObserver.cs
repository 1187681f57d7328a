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
    private readonly ConditionalWeakTable<DbTransaction, List<TicketChange>> waiting = [];
    private readonly List<IDisposable> subscriptions = [];
    private readonly Lock gate = new();

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
        if (value.Name != DbLoggerCategory.Name)
            return;
        lock (gate)
            subscriptions.Add(value.Subscribe(this, static name => name == RelationalEventId.TransactionCommitted.Name));
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not TransactionEndEventData end || !waiting.TryGetValue(end.Transaction, out var changes))
            return;

        waiting.Remove(end.Transaction);
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
        lock (gate)
        {
            subscriptions.ForEach(subscription => subscription.Dispose());
            subscriptions.Clear();
        }
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
            if (subscriptions.Count == 0)
                subscriptions.Add(System.Diagnostics.DiagnosticListener.AllListeners.Subscribe(this));
        }
    }
}
