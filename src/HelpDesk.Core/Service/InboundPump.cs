using HelpDesk.Events;
using HelpDesk.Inbound;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Claims received mail and lets it be processed, some at once, each in a scope of its own.</summary>
internal sealed class InboundPump(IServiceScopeFactory scopes, TimeProvider clock, IOptions<HelpDeskOptions> options, ILogger<InboundPump> logger)
{
    private readonly InboundOptions inbound = options.Value.Inbound;

    /// <summary>Processes what is due, until nothing is left.</summary>
    public async Task<InboundResult> DrainAsync(CancellationToken cancellationToken)
    {
        var result = new InboundResult();
        var underWay = new HashSet<Task<InboundMailState?>>();
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var claim in await ClaimAsync(inbound.Parallelism - underWay.Count, cancellationToken))
                    underWay.Add(ProcessAsync(claim, cancellationToken));
                if (underWay.Count == 0)
                    return result;

                await Task.WhenAny(underWay);
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

    /// <summary>Processes one mail, and settles what came of it. It never throws: what cannot be settled is due again when its lease ends.</summary>
    /// <returns>Where it is now; null where it is tried again later.</returns>
    public async Task<InboundMailState?> ProcessAsync(ClaimedMail claim, CancellationToken stopping)
    {
        using var activity = HelpDeskTelemetry.Start("inbound.process");
        try
        {
            if (claim.Attempt > inbound.MostAttempts)
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

    private async Task<IReadOnlyList<ClaimedMail>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        if (most <= 0)
            return [];

        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<InboundLedger>().ClaimAsync(most, cancellationToken);
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
            var reason = TextRules.Cut(failure is UnreadableMailException ? failure.Message : $"{failure.GetType().Name}: {failure.Message}", TicketLimits.ReasonLength);
            if (isHopeless)
            {
                Log.MailFailed(logger, claim.Id, claim.Attempt, failure);
                var excerpt = await scope.ServiceProvider.GetRequiredService<InboundFiles>().ExcerptAsync(claim, CancellationToken.None);
                await ledger.SettleAsync(claim, InboundMailState.Failed, reason, ticketId: null, from: null, excerpt, CancellationToken.None);
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
