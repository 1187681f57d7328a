using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Persistence;

/// <summary>Lets the writers of this process queue for a database that has room for one, which is SQLite.</summary>
/// <remarks>
/// SQLite itself makes a second writer sleep and try again, in no order: with many of them most of the time is slept away and some wait until they fail. The queue is
/// for that alone. It decides nothing: other processes, and writers of the host, still meet at SQLite's own lock, so after a while whoever waits goes there.
/// </remarks>
internal sealed class WriterQueue
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> queues = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn, which ends with the disposal of what is returned; null where it did not come in time.</summary>
    public async Task<IDisposable?> WaitAsync(DbContext context, CancellationToken cancellationToken)
    {
        var queue = queues.GetOrAdd(context.Database.GetConnectionString() ?? "", static _ => new SemaphoreSlim(1));
        return await queue.WaitAsync(Patience, cancellationToken) ? new Turn(queue) : null;
    }

    private sealed class Turn(SemaphoreSlim queue) : IDisposable
    {
        public void Dispose() => queue.Release();
    }
}
