using HelpDesk.Assignment;
using HelpDesk.People;
using HelpDesk.Persistence;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HelpDesk.Service;

internal sealed class AgentProfiles(HelpDeskDb db, CommandRunner runner, IUserDirectory directory, IOptions<HelpDeskOptions> options) : IAgentProfiles
{
    private const int MostCategories = 100;

    public async Task SetAsync(SetAgentProfile command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!command.Actor.IsManager && command.Actor.Kind != ActorKind.System)
            throw new ForbiddenException();
        if (!(await directory.GetRolesAsync(command.AgentId, cancellationToken)).HasFlag(HelpDeskRoles.Support))
            throw new NotFoundException();

        var categories = Check(command);
        await runner.RunAsync(
            async (attempt, token) =>
            {
                var profile = await db.Agents.AsTracking().FirstOrDefaultAsync(agent => agent.AgentId == command.AgentId, token);
                if (profile is null || !await attempt.TrackAsync(profile, token))
                    db.Agents.Add(profile = new AgentProfile(command.AgentId));
                profile.Set(command.IsAvailable, command.MaxOpenTickets);

                var stored = await db.AgentCategories.AsTracking().Where(row => row.AgentId == command.AgentId).ToListAsync(token);
                db.AgentCategories.RemoveRange(stored.Where(row => !categories.Contains(row.Category)));
                db.AgentCategories.AddRange(categories.Except(stored.Select(row => row.Category), StringComparer.OrdinalIgnoreCase).Select(category => new AgentCategory(command.AgentId, category)));
                attempt.StoreRows(mayCollide: true);
                return true;
            },
            cancellationToken);
    }

    private HashSet<string> Check(SetAgentProfile command)
    {
        var check = new InputCheck(options.Value);
        if (command.MaxOpenTickets is < 0)
            check.Fail("maxOpenTickets", "The capacity is 0 or more, or null for no limit.");
        if (command.Categories.Count > MostCategories)
            check.Fail("categories", $"An agent has at most {MostCategories} categories.");
        var categories = command.Categories.Select(category => check.Category(category, "categories")).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        check.ThrowIfWrong();
        return categories;
    }
}
