using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HelpDesk.Specification.Feed;

/// <summary>Counts the connections that a host opens, of which each look of the reader needs one, and fails them where a test says so.</summary>
public sealed class Looks : DbConnectionInterceptor
{
    private int count;

    public int Count => Volatile.Read(ref count);

    public bool IsAway { get; set; }

    public override ValueTask<InterceptionResult> ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref count);
        return IsAway ? throw new TimeoutException("Away.") : ValueTask.FromResult(result);
    }
}
