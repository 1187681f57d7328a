using System.Text.Json;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>Watches what a background service does, by asking again and again.</summary>
internal static class Poll
{
    /// <summary>More than any service takes, on a machine that is busy with other tests too. What is promised, a test reads from the times in the answer.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Asks until the answer is the expected one, which it returns; fails with the last one at the deadline.</summary>
    /// <param name="ask">Reads something that must be there.</param>
    /// <param name="isExpected">Whether the service has done its work.</param>
    /// <param name="between">Between two questions; for hosts whose clock the test moves.</param>
    public static async Task<Answer> UntilAsync(Func<Task<Answer>> ask, Func<JsonElement, bool> isExpected, Action? between = null)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = (await ask()).Is(200);
            if (isExpected(answer.Json))
                return answer;
            if (TimeProvider.System.GetElapsedTime(start) > Deadline)
                Assert.Fail($"Still not so after {Deadline.TotalSeconds} s:\n{answer}");

            between?.Invoke();
            await Task.Delay(Pause, Token);
        }
    }

    /// <summary>Does something again and again until it is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo, Action between)
    {
        var start = TimeProvider.System.GetTimestamp();
        do
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, "Still not so.");
            between();
            await Task.Delay(Pause, Token);
        }
        while (!isSo());
    }

    /// <summary>Asks until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline, "Still not so.");
            await Task.Delay(Pause, Token);
        }
    }

    /// <summary>Makes sure that something stays as it is for a while.</summary>
    public static async Task StaysAsync(TimeSpan time, Func<Task> assert)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < time)
        {
            await assert();
            await Task.Delay(Pause, Token);
        }

        await assert();
    }
}
