using System.Threading.Channels;
using HelpDesk.Tickets;

namespace HelpDesk.Service;

/// <summary>Where a listener stands when it joins: everything up to the mark was released, but for what is missing.</summary>
internal sealed record FeedPosition(long Mark, IReadOnlySet<long> Missing);

/// <summary>What a listener takes at once.</summary>
internal sealed record FeedBatch(IReadOnlyList<FeedRow> Events, IReadOnlyList<SeenPresence> Presence)
{
    public int Count => Events.Count + (Presence.Count > 0 ? 1 : 0);
}

/// <summary>One who listens: what is kept for them until they take it.</summary>
/// <param name="actor">Who it is.</param>
/// <param name="isInMemory">Whether the library's own rules alone decide what they see, so that nothing else need be kept.</param>
internal sealed class FeedListener(Actor actor, bool isInMemory)
{
    private const int MostBuffered = 1000;

    private readonly Channel<FeedBatch> channel = Channel.CreateUnbounded<FeedBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<FeedPosition> joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int buffered;

    public Actor Actor => actor;

    public bool HearsPresence => actor.HasAgentRights;

    /// <summary>Whether it was told of all presence there is, so that what changes is enough. The reader's.</summary>
    public bool KnowsPresence { get; set; }

    public void Joined(FeedPosition position) => joined.TrySetResult(position);

    /// <returns>Whether it waits to join, which it now does in vain.</returns>
    public bool Fail(Exception exception) => joined.TrySetException(exception);

    public Task<FeedPosition> JoinedAsync(CancellationToken cancellationToken) => joined.Task.WaitAsync(cancellationToken);

    /// <summary>Keeps what concerns the listener.</summary>
    /// <returns>Whether there was room for it; where not, the listener ends with what it has.</returns>
    public bool Offer(IReadOnlyList<FeedRow> events, IReadOnlyList<SeenPresence> presence)
    {
        var batch = new FeedBatch([.. events.Where(Concerns)], HearsPresence ? [.. presence.Where(Concerns)] : []);
        if (batch.Count == 0)
            return true;

        var hasRoom = Interlocked.Add(ref buffered, batch.Count) <= MostBuffered;
        if (hasRoom)
            channel.Writer.TryWrite(batch);
        else
            Close();
        return hasRoom;
    }

    /// <summary>Ends it, after what it has.</summary>
    public void Close() => channel.Writer.TryComplete();

    /// <returns>Whether there is something to take; else it has ended.</returns>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => channel.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes all there is.</summary>
    public FeedBatch Take()
    {
        var (events, presence) = (new List<FeedRow>(), new List<SeenPresence>());
        while (channel.Reader.TryRead(out var batch))
        {
            Interlocked.Add(ref buffered, -batch.Count);
            events.AddRange(batch.Events);
            presence.AddRange(batch.Presence);
        }

        return new FeedBatch(events, presence);
    }

    private bool Concerns(FeedRow row) =>
        (row.IsPublic || (actor.HasAgentRights && !IsKnownAsOwn(row.RequesterId))) && (!isInMemory || DefaultTicketAccess.Sees(actor, row.RequesterId));

    private bool Concerns(SeenPresence presence) => !IsKnownAsOwn(presence.RequesterId);

    private bool IsKnownAsOwn(string? requesterId) => isInMemory && !DefaultTicketAccess.IsInternal(actor, requesterId);
}
