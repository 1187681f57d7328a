using HelpDesk.Assignment;
using HelpDesk.Specification.Desks;
using HelpDesk.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Specification.Assigning;

/// <summary>Agents of one test, with a category of their own: tests share the database, and the tickets that wait in it.</summary>
internal sealed class Team
{
    private readonly Desk desk;

    private Team(Desk desk, string category, IReadOnlyList<Actor> agents)
    {
        this.desk = desk;
        Category = category;
        Agents = agents;
    }

    public string Category { get; }

    /// <summary>In the order in which equals take turns.</summary>
    public IReadOnlyList<Actor> Agents { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the only agents of the desk.</summary>
    public static async Task<Team> CreateAsync(Desk desk, int size, int? maxOpenTickets = null)
    {
        foreach (var other in desk.Users.OfRole(HelpDeskRoles.Support).ToList())
            desk.Users.Remove(other.Id);

        var key = Guid.NewGuid().ToString("N")[..12];
        var agents = Enumerable.Range(0, size).Select(number => Actor.User($"agent-{key}-{number}", HelpDeskRoles.Support)).ToList();
        var team = new Team(desk, $"category-{key}", agents);
        foreach (var (agent, number) in agents.Select((agent, number) => (agent, number)))
        {
            desk.Users.Add(agent.Id, $"Agent {number}", HelpDeskRoles.Support);
            await team.SetAsync(agent, maxOpenTickets: maxOpenTickets);
        }

        return team;
    }

    public async Task<AgentView> SetAsync(Actor agent, bool isAvailable = true, int? maxOpenTickets = null, params string[] categories)
    {
        await using var scope = desk.NewScope();
        return await scope.Services.GetRequiredService<IAgentProfiles>().SetAsync(
            new SetAgentProfile
            {
                Actor = Actors.Mia,
                AgentId = agent.Id,
                IsAvailable = isAvailable,
                MaxOpenTickets = maxOpenTickets,
                Categories = categories.Length == 0 ? [Category] : categories,
            },
            Token);
    }

    public async Task<AgentView> AvailableAsync(Actor agent, bool isAvailable)
    {
        await using var scope = desk.NewScope();
        return await scope.Services.GetRequiredService<IAgentProfiles>().SetAvailabilityAsync(new SetAvailability { Actor = agent, IsAvailable = isAvailable }, Token);
    }

    public async Task<AgentView> SeeAsync(Actor agent)
    {
        await using var scope = desk.NewScope();
        return (await scope.Services.GetRequiredService<IAgentProfiles>().FindAsync(Actors.Mia, agent.Id, Token))!;
    }

    public Task<TicketView> OpenAsync(TicketPriority priority = TicketPriority.Normal, string? category = null) =>
        desk.OpenAsync(Actors.Alice, priority: priority, category: category ?? Category);

    /// <summary>How many tickets each agent has, in the order of the agents.</summary>
    public async Task<IReadOnlyList<int>> LoadsAsync()
    {
        var loads = new List<int>();
        foreach (var agent in Agents)
            loads.Add((await SeeAsync(agent)).OpenTickets);
        return loads;
    }

    /// <summary>Why the agent of a ticket was chosen, or why it waits, as the newest line of history says.</summary>
    public async Task<string?> ReasonAsync(Guid ticket) =>
        (await desk.HistoryAsync(ticket)).Last(entry => entry.Action is "assigned" or "queued").Reason;

    public async Task<int> AssignWaitingAsync()
    {
        await using var scope = desk.NewScope();
        return await scope.Services.GetRequiredService<IAssignmentQueue>().AssignWaitingAsync(Token);
    }

    public async Task<int> RecountAsync()
    {
        await using var scope = desk.NewScope();
        return await scope.Services.GetRequiredService<IAssignmentQueue>().RecountAsync(Token);
    }
}
