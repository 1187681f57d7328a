using HelpDesk.Assignment;
using HelpDesk.Escalation;
using Quartz;

namespace HelpDesk.Overrides.Scheduling;

/// <summary>Does what time brings: warns and escalates, closes what was resolved long ago, and finds agents for waiting tickets.</summary>
/// <remarks>
/// Quartz.NET makes each run in a scope of its own. Several at once would be safe, as the database decides who does what; but they would only wait for each other.
/// </remarks>
[DisallowConcurrentExecution]
internal sealed class SweepJob(IEscalationSweep escalation, IAssignmentQueue assignment) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        // In this order: a mistake in the host's own strategy, which the second one calls, must not keep anybody from being told of a broken promise.
        await escalation.RunAsync(cancellationToken);
        await assignment.AssignWaitingAsync(cancellationToken);
    }
}

/// <summary>Puts the agents' loads right, should they ever differ from what they carry. It counts all open tickets, so now and then is enough.</summary>
[DisallowConcurrentExecution]
internal sealed class RecountJob(IAssignmentQueue assignment) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) =>
        await assignment.RecountAsync(cancellationToken);
}
