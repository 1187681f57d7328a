using System.Diagnostics;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Specification.Escalating;

/// <summary>When the library's own service sweeps. Its clock is the test's, so nothing happens unless the time for it has come.</summary>
public abstract class EscalationServiceSpecification(HelpDeskFixture fixture) : EscalatingTest(fixture)
{
    [Fact]
    public async Task It_wakes_for_what_is_due_next_long_before_its_interval()
    {
        await using var desk = await StartWithServiceAsync(TimeSpan.FromDays(1));
        await using var elsewhere = await StartAsync();
        // Of another process, so that nothing but the look into the database can tell of it.
        elsewhere.Clock.Advance(TimeSpan.FromHours(1));
        var next = await elsewhere.OpenAsync(Alice, priority: TicketPriority.Urgent);
        await using var service = await RunUntilItHasSweptAsync(desk);

        desk.Clock.Advance(TimeSpan.FromHours(1));
        await UntilEscalatedAsync(desk, next.Id, TimeSpan.FromSeconds(1), most: 10);
    }

    [Fact]
    public async Task It_wakes_for_a_ticket_that_this_process_opens_meanwhile()
    {
        await using var desk = await StartWithServiceAsync(TimeSpan.FromDays(1));
        await using var service = await RunUntilItHasSweptAsync(desk);

        var late = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);
        desk.Clock.Advance(TimeSpan.FromHours(2));
        await UntilEscalatedAsync(desk, late.Id, TimeSpan.FromSeconds(1), most: 10);
    }

    [Fact]
    public async Task What_another_process_opens_it_finds_once_in_the_interval()
    {
        await using var desk = await StartWithServiceAsync(TimeSpan.FromMinutes(15));
        await using var elsewhere = await StartAsync();
        await using var service = await RunUntilItHasSweptAsync(desk);
        elsewhere.Clock.Advance(TimeSpan.FromHours(2));
        var late = await elsewhere.OpenAsync(Alice, priority: TicketPriority.Urgent);

        desk.Clock.Advance(TimeSpan.FromHours(2));
        await UntilEscalatedAsync(desk, late.Id, TimeSpan.FromMinutes(1), most: 17);
    }

    [Fact]
    public async Task A_sweep_that_fails_is_tried_again()
    {
        var injector = new Faults.FaultInjector();
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            HelpDesk = helpDesk => helpDesk.AddEscalation(),
            Context = options => options.AddInterceptors(injector),
        });
        await using var elsewhere = await StartAsync();
        var late = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);
        desk.Clock.Advance(TimeSpan.FromHours(3));
        injector.Arm(Faults.Fault.Before, 2);
        await using var service = await RunAsync(desk);

        await UntilEscalatedAsync(desk, late.Id, TimeSpan.FromSeconds(1), most: 20, seenFrom: elsewhere);

        Assert.True(injector.HasFired);
    }

    [Fact]
    public async Task Switched_off_it_leaves_the_sweep_to_the_scheduler_of_the_host()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            Options = options => options.Escalation.RunsInBackground = false,
            HelpDesk = helpDesk => helpDesk.AddEscalation(),
        });
        var late = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);
        await using var service = await RunAsync(desk);

        desk.Clock.Advance(TimeSpan.FromHours(3));
        await service.EndedAsync();

        Assert.Null((await desk.StoredAsync(late.Id)).EscalatedAt);
        await SweepAsync(desk);
        Assert.NotNull((await desk.StoredAsync(late.Id)).EscalatedAt);
    }

    private Task<Desk> StartWithServiceAsync(TimeSpan interval) => Fixture.StartAsync(new DeskSetup
    {
        Options = options => options.Escalation.Interval = interval,
        HelpDesk = helpDesk => helpDesk.AddEscalation(),
    });

    /// <summary>Moves the clock on, a few steps at most, until the ticket is escalated; the service works in real time in between, and may not have waited yet when the clock was moved.</summary>
    private static async Task UntilEscalatedAsync(Desk desk, Guid ticket, TimeSpan step, int most, Desk? seenFrom = null)
    {
        var (watch, taken) = (Stopwatch.StartNew(), 0);
        while ((await (seenFrom ?? desk).StoredAsync(ticket)).EscalatedAt is null)
        {
            Assert.True(watch.Elapsed < Patience, "It was not escalated.");
            if (taken++ < most || taken % 100 == 0)
                desk.Clock.Advance(step);
            await Task.Delay(100, Token);
        }
    }

    /// <summary>Starts the service when something is due, and waits until it has swept: a sweep that came with its start would show nothing of when it wakes.</summary>
    private static async Task<RunningService> RunUntilItHasSweptAsync(Desk desk)
    {
        var first = await desk.OpenAsync(Alice, priority: TicketPriority.Urgent);
        desk.Clock.Advance(TimeSpan.FromHours(2));
        var service = await RunAsync(desk);
        await UntilEscalatedAsync(desk, first.Id, TimeSpan.Zero, most: 0);
        return service;
    }

    private static async Task<RunningService> RunAsync(Desk desk)
    {
        var service = (BackgroundService)desk.Services.GetServices<IHostedService>().Single(service => service.GetType().Name == "EscalationService");
        await service.StartAsync(Token);
        return new RunningService(service);
    }

    private sealed class RunningService(BackgroundService service) : IAsyncDisposable
    {
        public Task EndedAsync() => service.ExecuteTask!.WaitAsync(Patience, Token);

        public async ValueTask DisposeAsync() => await service.StopAsync(CancellationToken.None);
    }
}
