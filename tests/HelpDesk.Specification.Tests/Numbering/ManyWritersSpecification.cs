using System.Diagnostics;
using HelpDesk.Specification.Desks;
using HelpDesk.Specification.Writers;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Numbering;

public abstract class ManyWritersSpecification(HelpDeskFixture fixture, ITestOutputHelper output) : DeskTest(fixture)
{
    private const int Writers = 64;
    private const int TicketsEach = 1000;

    [Fact]
    public async Task Sixty_four_writers_open_a_thousand_tickets_each_without_an_error_or_a_number_twice()
    {
        await using var desk = await Fixture.StartAsync(new DeskSetup
        {
            AddContext = (services, configure) => services.AddDbContextPool<DeskContext>(configure, poolSize: 128),
            HasHandlers = false,
        });
        var watch = Stopwatch.StartNew();
        var numbers = await AtOnce.RunAsync(Writers, async writer =>
        {
            var own = new List<string>(TicketsEach);
            for (var i = 0; i < TicketsEach; i++)
                own.Add((await desk.OpenAsync(Alice, $"{writer}-{i}")).Number);
            return own;
        });
        watch.Stop();
        output.WriteLine($"{Fixture.Name}: {Writers} writers opened {Writers * TicketsEach} tickets in {watch.Elapsed.TotalSeconds:F1} s.");

        var all = numbers.SelectMany(own => own).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Writers * TicketsEach, all.Count);
        Assert.Equal(Writers * TicketsEach, await Desk.ReadAsync(context => Task.FromResult(context.Set<Ticket>().Select(t => t.Number).Distinct().Count())));
    }
}
