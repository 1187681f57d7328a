using HelpDesk.Escalation;
using HelpDesk.Sla;
using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Escalating;

/// <summary>What the facts about promises and their breach have in common.</summary>
public abstract class EscalatingTest(HelpDeskFixture fixture) : DeskTest(fixture)
{
    protected Task<Desk> StartAsync(Action<HelpDeskOptions>? options = null) => Fixture.StartAsync(new DeskSetup { Options = options });

    protected static async Task<EscalationResult> SweepAsync(Desk desk)
    {
        await using var scope = desk.NewScope();
        return await scope.Services.GetRequiredService<IEscalationSweep>().RunAsync(Token);
    }

    protected static Task<List<TicketTarget>> TargetsAsync(Desk desk, Guid ticket) => desk.ReadAsync(context => context.Set<TicketTarget>().AsNoTracking()
        .Where(target => target.TicketId == ticket).OrderBy(target => target.StartedAt).ThenBy(target => target.Kind).ToListAsync(Token));
}
