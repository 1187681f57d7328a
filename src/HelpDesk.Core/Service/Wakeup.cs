namespace HelpDesk.Service;

/// <summary>Lets one service sleep until something is to be done, or for a while at most.</summary>
internal sealed class Wakeup(TimeProvider clock)
{
    private readonly Lock gate = new();
    private DateTimeOffset? next;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Now() => At(clock.GetUtcNow());

    /// <summary>Wakes the service at that time, unless it wakes earlier.</summary>
    public void At(DateTimeOffset time)
    {
        TaskCompletionSource earlier;
        lock (gate)
        {
            if (next <= time)
                return;

            next = time;
            earlier = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        earlier.TrySetResult();
    }

    /// <summary>Forgets all times of before: the service is about to look itself.</summary>
    public void Clear()
    {
        lock (gate)
            next = null;
    }

    /// <summary>Waits until the earliest time that was named since, or the latest one that is given; not less than the pause.</summary>
    public async Task WaitAsync(TimeSpan pause, DateTimeOffset latest, CancellationToken cancellationToken)
    {
        await Task.Delay(pause, clock, cancellationToken);
        while (true)
        {
            Task change;
            DateTimeOffset until;
            lock (gate)
            {
                change = changed.Task;
                until = next < latest ? next.Value : latest;
            }

            var left = until - clock.GetUtcNow();
            if (left <= TimeSpan.Zero)
                return;

            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Task.Delay(left, clock, enough.Token), change);
            await enough.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
