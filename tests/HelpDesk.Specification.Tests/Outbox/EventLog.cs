using System.Collections.Concurrent;
using HelpDesk.Events;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Outbox;

/// <summary>What two handlers were given, and what they do when they are.</summary>
public sealed class EventLog
{
    private readonly ConcurrentQueue<HandledEvent> handled = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What happens before an event counts as handled: nothing, unless a test lets it fail or wait.</summary>
    public Func<HandledEvent, CancellationToken, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>What one of the handlers has handled of a ticket, in order.</summary>
    public IReadOnlyList<string> Of<THandler>(Guid ticket) =>
        [.. handled.Where(one => one.Handler == typeof(THandler) && one.Event.TicketId == ticket).Select(one => one.Event.Kind)];

    public IReadOnlyList<HandledEvent> All => [.. handled];

    public async Task HandleAsync(HandledEvent one, CancellationToken cancellationToken)
    {
        await Before(one, cancellationToken);
        handled.Enqueue(one);
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Waits until it is so; a test that waits in vain is ended by its patience.</summary>
    public async Task UntilAsync(Func<EventLog, bool> isSo, TimeSpan? patience = null)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(patience ?? TimeSpan.FromMinutes(2));
        while (true)
        {
            var change = Volatile.Read(ref changed).Task;
            if (isSo(this))
                return;
            await change.WaitAsync(enough.Token);
        }
    }
}

public sealed record HandledEvent(Type Handler, TicketEvent Event);

internal sealed class Bookkeeping(EventLog log) : ITicketEventHandler
{
    public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) =>
        log.HandleAsync(new HandledEvent(typeof(Bookkeeping), ticketEvent), cancellationToken);
}

internal sealed class Telephone(EventLog log) : ITicketEventHandler
{
    public Task HandleAsync(TicketEvent ticketEvent, CancellationToken cancellationToken) =>
        log.HandleAsync(new HandledEvent(typeof(Telephone), ticketEvent), cancellationToken);
}

internal static class EventLogExtensions
{
    /// <summary>Two handlers, and the log of what they are given.</summary>
    public static void AddLoggedHandlers(this HelpDeskBuilder builder)
    {
        builder.Services.AddSingleton<EventLog>();
        builder.AddTicketEventHandler<Bookkeeping>().AddTicketEventHandler<Telephone>();
    }
}
