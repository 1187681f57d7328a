using System.Runtime.CompilerServices;
using HelpDesk.Events;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Service;

internal sealed class TicketFeed(FeedReader reader, HelpDeskDb db, ITicketAccess access, TimeProvider clock) : ITicketFeed
{
    private const int PageSize = 500;

    // Whoever has signed out or lost a role hears no more after this.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public IAsyncEnumerable<FeedItem> ListenAsync(Actor actor, Guid? lastEventId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return ListenAsync(actor, new FeedSight(db, access, actor), lastEventId, cancellationToken);
    }

    private async IAsyncEnumerable<FeedItem> ListenAsync(Actor actor, FeedSight sight, Guid? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var listener = reader.Join(actor, sight.IsInMemory);
        try
        {
            using var end = new CancellationTokenSource(Longest, clock);
            await using var closing = end.Token.Register(listener.Close);
            var position = await listener.JoinedAsync(cancellationToken);
            var after = lastEventId is { } id ? await FindAsync(id, cancellationToken) : null;
            yield return new FeedStarted { IsReset = lastEventId is not null && after is null };

            var told = new HashSet<long>();
            for (var from = after ?? position.Mark; from < position.Mark && !end.IsCancellationRequested;)
            {
                var page = await sight.PageAsync(from, position.Mark, PageSize, cancellationToken);
                told.UnionWith(page.Select(row => row.Seq).Where(position.Missing.Contains));
                foreach (var item in await sight.FilterAsync(new FeedBatch(page, []), cancellationToken))
                    yield return item;
                from = page.Count < PageSize ? position.Mark : page[^1].Seq;
            }

            while (await listener.WaitAsync(cancellationToken))
            {
                var batch = listener.Take();
                foreach (var item in await sight.FilterAsync(batch with { Events = [.. batch.Events.Where(IsNews)] }, cancellationToken))
                    yield return item;
            }

            // Another process may have told more than this one had read. And what was late when the listener joined may have been among what it had missed.
            bool IsNews(FeedRow row) => row.IsLate ? !told.Contains(row.Seq) : !(row.Seq <= after);
        }
        finally
        {
            reader.Leave(listener);
        }
    }

    private Task<long?> FindAsync(Guid eventId, CancellationToken cancellationToken) =>
        db.Events.AsNoTracking().IgnoreQueryFilters().Where(e => e.Id == eventId).Select(e => (long?)e.Seq).FirstOrDefaultAsync(cancellationToken);
}
