using HelpDesk.Inbound;

namespace HelpDesk.Service;

/// <summary>A mail that somebody is about to settle: a worker by its claim, an agent in the state that was seen.</summary>
/// <param name="Id">The row.</param>
/// <param name="Attempt">The number of the try.</param>
internal sealed record ClaimedMail(Guid Id, int Attempt)
{
    public InboundMailState State { get; init; } = InboundMailState.Received;

    /// <summary>Whether the try before it has said how it ended, or there was none.</summary>
    public bool IsExplained { get; init; } = true;
}
