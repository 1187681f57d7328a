using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Outbox;

/// <summary>What is given up blocks nothing, is listed, and can be tried again.</summary>
public abstract class DeadLetterSpecification(HelpDeskFixture fixture) : OutboxTest(fixture)
{
    private static readonly string Telephones = typeof(Telephone).FullName!;

    [Fact]
    public async Task After_so_many_tries_a_delivery_is_given_up_and_the_later_events_go_on()
    {
        await using var desk = await Fixture.StartAsync(SetupOf(options => options.Outbox.MostAttempts = 3));
        var ticket = (await desk.OpenAsync(Alice)).Id;
        await desk.ReplyAsync(Alice, ticket);
        LogOf(desk).Before = (one, _) => one.Event.TicketId == ticket && one.Event.Kind == TicketEventKinds.TicketOpened ? throw new InvalidOperationException("No.") : Task.CompletedTask;

        for (var i = 0; i < 3; i++)
        {
            await desk.DispatchAsync();
            desk.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([TicketEventKinds.MessageAdded], LogOf(desk).Of<Telephone>(ticket));
        var letter = Assert.Single(await DeadAsync(desk, ticket));
        Assert.Equal((TicketEventKinds.TicketOpened, 3, "InvalidOperationException: No."), (letter.Kind, letter.Attempts, letter.Error));
    }

    [Fact]
    public async Task A_permanent_failure_is_given_up_at_once()
    {
        var ticket = (await Desk.OpenAsync(Alice)).Id;
        Log.Before = (one, _) => one.Event.TicketId == ticket ? throw new PermanentFailureException("Gone for good.") : Task.CompletedTask;

        var result = await Desk.DispatchAsync();

        Assert.Equal(2, result.Dead);
        Assert.Equal(1, Assert.Single(await DeadAsync(Desk, ticket)).Attempts);
    }

    [Fact]
    public async Task A_dead_letter_can_be_replayed_alone_or_with_all_of_its_handler()
    {
        var (first, second) = ((await Desk.OpenAsync(Alice)).Id, (await Desk.OpenAsync(Alice)).Id);
        Log.Before = (one, _) => one.Handler == typeof(Telephone) ? throw new PermanentFailureException("Gone.") : Task.CompletedTask;
        await Desk.DispatchAsync();
        Log.Before = (_, _) => Task.CompletedTask;

        var letter = Assert.Single(await DeadAsync(Desk, first));
        var one = await ReplayAsync(letter.EventId);
        await Desk.DispatchAsync();
        Assert.Equal((1, 1, 0), (one, Log.Of<Telephone>(first).Count, Log.Of<Telephone>(second).Count));

        await ReplayAsync();
        await Desk.DispatchAsync();
        Assert.Equal([TicketEventKinds.TicketOpened], Log.Of<Telephone>(second));
        Assert.Empty(await DeadAsync(Desk, second));
    }

    [Fact]
    public async Task They_are_listed_page_by_page()
    {
        var tickets = new List<Guid>();
        for (var i = 0; i < 103; i++)
            tickets.Add((await Desk.OpenAsync(Alice)).Id);
        Log.Before = (_, _) => throw new PermanentFailureException("Gone.");
        await Desk.DispatchAsync();

        await using var scope = Desk.NewScope();
        var letters = scope.Services.GetRequiredService<IDeadLetters>();
        var all = new List<DeadLetter>();
        for (var page = await letters.ListAsync(cancellationToken: Token); page.Count > 0; page = await letters.ListAsync(after: page[^1], cancellationToken: Token))
        {
            Assert.InRange(page.Count, 1, 100);
            all.AddRange(page);
        }

        Assert.Equal(all.Count, all.DistinctBy(letter => letter.Id).Count());
        Assert.Equal(all.Select(letter => letter.Seq).Order(), all.Select(letter => letter.Seq));
        Assert.Equal(2 * tickets.Count, all.Count(letter => tickets.Contains(letter.TicketId)));
    }

    private static async Task<List<DeadLetter>> DeadAsync(Desk desk, Guid ticket)
    {
        await using var scope = desk.NewScope();
        var letters = scope.Services.GetRequiredService<IDeadLetters>();
        var all = new List<DeadLetter>();
        for (var page = await letters.ListAsync(Telephones, cancellationToken: Token); page.Count > 0; page = await letters.ListAsync(Telephones, page[^1], Token))
            all.AddRange(page);
        return all.FindAll(letter => letter.TicketId == ticket);
    }

    private async Task<int> ReplayAsync(Guid? eventId = null)
    {
        await using var scope = Desk.NewScope();
        return await scope.Services.GetRequiredService<IDeadLetters>().ReplayAsync(Telephones, eventId, Token);
    }
}
