using System.Diagnostics;
using System.Text.RegularExpressions;
using HelpDesk.Events;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

/// <summary>Claims deliveries and runs their handlers, some at once, each in a scope of its own.</summary>
/// <remarks>It claims only what it can begin at once, and each handler has places of its own. A slow one therefore holds up nothing but itself.</remarks>
internal sealed partial class DeliveryPump(
    IServiceScopeFactory scopes, TicketEventHandlers handlers, BackgroundWork work, HelpDeskTelemetry telemetry, TimeProvider clock,
    IOptions<HelpDeskOptions> options, ILogger<DeliveryPump> logger)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly OutboxOptions outbox = options.Value.Outbox;

    /// <summary>Delivers what is due, until nothing is left.</summary>
    public Task<DispatchResult> DrainAsync(CancellationToken cancellationToken) => RunAsync(isForever: false, cancellationToken);

    /// <summary>Delivers what is due and what becomes due, until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => RunAsync(isForever: true, cancellationToken);

    private async Task<DispatchResult> RunAsync(bool isForever, CancellationToken cancellationToken)
    {
        var result = new DispatchResult();
        var underWay = new Dictionary<Task<Outcome>, string>();
        var isWoken = !isForever;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (isForever)
                    work.Outbox.Clear();
                var (free, most) = Room(underWay.Values);
                var claimed = most == 0 ? [] : await ClaimAsync(free, most, isWoken, isForever, cancellationToken);
                foreach (var delivery in claimed)
                    underWay.Add(DeliverAsync(delivery, cancellationToken), delivery.Handler);
                if (!isForever && underWay.Count == 0)
                    break;

                // Where as much was found as was asked for, there may be more.
                isWoken = (most > 0 && claimed.Count == most) || await WaitAsync(underWay.Keys, canBegin: most > 0, isForever, cancellationToken);
                foreach (var done in underWay.Keys.Where(task => task.IsCompleted).ToList())
                {
                    underWay.Remove(done);
                    result = Count(result, await done);
                }
            }
        }
        finally
        {
            // What is under way is told to stop, and marks itself.
            await Task.WhenAll(underWay.Keys);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>The handlers that have places left, and how many all of them have at least.</summary>
    private (IReadOnlyList<string> Handlers, int Most) Room(IEnumerable<string> underWay)
    {
        var taken = underWay.CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var free = handlers.Names.Select(name => (Name: name, Places: outbox.Parallelism - taken.GetValueOrDefault(name))).Where(handler => handler.Places > 0).ToList();
        return (free.ConvertAll(handler => handler.Name), free.Count == 0 ? 0 : free.Min(handler => handler.Places));
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(IReadOnlyList<string> names, int most, bool isSomethingThere, bool mayFail, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<DeliveryStore>();
            if (isSomethingThere)
                return await store.ClaimAsync(names, most, cancellationToken);
            if (!await store.IsAnyDueAsync(names, cancellationToken))
                return [];

            var claimed = await store.ClaimAsync(names, most, cancellationToken);
            if (claimed.Count == 0)
                await store.DeferAsync(names, cancellationToken);
            return claimed;
        }
        catch (Exception exception) when (mayFail && !cancellationToken.IsCancellationRequested)
        {
            Log.DispatchFailed(logger, exception);
            await Task.Delay(PauseAfterFailure, clock, cancellationToken);
            return [];
        }
    }

    /// <summary>Waits until a delivery is done, or (where there is room to begin more) something may have become due.</summary>
    /// <returns>Whether it is known that there is something to look for.</returns>
    private async Task<bool> WaitAsync(IEnumerable<Task<Outcome>> underWay, bool canBegin, bool isForever, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var latest = clock.GetUtcNow() + outbox.PollInterval;
        // The wake-ups are the service's: a call of the host's beside it must neither take them away nor be woken by one that it does not take.
        var woken = !canBegin ? Task.Delay(Timeout.InfiniteTimeSpan, clock, enough.Token)
            : isForever ? work.Outbox.WaitAsync(TimeSpan.Zero, latest, enough.Token)
            : Task.Delay(outbox.PollInterval, clock, enough.Token);
        var first = await Task.WhenAny([.. underWay, woken]);
        await enough.CancelAsync();
        return first != woken || clock.GetUtcNow() < latest;
    }

    private static DispatchResult Count(DispatchResult result, Outcome outcome) => outcome switch
    {
        Outcome.Delivered => result with { Delivered = result.Delivered + 1 },
        Outcome.Failed => result with { Failed = result.Failed + 1 },
        Outcome.Dead => result with { Dead = result.Dead + 1 },
        _ => result,
    };

    /// <summary>Runs one handler and marks what came of it. It never throws: what cannot be marked is due again when its lease ends.</summary>
    private async Task<Outcome> DeliverAsync(ClaimedDelivery delivery, CancellationToken stopping)
    {
        var start = clock.GetTimestamp();
        Activity? activity = null;
        Exception? failure = null;
        try
        {
            activity = HelpDeskTelemetry.StartDelivery(delivery);
            // So many processes have died of it that it must be its own fault.
            if (delivery.Attempt > outbox.MostAttempts)
                throw new PermanentFailureException("Every try was ended by the end of its process.");
            await HandleAsync(delivery, stopping);
        }
        catch (Exception exception)
        {
            failure = exception;
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        }

        try
        {
            var outcome = await MarkAsync(delivery, failure, stopping);
            telemetry.Delivered(delivery.Handler, outcome, clock.GetElapsedTime(start));
            return outcome;
        }
        catch (Exception exception)
        {
            Log.DeliveryNotMarked(logger, delivery.Handler, delivery.Event.Id, exception);
            return Outcome.Released;
        }
        finally
        {
            activity?.Dispose();
        }
    }

    private async Task HandleAsync(ClaimedDelivery delivery, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(outbox.HandlerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, timeout.Token);
        try
        {
            // A handler that does not heed its token must not keep the place of others; it ends whenever it ends, with its scope.
            await InScopeAsync(delivery, either.Token).WaitAsync(outbox.HandlerTimeout + Grace, clock, CancellationToken.None);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException && timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"The handler did not end within {outbox.HandlerTimeout}.", exception);
        }
    }

    private async Task InScopeAsync(ClaimedDelivery delivery, CancellationToken cancellationToken)
    {
        await Task.Yield(); // One that blocks its thread must not keep us either.
        await using var scope = scopes.CreateAsyncScope();
        var handler = handlers.Create(delivery.Handler, scope.ServiceProvider);
        if (delivery.Recipient.Length == 0)
            await handler.HandleAsync(delivery.Event, cancellationToken);
        else
            await ((IRecipientHandler)handler).HandleAsync(delivery.Event, Guid.Parse(delivery.Recipient), cancellationToken);
    }

    private async Task<Outcome> MarkAsync(ClaimedDelivery delivery, Exception? failure, CancellationToken stopping)
    {
        // Also while the process is told to stop: what was sent must not be sent again.
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<DeliveryStore>();
        if (failure is null)
        {
            await store.CompleteAsync(delivery, CancellationToken.None);
            return Outcome.Delivered;
        }

        if (failure is OperationCanceledException && stopping.IsCancellationRequested)
        {
            await store.ReleaseAsync(delivery, CancellationToken.None);
            return Outcome.Released;
        }

        var told = failure is NotificationFailedException { InnerException: { } cause } ? cause : failure;
        var error = TextRules.Cut($"{told.GetType().Name}: {told.Message}", TicketLimits.ReasonLength);
        // What another system answers is told in a word; only what nobody expects needs its trace.
        var reason = Addresses().Replace(error, "…");
        var unexpected = failure is PermanentFailureException or HttpRequestException or TimeoutException or NotificationFailedException ? null : failure;
        if (failure is PermanentFailureException || delivery.Attempt >= outbox.MostAttempts)
        {
            await store.BuryAsync(delivery, error, CancellationToken.None);
            Log.DeliveryDead(logger, delivery.Handler, delivery.Event.Id, delivery.Attempt, reason, unexpected);
            return Outcome.Dead;
        }

        var pause = DeliveryTimes.Pause(delivery.Attempt, Random.Shared.NextDouble());
        await store.PostponeAsync(delivery, clock.GetStorableNow() + pause, error, CancellationToken.None);
        Log.DeliveryFailed(logger, delivery.Handler, delivery.Event.Id, delivery.Attempt, reason, pause, unexpected);
        return Outcome.Failed;
    }

    // They are for the database, but not for the log.
    [GeneratedRegex(@"[^\s<>""']+@[^\s<>""']+")]
    private static partial Regex Addresses();

    internal enum Outcome
    {
        Delivered,
        Failed,
        Dead,

        /// <summary>Neither: the process stops, or could not say what came of it.</summary>
        Released,
    }
}
