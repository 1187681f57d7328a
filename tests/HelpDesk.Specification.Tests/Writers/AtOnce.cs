namespace HelpDesk.Specification.Writers;

/// <summary>Starts things together, each on a thread of its own: SQLite's calls block, and would starve the pool that everything else runs on.</summary>
internal static class AtOnce
{
    public static async Task<T[]> RunAsync<T>(int count, Func<int, Task<T>> start)
    {
        using var gate = new ManualResetEventSlim();
        var tasks = Enumerable.Range(0, count)
            .Select(number => Task.Factory.StartNew(
                () =>
                {
                    gate.Wait();
                    return start(number).GetAwaiter().GetResult();
                },
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default))
            .ToList();
        gate.Set();
        return await Task.WhenAll(tasks);
    }

    /// <summary>What each of them threw; null for success.</summary>
    public static Task<Exception?[]> RecordAsync(int count, Func<int, Task> start) =>
        RunAsync(count, async number => await Record.ExceptionAsync(() => start(number)));
}
