using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Claims received mail and lets it be processed, some at once, each in a scope of its own. A slow one keeps nothing waiting but its own place.</summary>
internal sealed class InboundPump(IServiceScopeFactory scopes, BackgroundWork work, HelpDeskTelemetry telemetry, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<InboundPump> logger)
{
    // A process that dies of a mail leaves no reason behind. By chance, as in deployments, that does not happen so often to one.
    private const int MostUnexplained = 5;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    private readonly InboundOptions inbound = options.Value.Inbound;

    /// <summary>Processes what is due, until nothing is left.</summary>
    public Task<InboundResult> DrainAsync(CancellationToken cancellationToken) => RunAsync(isForever: false, cancellationToken);

    /// <summary>Processes what is due and what is received, until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(isForever: true, cancellationToken);

    private async Task<InboundResult> RunAsync(bool isForever, CancellationToken cancellationToken)
    {
        var result = new InboundResult();
        var underWay = new HashSet<Task<InboundMailState?>>();
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (isForever)
                    work.Inbound.Clear();
                foreach (var claim in await ClaimAsync(inbound.Parallelism - underWay.Count, isForever, cancellationToken))
                    underWay.Add(ProcessAsync(claim, cancellationToken));
                if (!isForever && underWay.Count == 0)
                    return result;

                await WaitAsync(underWay, isForever, cancellationToken);
                foreach (var done in underWay.Where(task => task.IsCompleted).ToList())
                {
                    underWay.Remove(done);
                    result = Count(result, await done);
                }
            }
        }
        finally
        {
            // What is under way is told to stop, and its claim ends by itself.
            await Task.WhenAll(underWay);
        }
    }

    /// <summary>Waits until a mail is done, or (where there is room to begin more) others may have come.</summary>
    private async Task WaitAsync(IReadOnlyCollection<Task> underWay, bool isForever, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var hasRoom = underWay.Count < inbound.Parallelism;
        var woken = !hasRoom ? Task.Delay(Timeout.InfiniteTimeSpan, clock, enough.Token)
            : isForever ? work.Inbound.WaitAsync(TimeSpan.Zero, clock.GetUtcNow() + inbound.PollInterval, enough.Token)
            : Task.Delay(inbound.PollInterval, clock, enough.Token);
        await Task.WhenAny([.. underWay, woken]);
        await enough.CancelAsync();
    }

    /// <summary>Processes one mail, and settles what came of it. It never throws: what cannot be settled is due again when its lease ends.</summary>
    /// <returns>Where it is now; null where it is tried again later.</returns>
    public async Task<InboundMailState?> ProcessAsync(ClaimedMail claim, CancellationToken stopping)
    {
        await Task.Yield(); // What blocks its thread must not keep the others.
        var state = await TryAsync(claim, stopping);
        telemetry.Processed(state);
        return state;
    }

    private async Task<InboundMailState?> TryAsync(ClaimedMail claim, CancellationToken stopping)
    {
        using var activity = HelpDeskTelemetry.Start("inbound.process");
        try
        {
            if (claim is { IsExplained: false, Attempt: > MostUnexplained })
                throw new UnreadableMailException("Every try was ended by the end of its process.");

            using var timeout = new CancellationTokenSource(inbound.ProcessingTimeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                return await scope.ServiceProvider.GetRequiredService<InboundHandler>().HandleAsync(claim, either.Token);
            }
            catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !stopping.IsCancellationRequested)
            {
                throw new TimeoutException($"It took longer than {inbound.ProcessingTimeout}.", exception);
            }
        }
        catch (Exception exception)
        {
            return await SettleFailureAsync(claim, exception, stopping);
        }
    }

    private async Task<IReadOnlyList<ClaimedMail>> ClaimAsync(int most, bool mayFail, CancellationToken cancellationToken)
    {
        if (most <= 0)
            return [];

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<InboundLedger>().ClaimAsync(most, cancellationToken);
        }
        catch (Exception exception) when (mayFail && !cancellationToken.IsCancellationRequested)
        {
            Log.SweepFailed(logger, "inbound mail", exception);
            await Task.Delay(PauseAfterFailure, clock, cancellationToken);
            return [];
        }
    }

    private async Task<InboundMailState?> SettleFailureAsync(ClaimedMail claim, Exception failure, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var ledger = scope.ServiceProvider.GetRequiredService<InboundLedger>();
            if (stopping.IsCancellationRequested)
            {
                await ledger.PostponeAsync(claim, TimeSpan.Zero, "The process was stopped.", CancellationToken.None);
                return null;
            }

            var isHopeless = failure is UnreadableMailException || claim.Attempt >= inbound.MostAttempts;
            // Agents see it: what others' exceptions say of servers and paths is for the log.
            var reason = TextRules.Cut(failure is UnreadableMailException or HelpDeskException or TimeoutException ? failure.Message : $"It could not be processed: {failure.GetType().Name}.", TicketLimits.ReasonLength);
            if (isHopeless)
            {
                Log.MailFailed(logger, claim.Id, claim.Attempt, failure);
                var excerpt = await scope.ServiceProvider.GetRequiredService<InboundFiles>().ExcerptAsync(claim, CancellationToken.None);
                await ledger.SettleAsync(claim, InboundMailState.Failed, reason, ticketId: null, head: null, excerpt, CancellationToken.None);
                return InboundMailState.Failed;
            }

            var pause = DeliveryTimes.Pause(claim.Attempt, Random.Shared.NextDouble());
            Log.MailPostponed(logger, claim.Id, claim.Attempt, pause, failure);
            await ledger.PostponeAsync(claim, pause, reason, CancellationToken.None);
        }
        catch (Exception exception)
        {
            Log.MailNotSettled(logger, claim.Id, exception);
        }

        return null;
    }

    private static InboundResult Count(InboundResult result, InboundMailState? state) => state switch
    {
        InboundMailState.Processed => result with { Processed = result.Processed + 1 },
        InboundMailState.Held => result with { Held = result.Held + 1 },
        InboundMailState.Rejected => result with { Rejected = result.Rejected + 1 },
        _ => result with { Failed = result.Failed + 1 },
    };
}
