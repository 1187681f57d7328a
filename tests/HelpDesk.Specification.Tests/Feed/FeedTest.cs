using HelpDesk.Events;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Feed;

/// <summary>A host whose events are listened to. Time stands still unless a test moves it.</summary>
public abstract class FeedTest(HelpDeskFixture fixture) : DeskTest(fixture)
{
    private readonly Looks looks = new();

    protected Looks Looks => looks;

    protected override DeskSetup Setup => SetupOf();

    protected DeskSetup SetupOf(Action<HelpDeskBuilder>? helpDesk = null) => new() { HasHandlers = false, Context = options => options.AddInterceptors(looks), HelpDesk = helpDesk };

    protected Task<Heard> ListenAsync(Actor actor, Guid? lastEventId = null) => ListenAsync(Desk, actor, lastEventId);

    protected static async Task<Heard> ListenAsync(Desk desk, Actor actor, Guid? lastEventId = null)
    {
        var heard = new Heard(desk, actor, lastEventId);
        var started = heard.BeginAsync();
        await UntilAsync(() => started.IsCompleted, desk);
        Assert.False((await started).IsReset);
        heard.Read();
        return heard;
    }

    /// <summary>Lets time pass in small steps until it is so.</summary>
    protected static async Task UntilAsync(Func<bool> isSo, params Desk[] desks)
    {
        for (var i = 0; i < 3000 && !isSo(); i++)
        {
            foreach (var desk in desks)
                desk.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, Token);
        }

        Assert.True(isSo(), "Still not so.");
    }

    /// <summary>Waits until it is so, while time stands still.</summary>
    protected static Task StillUntilAsync(Func<bool> isSo) => UntilAsync(isSo);

    /// <summary>Lets so much time pass at most, and waits until it is so, however long the machine takes for it.</summary>
    protected static async Task WithinAsync(TimeSpan time, Func<bool> isSo, Desk desk)
    {
        var step = time / 20;
        for (var i = 0; i < 3000 && !isSo(); i++)
        {
            // A little more at times, for a reader that did not wait yet when the clock was moved.
            if (i < 20 || i % 100 == 0)
                desk.Clock.Advance(i < 20 ? step : TimeSpan.FromMilliseconds(20));
            await Task.Delay(10, Token);
        }

        Assert.True(isSo(), $"Not within {time.TotalSeconds} s.");
    }

    /// <summary>The same within less time than lies between two looks: because somebody woke the reader. Call it after <see cref="PassAsync"/>.</summary>
    protected Task AtOnceAsync(Func<bool> isSo) => WithinAsync(TimeSpan.FromMilliseconds(400), isSo, Desk);

    /// <summary>Lets time pass, and lets the reader look so often then that it must have told all that it could; 0.4 seconds more.</summary>
    protected async Task PassAsync(TimeSpan time, Desk? of = null)
    {
        var desk = of ?? Desk;
        desk.Clock.Advance(time);
        for (var look = 0; look < 3; look++)
        {
            var before = looks.Count;
            desk.Services.GetRequiredService<Service.BackgroundWork>().Feed.Now();
            for (var step = 0; step < 10_000 && looks.Count == before; step++)
            {
                // Once more only where the reader was not waiting yet.
                if (step % 100 == 0)
                    desk.Clock.Advance(TimeSpan.FromMilliseconds(step == 0 ? 110 : 20));
                await Task.Delay(2, Token);
            }
        }
    }

    /// <summary>Writes events behind the help desk's back: in one commit, and without waking anybody.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="count">How many.</param>
    /// <param name="firstSeq">The number of the first, so that one below can be missing; 0 for the next ones.</param>
    protected Task<IReadOnlyList<TicketEvent>> WriteAsync(Guid ticket, int count, long firstSeq = 0) => Desk.ReadAsync<IReadOnlyList<TicketEvent>>(async context =>
    {
        var sequence = 1000 + await context.Set<TicketEvent>().CountAsync(Token);
        List<TicketEvent> events = [.. Enumerable.Range(0, count).Select(i => new TicketEvent(
            ticket, sequence + i, TicketEventKinds.TicketChanged, isPublic: true, Desk.Clock.GetUtcNow(), Guid.NewGuid(), "{}", firstSeq == 0 ? 0 : firstSeq + i))];
        context.AddRange(events);
        await using var transaction = await context.Database.BeginTransactionAsync(Token);
        if (firstSeq != 0 && context.Database.IsSqlServer())
            await context.Database.ExecuteSqlAsync($"SET IDENTITY_INSERT [HelpDeskEvents] ON", Token);
        await context.SaveChangesAsync(Token);
        if (firstSeq != 0 && context.Database.IsSqlServer())
            await context.Database.ExecuteSqlAsync($"SET IDENTITY_INSERT [HelpDeskEvents] OFF", Token);
        // The other databases count on from the highest number by themselves.
        if (firstSeq != 0 && context.Database.IsNpgsql())
            await context.Database.ExecuteSqlAsync($"""SELECT setval(pg_get_serial_sequence('"HelpDeskEvents"', 'Seq'), (SELECT MAX("Seq") FROM "HelpDeskEvents"))""", Token);
        await transaction.CommitAsync(Token);
        return events;
    });

    protected Task<long> LastSeqAsync() => Desk.ReadAsync(context => context.Set<TicketEvent>().MaxAsync(e => e.Seq, Token));

    protected static async Task SetPresenceAsync(Desk desk, Actor actor, Guid ticket, PresenceMode? mode)
    {
        await using var scope = desk.NewScope();
        await scope.Services.GetRequiredService<IPresence>().SetAsync(new SetPresence { Actor = actor, Ticket = ticket, Mode = mode }, Token);
    }
}
