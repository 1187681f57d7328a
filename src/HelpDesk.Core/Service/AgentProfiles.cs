using HelpDesk.Assignment;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class AgentProfiles(HelpDeskDb db, CommandRunner runner, Roster roster, BackgroundWork work, IOptions<HelpDeskOptions> options) : IAgentProfiles
{
    private const int MostCategories = 100;

    public async Task<IReadOnlyList<AgentView>> ListAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        RequireAgent(actor);
        var agents = await roster.ReadAsync(cancellationToken);
        return [.. agents.OrderBy(agent => agent.Name, StringComparer.OrdinalIgnoreCase).ThenBy(agent => agent.Id, StringComparer.Ordinal).Select(AgentView.Of)];
    }

    public async Task<AgentView?> FindAsync(Actor actor, string agentId, CancellationToken cancellationToken = default)
    {
        RequireAgent(actor);
        return await FindAsync(agentId, cancellationToken) is { } agent ? AgentView.Of(agent) : null;
    }

    public async Task<AgentView> SetAsync(SetAgentProfile command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!command.Actor.IsManager && command.Actor.Kind != ActorKind.System)
            throw new ForbiddenException();

        var agent = await FindAsync(command.AgentId, cancellationToken) ?? throw new NotFoundException();
        var categories = Check(command);
        return await StoreAsync(
            agent,
            command.IsAvailable,
            async (profile, token) =>
            {
                profile.Limit(command.MaxOpenTickets);
                var stored = await db.AgentCategories.AsTracking().Where(row => row.AgentId == agent.Id).ToListAsync(token);
                db.AgentCategories.RemoveRange(stored.Where(row => !categories.Contains(row.Category)));
                var kept = stored.Where(row => categories.Contains(row.Category)).Select(row => row.Category).ToList();
                var added = categories.Except(kept, StringComparer.OrdinalIgnoreCase).ToList();
                db.AgentCategories.AddRange(added.Select(category => new AgentCategory(agent.Id, category)));
                return agent with { MaxOpenTickets = command.MaxOpenTickets, Categories = [.. kept.Concat(added).Order(StringComparer.OrdinalIgnoreCase)] };
            },
            cancellationToken);
    }

    public async Task<AgentView> SetAvailabilityAsync(SetAvailability command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var agent = command.Actor.IsAssignable ? await FindAsync(command.Actor.Id, cancellationToken) : null;
        return agent is null ? throw new ForbiddenException() : await StoreAsync(agent, command.IsAvailable, (_, _) => Task.FromResult(agent), cancellationToken);
    }

    private async Task<AgentView> StoreAsync(
        AgentState agent, bool isAvailable, Func<AgentProfile, CancellationToken, Task<AgentState>> change, CancellationToken cancellationToken)
    {
        var view = await runner.RunAsync(
            "agent.change",
            async (attempt, token) =>
            {
                var others = await roster.ReadAsync(token);
                var smallest = others.Where(other => other.IsAvailable && other.Id != agent.Id).Min(other => (long?)other.Assignments) ?? 0;
                // The row is there, and locked, before anything is read: of two who set it at once one comes after the other.
                await attempt.EnsureTransactionAsync(token);
                await AgentLoads.AddAgentAsync(db, agent.Id, smallest, token);
                await db.Agents.Where(row => row.AgentId == agent.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.OpenTickets, row => row.OpenTickets), token);

                var profile = await db.Agents.AsTracking().FirstAsync(row => row.AgentId == agent.Id, token);
                await attempt.TrackAsync(profile, token);
                profile.Available(isAvailable, smallest);
                var changed = await change(profile, token);
                attempt.StoreRows(mayCollide: false);
                return AgentView.Of(changed with { IsAvailable = isAvailable, OpenTickets = profile.OpenTickets });
            },
            cancellationToken);
        work.Assignment.Now();
        return view;
    }

    private async Task<AgentState?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        agentId.Length is > 0 and <= TicketLimits.KeyLength && TextRules.IsStorable(agentId) ? await roster.FindAsync(agentId, cancellationToken) : null;

    private static void RequireAgent(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.HasAgentRights)
            throw new ForbiddenException();
    }

    private HashSet<string> Check(SetAgentProfile command)
    {
        var check = new InputCheck(options.Value);
        if (command.MaxOpenTickets is < 0)
            check.Fail("maxOpenTickets", "The capacity is 0 or more, or null for no limit.");
        if (command.Categories.Count > MostCategories)
            check.Fail("categories", $"An agent has at most {MostCategories} categories.");
        // An empty field of a form must not make an agent take everything.
        if (command.Categories.Any(string.IsNullOrWhiteSpace))
            check.Fail("categories", "A category is a text; leave the list empty for an agent who takes every ticket.");
        var categories = command.Categories.Select(category => check.Category(category, "categories")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        check.ThrowIfWrong();
        return categories;
    }
}
