using System.Collections.Concurrent;
using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Feed;

/// <summary>Somebody who listens, in a scope of their own as a request has it, and what they were told.</summary>
public sealed class Heard : IAsyncDisposable
{
    private readonly ConcurrentQueue<FeedItem> items = new();
    private readonly CancellationTokenSource leaving = new();
    private readonly DeskScope scope;
    private readonly IAsyncEnumerator<FeedItem> feed;
    private Task reading = Task.CompletedTask;
    private bool isDisposed;

    public Heard(Desk desk, Actor actor, Guid? lastEventId)
    {
        scope = desk.NewScope();
        feed = scope.Services.GetRequiredService<ITicketFeed>().ListenAsync(actor, lastEventId, leaving.Token).GetAsyncEnumerator();
    }

    public IReadOnlyList<FeedEvent> Events => [.. items.OfType<FeedEvent>()];

    public IReadOnlyList<FeedPresence> Presence => [.. items.OfType<FeedPresence>()];

    public bool IsOver => reading.IsCompletedSuccessfully;

    public IReadOnlyList<string> Of(Guid ticket) => [.. Events.Where(e => e.TicketId == ticket).Select(e => e.Kind)];

    /// <summary>Who is at a ticket, by what was said last: ids and modes.</summary>
    public string At(Guid ticket) => string.Join(", ", Presence.LastOrDefault(p => p.TicketId == ticket)?.Agents.Select(agent => $"{agent.Name} {agent.Mode}") ?? []);

    /// <summary>Waits for the first item, which says that it has begun.</summary>
    public async Task<FeedStarted> BeginAsync()
    {
        Assert.True(await feed.MoveNextAsync());
        return Assert.IsType<FeedStarted>(feed.Current);
    }

    /// <summary>Begins to take what there is.</summary>
    public void Read() => reading = Task.Run(async () =>
    {
        while (await feed.MoveNextAsync())
            items.Enqueue(feed.Current);
    });

    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        await leaving.CancelAsync();
        await Record.ExceptionAsync(() => reading);
        await feed.DisposeAsync();
        await scope.DisposeAsync();
        leaving.Dispose();
    }
}
