namespace HelpDesk.Events;

/// <summary>The deliveries that were given up. Call it; do not implement it.</summary>
/// <remarks>Scoped, like the host's context. It is for those who run the help desk: who may call it is the host's to decide.</remarks>
public interface IDeadLetters
{
    /// <summary>Lists them, oldest event first.</summary>
    /// <param name="handler">Of this handler only; null for all.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    /// <returns>At most 100.</returns>
    Task<IReadOnlyList<DeadLetter>> ListAsync(string? handler = null, DeadLetter? after = null, CancellationToken cancellationToken = default);

    /// <summary>Lets all dead letters of a handler, or those of one event, be tried again as if for the first time.</summary>
    /// <returns>How many there were. Later events of their tickets may have been delivered before them.</returns>
    Task<int> ReplayAsync(string handler, Guid? eventId = null, CancellationToken cancellationToken = default);
}

/// <summary>A delivery that was given up.</summary>
public sealed record DeadLetter
{
    /// <summary>The delivery's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The event.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The order of the events.</summary>
    public required long Seq { get; init; }

    /// <summary>The handler's stable name.</summary>
    public required string Handler { get; init; }

    /// <summary>The participant of the ticket who was to be told; empty where the handler was given the event itself.</summary>
    public required string Recipient { get; init; }

    /// <summary>The ticket.</summary>
    public required Guid TicketId { get; init; }

    /// <summary>One of <see cref="TicketEventKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Attempts { get; init; }

    /// <summary>What the last failure said.</summary>
    public required string? Error { get; init; }
}
