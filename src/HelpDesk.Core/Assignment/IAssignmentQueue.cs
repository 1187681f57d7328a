namespace HelpDesk.Assignment;

/// <summary>The tickets that wait for an agent, and the loads that say who has room. Call it; do not implement it.</summary>
/// <remarks>
/// The library's own service calls it: at once when this process frees capacity, and once a second for what other processes do. A host with a scheduler of its
/// own sets <c>HelpDesk:Assignment:RunsInBackground</c> to false and calls both methods. Scoped; safe on any number of nodes at once.
/// </remarks>
public interface IAssignmentQueue
{
    /// <summary>Assigns the tickets that wait and for which there is an agent now, the most urgent and oldest first.</summary>
    /// <returns>How many were assigned.</returns>
    Task<int> AssignWaitingAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts the tickets of every agent and puts a load right that differs, as after a deletion by hand or a change of <see cref="AssignmentOptions.CountPending"/>.</summary>
    /// <returns>How many loads were put right.</returns>
    Task<int> RecountAsync(CancellationToken cancellationToken = default);
}
