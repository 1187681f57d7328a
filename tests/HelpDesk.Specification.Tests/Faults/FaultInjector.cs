using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpDesk.Specification.Faults;

/// <summary>What goes wrong at a call.</summary>
public enum Fault
{
    /// <summary>The call fails before it reaches the database.</summary>
    Before,

    /// <summary>The database has done it, but its answer is lost. Not of a commit: that would be no failure of the command.</summary>
    After,

    /// <summary>The caller gives up.</summary>
    Cancellation,
}

/// <summary>What a database throws.</summary>
public sealed class InjectedFaultException() : DbException("Injected.");

/// <summary>Lets the n-th awaited call of a command fail: statements, transactions, savepoints, and the directory.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing to dispose of.")]
public sealed class FaultInjector : DbCommandInterceptor, IDbTransactionInterceptor
{
    private Fault fault;
    private int callsLeft;
    private CancellationTokenSource caller = new();

    public CancellationToken Token => caller.Token;

    /// <summary>Whether the call came for which it was armed.</summary>
    public bool HasFired { get; private set; }

    public void Arm(Fault what, int call)
    {
        (fault, callsLeft) = (what, call);
        caller = new CancellationTokenSource();
        HasFired = false;
    }

    public void Disarm() => callsLeft = 0;

    public Task AtDirectoryAsync()
    {
        Before();
        return Task.CompletedTask;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Before(result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Before(result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => Before(result);

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        try
        {
            return After(result);
        }
        catch
        {
            await result.DisposeAsync();
            throw;
        }
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default) => new(After(result));

    public override ValueTask<object?> ScalarExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default) => new(After(result));

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) => Before(result);

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => Before(result);

    public ValueTask<InterceptionResult> CreatingSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => Before(result);

    public Task CreatedSavepointAsync(DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        After(0);
        return Task.CompletedTask;
    }

    public ValueTask<InterceptionResult> ReleasingSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => Before(result);

    private ValueTask<T> Before<T>(T result)
    {
        Before();
        return new ValueTask<T>(result);
    }

    private void Before()
    {
        if (fault == Fault.After || !IsNow())
            return;
        if (fault == Fault.Before)
            throw new InjectedFaultException();
        caller.Cancel();
        caller.Token.ThrowIfCancellationRequested();
    }

    private T After<T>(T result) => fault == Fault.After && IsNow() ? throw new InjectedFaultException() : result;

    private bool IsNow()
    {
        if (callsLeft == 0 || --callsLeft > 0)
            return false;
        HasFired = true;
        return true;
    }
}
