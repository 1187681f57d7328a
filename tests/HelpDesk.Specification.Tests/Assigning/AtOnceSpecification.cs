using System.Diagnostics;
using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Assigning;

/// <summary>Many tickets at the same moment: capacities hold, nothing is without a reason, and nobody is flooded.</summary>
public abstract class AtOnceSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : AssigningTest(fixture)
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(3, 4)]
    [InlineData(7, 20)]
    public async Task Fifty_tickets_at_once_never_exceed_an_agents_capacity(int agents, int capacity)
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, agents, capacity);

        var tickets = await AtOnce.RunAsync(50, _ => team.OpenAsync());

        var room = Math.Min(50, agents * capacity);
        Assert.Equal(room, tickets.Count(ticket => ticket.Assignee is not null));
        Assert.Equal(room, (await team.LoadsAsync()).Sum());
        Assert.All(await team.LoadsAsync(), load => Assert.InRange(load, 0, capacity));
        foreach (var ticket in tickets)
            Assert.False(string.IsNullOrEmpty(await team.ReasonAsync(ticket.Id)), ticket.Number);
    }

    [Theory]
    [InlineData(BuiltInStrategy.LeastLoaded)]
    [InlineData(BuiltInStrategy.RoundRobin)]
    public async Task Of_seven_hundred_tickets_sixty_four_at_once_the_busiest_of_seven_agents_has_little_more_than_a_hundred(BuiltInStrategy strategy)
    {
        const int Tickets = 700;
        const int Agents = 7;
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            Options = options => options.Assignment.Strategy = strategy,
            AddContext = (services, configure) => services.AddDbContextPool<DeskContext>(configure, poolSize: 128),
        });
        var team = await Team.CreateAsync(desk, Agents);
        var left = Tickets;

        var watch = Stopwatch.StartNew();
        await AtOnce.RunAsync(64, async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await team.OpenAsync();
            return true;
        });
        watch.Stop();

        var loads = await team.LoadsAsync();
        output.WriteLine($"{Fixture.Name}, {strategy}: {string.Join(", ", loads)} in {watch.Elapsed.TotalSeconds:F1} s, {Tickets / watch.Elapsed.TotalSeconds:F0} a second");
        Assert.Equal(Tickets, loads.Sum());
        Assert.InRange(loads.Max(), 0, 1.25 * Tickets / Agents);
    }

    [Fact]
    public async Task Whatever_happens_at_once_the_loads_are_those_of_the_tickets()
    {
        await using var desk = await StartAsync();
        var team = await Team.CreateAsync(desk, 3);
        var tickets = new List<TicketView>();
        for (var number = 0; number < 12; number++)
            tickets.Add(await team.OpenAsync());

        // Each ticket is resolved, answered, given away and reopened by several at once.
        await AtOnce.RecordAsync(48, async number =>
        {
            var ticket = tickets[number % tickets.Count].Id;
            switch (number / tickets.Count)
            {
                case 0:
                    await desk.ResolveAsync(team.Agents[number % 3], ticket);
                    break;
                case 1:
                    await desk.ReplyAsync(team.Agents[(number + 1) % 3], ticket);
                    break;
                case 2:
                    await desk.ChangeAsync(new ChangeTicket { Actor = Mia, Ticket = ticket, AssigneeId = team.Agents[(number + 2) % 3].Id });
                    break;
                default:
                    await desk.ReplyAsync(Alice, ticket);
                    break;
            }
        });

        var counted = new List<int>();
        foreach (var agent in team.Agents)
        {
            var page = await desk.SearchAsync(new SearchTickets { Actor = Mia, Assignee = agent.Id, Statuses = [TicketStatus.Open, TicketStatus.Pending], Limit = 100 });
            counted.Add(page.Tickets.Count);
        }

        Assert.Equal(counted, await team.LoadsAsync());
    }
}
