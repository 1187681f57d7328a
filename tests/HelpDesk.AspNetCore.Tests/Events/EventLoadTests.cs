using System.Diagnostics;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Events;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HelpDesk.AspNetCore.Tests.Events;

/// <summary>Many who listen at once, on the real server and the real clock. Alone, so that neither disturbs what other tests measure.</summary>
[CollectionDefinition(nameof(EventLoadTests), DisableParallelization = true)]
[Collection(nameof(EventLoadTests))]
public sealed class EventLoadTests(ITestOutputHelper output)
{
    private const int Listeners = 200;
    private const int Replies = 1000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_hundred_listeners_are_told_of_a_thousand_events_in_order()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            OnKestrel = true,
            OnRealClock = true,
            Database = () => TestDatabase.PostgresAsync(Token),
            Services = services => services.Replace(ServiceDescriptor.Scoped<IActorResolver, AgentOfHeader>()),
        });
        var readers = new List<EventReader>();
        for (var i = 0; i < Listeners; i++)
            readers.Add(await EventReader.OpenAsync(host, Users.Ann, headers: ("X-Agent", $"agent-{i}")));
        var tickets = new List<Guid>();
        for (var i = 0; i < 10; i++)
            tickets.Add((await (await host.AsAsync(Users.Alice)).OpenAsync()).Id);
        var (start, processor) = (TimeProvider.System.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);

        await Parallel.ForEachAsync(tickets, Token, async (ticket, token) =>
        {
            for (var i = 0; i < Replies / tickets.Count; i++)
            {
                await host.WithAsync<ITicketService, object>(async service =>
                    await service.ReplyAsync(new ReplyToTicket { Actor = Actor.User("alice-id"), Ticket = ticket, Body = "More." }, token));
            }
        });
        var written = TimeProvider.System.GetElapsedTime(start);
        var stored = await host.ReadAsync(db => db.Set<TicketEvent>().OrderBy(e => e.Seq).Select(e => e.Id).ToListAsync(Token));
        await Poll.UntilAsync(() => readers.TrueForAll(reader => reader.LastEventId == $"{stored[^1]}"), () => { });
        var told = TimeProvider.System.GetElapsedTime(start);

        output.WriteLine($"{stored.Count} events written in {written.TotalSeconds:F1} s, told to all {Listeners} after {told.TotalSeconds:F1} s; {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:F1} s of processor time with the clients'.");
        foreach (var reader in readers)
        {
            Assert.Equal(stored, reader.Data.Where(data => data.TryGetProperty("id", out _)).Select(data => data.GetProperty("id").GetGuid()));
            await reader.DisposeAsync();
        }
    }

    /// <summary>Takes the caller's word for who they are, so that there can be many.</summary>
    private sealed class AgentOfHeader : IActorResolver
    {
        public ValueTask<Actor?> ResolveAsync(HttpContext context, CancellationToken cancellationToken) =>
            ValueTask.FromResult<Actor?>(Actor.User(context.Request.Headers["X-Agent"].FirstOrDefault() ?? "alice-id", context.Request.Headers.ContainsKey("X-Agent") ? HelpDeskRoles.Support : HelpDeskRoles.None));
    }
}
