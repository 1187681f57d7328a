using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Specification.Outbox;

/// <summary>A host with two handlers, for each test a new one on the database of the class.</summary>
public abstract class OutboxTest(HelpDeskFixture fixture) : DeskTest(fixture)
{
    protected static IReadOnlyList<string> Handlers { get; } = [typeof(Bookkeeping).FullName!, typeof(Telephone).FullName!];

    protected EventLog Log => LogOf(Desk);

    protected static EventLog LogOf(Desk desk) => desk.Services.GetRequiredService<EventLog>();

    protected override DeskSetup Setup => SetupOf();

    protected static DeskSetup SetupOf(Action<HelpDeskOptions>? options = null, Action<HelpDeskBuilder>? also = null) => new()
    {
        HasHandlers = false,
        Options = options,
        HelpDesk = builder =>
        {
            builder.AddLoggedHandlers();
            also?.Invoke(builder);
        },
    };

    protected Task<List<Delivery>> DeliveriesAsync(Guid ticket) => Desk.ReadAsync(context =>
        context.Set<Delivery>().AsNoTracking().Where(delivery => delivery.TicketId == ticket).OrderBy(delivery => delivery.TicketSequence).ThenBy(delivery => delivery.Handler).ToListAsync(Token));

    /// <summary>Another process takes what is due, and dies of it.</summary>
    protected Task ClaimAndDieAsync() => ClaimAndDieAsync(Desk);

    protected static async Task ClaimAndDieAsync(Desk desk)
    {
        await using var scope = desk.NewScope();
        while ((await scope.Services.GetRequiredService<Service.DeliveryStore>().ClaimAsync(Handlers, 100, Token)).Count > 0)
        {
        }
    }

    /// <summary>Lets time pass until it is so, 200 seconds at most, and as slowly as a busy machine needs: what a handler gets is counted by the same clock.</summary>
    protected static async Task MoveTimeUntilAsync(Desk desk, Func<bool> isSo)
    {
        var (watch, end) = (System.Diagnostics.Stopwatch.StartNew(), desk.Clock.GetUtcNow().AddSeconds(200));
        while (watch.Elapsed < Patience && !isSo())
        {
            if (desk.Clock.GetUtcNow() < end)
                desk.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(50, Token);
        }

        Assert.True(isSo());
    }

    protected static async Task<IAsyncDisposable> StartAsync(Desk desk)
    {
        var service = desk.Services.GetServices<IHostedService>().OfType<Service.OutboxService>().Single();
        await service.StartAsync(Token);
        return new Running(service);
    }

    private sealed class Running(BackgroundService service) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await service.StopAsync(CancellationToken.None);
            service.Dispose();
        }
    }
}
