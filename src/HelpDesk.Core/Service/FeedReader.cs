using HelpDesk.Events;
using HelpDesk.People;
using HelpDesk.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Service;

/// <summary>The one reader of events in a process, for all who listen. It runs while somebody does.</summary>
internal sealed class FeedReader(IServiceScopeFactory scopes, BackgroundWork work, HelpDeskTelemetry telemetry, TimeProvider clock, ILogger<FeedReader> logger) : IDisposable
{
    private const int MostListeners = 20; // Of one actor: several tabs in several browsers.
    private const int PageSize = 500;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100); // However much happens, it looks ten times a second at most.
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly List<FeedListener> listeners = [];
    private readonly PresenceBoard board = new(clock);
    private readonly CancellationTokenSource stopping = new();
    private EventLine? line;
    private DateTimeOffset presenceFrom;
    private bool isRunning;

    /// <summary>Lets a listener in, who must leave again.</summary>
    public FeedListener Join(Actor actor, bool isInMemory)
    {
        var listener = new FeedListener(actor, isInMemory);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, this);
            if (listeners.Count(other => other.Actor.Id == actor.Id && other.Actor.Kind == actor.Kind) >= MostListeners)
                throw new TooManyListenersException(MostListeners);

            listeners.Add(listener);
            if (line is not null)
                listener.Joined(PositionOf(line));
            if (!isRunning)
                Start();
        }

        telemetry.Listening(1);
        if (listener.HearsPresence)
            work.Feed.Now();
        return listener;
    }

    public void Leave(FeedListener listener)
    {
        lock (gate)
            listeners.Remove(listener);
        telemetry.Listening(-1);
    }

    public void Dispose()
    {
        stopping.Cancel();
        lock (gate)
            listeners.ForEach(listener => listener.Close());
        stopping.Dispose();
    }

    private static FeedPosition PositionOf(EventLine line) => new(line.Mark, line.Missing.ToHashSet());

    /// <summary>Begins to read, as nobody: what a request carries along (its trace, its HttpContext, a host's tenant) is the listener's who happened to be the first.</summary>
    private void Start()
    {
        isRunning = true;
        var token = stopping.Token;
        ThreadPool.UnsafeQueueUserWorkItem(static start => _ = start.Reader.RunAsync(start.Token), (Reader: this, Token: token), preferLocal: false);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (IsWanted())
        {
            work.Feed.Clear();
            DateTimeOffset? next = null;
            try
            {
                next = await LookAsync(cancellationToken);
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                Log.FeedFailed(logger, exception);
                TurnAway(exception);
            }

            if (next is { } time)
                await work.Feed.WaitAsync(Pause, time, cancellationToken);
            else if (line is not null)
                await Task.Delay(PauseAfterFailure, clock, cancellationToken);
        }
    }

    private bool IsWanted()
    {
        lock (gate)
        {
            if (listeners.Count > 0)
                return true;

            line = null;
            board.Clear();
            return isRunning = false;
        }
    }

    /// <summary>Where reading could not even begin, those who wait for that are told why.</summary>
    private void TurnAway(Exception exception)
    {
        lock (gate)
            listeners.RemoveAll(listener => listener.Fail(exception));
    }

    /// <returns>When to look again, unless something happens before.</returns>
    private async Task<DateTimeOffset> LookAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HelpDeskDb>();
        var now = clock.GetUtcNow();
        var next = line is { } known ? await ReadAsync(known, db, now, cancellationToken) : await BeginAsync(db, now, cancellationToken);
        if (presenceFrom <= now && IsPresenceHeard())
            await LookForPresenceAsync(scope.ServiceProvider, db, now, cancellationToken);
        return next;
    }

    private async Task<DateTimeOffset> BeginAsync(HelpDeskDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var newest = await db.Events.AsNoTracking().IgnoreQueryFilters().OrderByDescending(e => e.Seq).Take(PageSize).Select(e => new { e.Seq, e.At }).ToListAsync(cancellationToken);
        newest.Reverse();
        lock (gate)
        {
            line = EventLine.Behind(newest.ConvertAll(e => (e.Seq, e.At)), now);
            listeners.ForEach(listener => listener.Joined(PositionOf(line)));
        }

        return now + Poll;
    }

    private async Task<DateTimeOffset> ReadAsync(EventLine known, HelpDeskDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (read, missing) = (known.Read, known.Missing.ToArray());
        var events = db.Events.AsNoTracking().IgnoreQueryFilters();
        var news = missing.Length == 0 ? events.Where(e => e.Seq > read) : events.Where(e => e.Seq > read || missing.Contains(e.Seq));
        var rows = await db.ReadQuietlyAsync(FeedRow.Of(news, db.Tickets).Take(PageSize), FeedRow.Read, cancellationToken);
        lock (gate)
        {
            known.Take(rows, now);
            Publish(known.Release(now, PageSize));
        }

        return rows.Count == PageSize || known.HasMore ? now
            : known.NextRelease is { } release && release < now + Poll ? release
            : now + Poll;
    }

    private bool IsPresenceHeard()
    {
        lock (gate)
            return listeners.Exists(listener => listener.HearsPresence);
    }

    private async Task LookForPresenceAsync(IServiceProvider services, HelpDeskDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var news = await board.LookAsync(db, services.GetRequiredService<IUserDirectory>(), cancellationToken);
            lock (gate)
                PublishPresence(news);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A directory that does not answer must not hold up the events.
            presenceFrom = now + PauseAfterFailure;
            Log.FeedFailed(logger, exception);
        }
    }

    private void Publish(IReadOnlyList<FeedRow> events)
    {
        if (events.Count > 0)
            Offer(listener => listener.Offer(events, []));
    }

    /// <summary>Tells what has changed; whoever is new to it, all that there is.</summary>
    private void PublishPresence(IReadOnlyList<SeenPresence> news) => Offer(listener =>
    {
        var concerning = listener.KnowsPresence ? news : board.All;
        listener.KnowsPresence = true;
        return listener.Offer([], concerning);
    });

    private void Offer(Predicate<FeedListener> offer)
    {
        foreach (var listener in listeners.Where(listener => !offer(listener)).ToList())
        {
            listeners.Remove(listener);
            Log.ListenerTooSlow(logger);
        }
    }
}
