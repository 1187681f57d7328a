namespace HelpDesk.Sla;

/// <summary>Applies a changed policy to all tickets at once. Call it; do not implement it.</summary>
/// <remarks>
/// Scoped. It goes through the tickets that are not closed, in batches that are each one commit. After each batch it yields a cursor: whoever keeps the last one
/// can go on from there after an interruption.
/// </remarks>
public interface ISlaRecalculation
{
    /// <summary>Recomputes the due times of the tickets that the actor sees.</summary>
    /// <param name="actor">A manager or a job.</param>
    /// <param name="cursor">Where to go on: the cursor of the last batch of a run that was interrupted; null from the start.</param>
    /// <param name="cancellationToken">Ends the run after the batch.</param>
    /// <returns>The batches as they are done; enumerate them to the end.</returns>
    /// <exception cref="ForbiddenException">The actor is neither a manager nor a job.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not one of these.</exception>
    IAsyncEnumerable<SlaRecalculationBatch> RunAsync(Actor actor, string? cursor = null, CancellationToken cancellationToken = default);
}

/// <summary>A batch of a recalculation that is committed.</summary>
/// <param name="Checked">How many tickets were looked at.</param>
/// <param name="Changed">How many of them have other due times now.</param>
/// <param name="Cursor">Where to go on after it.</param>
public sealed record SlaRecalculationBatch(int Checked, int Changed, string Cursor);
