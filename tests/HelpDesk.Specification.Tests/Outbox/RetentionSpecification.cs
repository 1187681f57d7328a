using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Outbox;

/// <summary>What is no longer needed is forgotten; what was not delivered is kept longer.</summary>
public abstract class RetentionSpecification(HelpDeskFixture fixture) : OutboxTest(fixture)
{
    [Fact]
    public async Task Delivered_events_are_kept_for_seven_days()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        await Desk.DispatchAsync();

        Desk.Clock.Advance(TimeSpan.FromDays(7));
        await SweepAsync();
        Assert.Single(await Desk.EventsAsync(ticket));

        Desk.Clock.Advance(TimeSpan.FromSeconds(1));
        var result = await SweepAsync();
        Assert.True(result.Events >= 1);
        Assert.Empty(await Desk.EventsAsync(ticket));
        Assert.Empty(await DeliveriesAsync(ticket));
    }

    [Fact]
    public async Task Events_that_are_not_delivered_and_dead_letters_are_kept_for_thirty()
    {
        var (pending, dead) = ((await Desk.OpenAsync(Alice)).Id, (await Desk.OpenAsync(Alice)).Id);
        Log.Before = (one, _) => one.Event.TicketId == dead ? throw new PermanentFailureException("Gone.") : throw new InvalidOperationException("Later.");
        await Desk.DispatchAsync();

        Desk.Clock.Advance(TimeSpan.FromDays(30));
        await SweepAsync();
        Assert.Single(await Desk.EventsAsync(pending));
        Assert.Single(await Desk.EventsAsync(dead));

        Desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync();
        Assert.Empty(await Desk.EventsAsync(pending));
        Assert.Empty(await Desk.EventsAsync(dead));
    }

    [Fact]
    public async Task More_than_one_batch_goes_in_one_sweep()
    {
        await using (var scope = Desk.NewScope())
        {
            var tickets = scope.Tickets;
            var ticket = (await tickets.OpenAsync(new OpenTicket { Actor = Alice, Subject = "Busy", Body = "Much." }, Token)).Ticket().Id;
            for (var i = 0; i < 520; i++)
                await tickets.ReplyAsync(new ReplyToTicket { Actor = Alice, Ticket = ticket, Body = "More." }, Token);
        }

        Desk.Clock.Advance(TimeSpan.FromDays(31));

        Assert.True((await SweepAsync()).Events > 520);
        Assert.Equal(0, (await SweepAsync()).Events);
    }

    [Fact]
    public async Task Idempotency_keys_are_forgotten_after_their_day()
    {
        var command = new OpenTicket { Actor = Alice, Subject = "Once", Body = "Only.", IdempotencyKey = Guid.NewGuid().ToString() };
        await Desk.AskAsync(tickets => tickets.OpenAsync(command, Token));

        Assert.Equal(0, (await SweepAsync()).IdempotencyKeys);
        Desk.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        Assert.True((await SweepAsync()).IdempotencyKeys >= 1);
    }

    private async Task<RetentionResult> SweepAsync()
    {
        await using var scope = Desk.NewScope();
        return await scope.Services.GetRequiredService<IRetentionSweep>().RunAsync(Token);
    }
}
