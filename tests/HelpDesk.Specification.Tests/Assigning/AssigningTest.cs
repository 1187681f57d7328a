using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Specification.Assigning;

/// <summary>What the facts about assignment have in common.</summary>
public abstract class AssigningTest(HelpDeskFixture fixture) : DeskTest(fixture)
{
    protected Task<Desk> StartAsync(BuiltInStrategy strategy = BuiltInStrategy.LeastLoaded, Action<HelpDeskOptions>? options = null) =>
        Fixture.StartAsync(new DeskSetup
        {
            Options = all =>
            {
                all.Assignment.Strategy = strategy;
                options?.Invoke(all);
            },
        });

    protected static Task<AgentProfile> ProfileAsync(Desk desk, string agentId) => desk.ReadAsync(context =>
        context.Set<AgentProfile>().AsNoTracking().SingleAsync(agent => agent.AgentId == agentId, Token));
}
