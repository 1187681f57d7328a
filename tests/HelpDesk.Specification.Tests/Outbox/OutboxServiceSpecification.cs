using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Specification.Outbox;

/// <summary>When the service wakes. Time stands still in these tests unless they move it: whatever is delivered meanwhile was delivered because of the commit.</summary>
public abstract class OutboxServiceSpecification(HelpDeskFixture fixture) : OutboxTest(fixture)
{
    [Fact]
    public async Task A_commit_of_the_same_process_wakes_it_at_once()
    {
        await using var running = await StartAsync(Desk);

        var ticket = (await Desk.OpenAsync(Alice)).Id;

        await Log.UntilAsync(log => log.Of<Telephone>(ticket).Count == 1);
    }

    [Fact]
    public async Task The_hosts_own_commit_wakes_it_and_nothing_is_delivered_before()
    {
        await using var running = await StartAsync(Desk);
        await using var scope = Desk.NewScope();
        await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
        var ticket = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "With an order", Body = "Both or none." }, Token)).Ticket().Id;

        Assert.Empty(Log.Of<Telephone>(ticket));
        await transaction.CommitAsync(Token);

        await Log.UntilAsync(log => log.Of<Telephone>(ticket).Count == 1);
    }

    [Fact]
    public async Task What_the_host_rolls_back_is_not_told_with_the_next_commit_of_the_connection()
    {
        await using var running = await StartAsync(Desk);
        await using var scope = Desk.NewScope();
        Guid rolledBack;
        await using (var transaction = await scope.Context.Database.BeginTransactionAsync(Token))
        {
            rolledBack = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Taken back", Body = "Never mind." }, Token)).Ticket().Id;
            await transaction.RollbackAsync(Token);
        }

        await using (var transaction = await scope.Context.Database.BeginTransactionAsync(Token))
        {
            var ticket = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "In earnest", Body = "Now." }, Token)).Ticket().Id;
            await transaction.CommitAsync(Token);
            await Log.UntilAsync(log => log.Of<Telephone>(ticket).Count == 1);
        }

        Assert.Empty(Log.Of<Telephone>(rolledBack));
    }

    [Fact]
    public async Task What_another_process_commits_is_found_by_looking()
    {
        await using var running = await StartAsync(Desk);
        await Desk.OpenAsync(Alice);
        await Log.UntilAsync(log => log.All.Count >= 2);
        await using var other = await Fixture.StartAsync(SetupOf());

        var ticket = (await other.OpenAsync(Alice)).Id;

        await MoveTimeUntilAsync(Desk, () => Log.Of<Telephone>(ticket).Count == 1);
    }

    [Fact]
    public async Task A_retry_is_found_by_looking_too()
    {
        var tries = 0;
        Log.Before = (one, _) => one.Handler == typeof(Telephone) && Interlocked.Increment(ref tries) == 1 ? throw new InvalidOperationException("Busy.") : Task.CompletedTask;
        await using var running = await StartAsync(Desk);
        var ticket = (await Desk.OpenAsync(Alice)).Id;

        await MoveTimeUntilAsync(Desk, () => Log.Of<Telephone>(ticket).Count == 1);

        Assert.Equal(2, tries);
    }

    [Fact]
    public async Task A_slow_handler_does_not_keep_other_tickets_waiting()
    {
        var gate = new TaskCompletionSource();
        var slow = Guid.Empty;
        Log.Before = (one, token) => one.Event.TicketId == slow ? gate.Task.WaitAsync(token) : Task.CompletedTask;
        await using var scope = Desk.NewScope();
        await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
        slow = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Slow", Body = "Slow." }, Token)).Ticket().Id;
        await transaction.CommitAsync(Token);
        await using var running = await StartAsync(Desk);

        var quick = (await Desk.OpenAsync(Alice)).Id;

        await Log.UntilAsync(log => log.Of<Telephone>(quick).Count == 1);
        Assert.Empty(Log.Of<Telephone>(slow));
        gate.SetResult();
        await Log.UntilAsync(log => log.Of<Telephone>(slow).Count == 1);
    }

    [Fact]
    public async Task A_process_that_stops_gives_back_what_it_had_not_finished()
    {
        var begun = new TaskCompletionSource();
        var ticket = Guid.Empty;
        Log.Before = async (one, token) =>
        {
            if (one.Event.TicketId != ticket)
                return;
            begun.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        await using var scope = Desk.NewScope();
        await using var transaction = await scope.Context.Database.BeginTransactionAsync(Token);
        ticket = (await scope.Tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Under way", Body = "When it stops." }, Token)).Ticket().Id;
        await transaction.CommitAsync(Token);
        await using (await StartAsync(Desk))
            await begun.Task.WaitAsync(Patience, Token);

        Assert.All(await DeliveriesAsync(ticket), delivery => Assert.Equal((DeliveryState.Pending, 1, (DateTimeOffset?)null), (delivery.State, delivery.Attempts, delivery.LeaseUntil)));
        Log.Before = (_, _) => Task.CompletedTask;
        await Desk.DispatchAsync();
        Assert.Equal([TicketEventKinds.TicketOpened], Log.Of<Telephone>(ticket));
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options => options.Outbox.RunsInBackground = false));
        var service = desk.Services.GetServices<IHostedService>().OfType<Service.OutboxService>().Single();
        await service.StartAsync(Token);

        await service.ExecuteTask!.WaitAsync(Patience, Token);
    }
}
