using HelpDesk.Events;

namespace HelpDesk.Service;

internal sealed class OutboxDispatcher(DeliveryPump pump) : IOutboxDispatcher
{
    public Task<DispatchResult> DispatchAsync(CancellationToken cancellationToken = default) => pump.DrainAsync(cancellationToken);
}
