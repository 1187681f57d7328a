using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpDesk.Specification.Feed;

/// <summary>Counts the connections that a host opens and closes, of which each look of the reader needs one, and fails them where a test says so.</summary>
public sealed class Looks : DbConnectionInterceptor
{
    private int count;
    private int underWay;

    public int Count => Volatile.Read(ref count);

    /// <summary>Whether no look is under way.</summary>
    public bool AreOver => Volatile.Read(ref underWay) == 0;

    public bool IsAway { get; set; }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref count);
        return IsAway ? throw new TimeoutException("Away.") : ValueTask.FromResult(result);
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref underWay);
        return Task.CompletedTask;
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => Interlocked.Decrement(ref underWay);

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        Interlocked.Decrement(ref underWay);
        return Task.CompletedTask;
    }
}
