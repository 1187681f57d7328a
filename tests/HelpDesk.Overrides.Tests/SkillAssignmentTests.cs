using HelpDesk.Assignment;
using HelpDesk.Overrides.Policies;

namespace HelpDesk.Overrides.Tests;

public sealed class SkillAssignmentTests
{
    [Fact]
    public async Task An_agent_who_speaks_the_language_goes_before_one_who_knows_the_category()
    {
        var ranking = await RankAsync("haruto", "billing", Free("ann"), Free("yuki", openTickets: 9));

        var best = Assert.Single(ranking.Agents);
        Assert.Equal("yuki", best.AgentId);
        Assert.Equal("speaks ja, no special skill, 9 open", best.Reason);
    }

    [Fact]
    public async Task Among_those_who_speak_it_the_skill_goes_before_the_load()
    {
        var ranking = await RankAsync("bruno", "hardware", Free("ann"), Free("ben", openTickets: 3));

        Assert.Equal(["ben", "ann"], ranking.Agents.Select(agent => agent.AgentId));
        Assert.Equal("speaks de, knows hardware, 3 open", ranking.Agents[0].Reason);
    }

    [Fact]
    public async Task Among_those_with_the_skill_the_load_decides_and_then_whose_turn_it_is()
    {
        var byLoad = await RankAsync("alice", "hardware", Free("ben", openTickets: 2), Free("yuki", openTickets: 1), Free("ann"));
        var byTurn = await RankAsync("alice", "hardware", Free("ben", assignments: 1), Free("yuki", assignments: 2), Free("ann"));

        Assert.Equal(["yuki", "ben", "ann"], byLoad.Agents.Select(agent => agent.AgentId));
        Assert.Equal(["ben", "yuki", "ann"], byTurn.Agents.Select(agent => agent.AgentId));
    }

    [Fact]
    public async Task A_ticket_waits_while_all_who_speak_its_language_are_busy()
    {
        var ranking = await RankAsync("haruto", "hardware", Free("ann"), Free("ben"));

        Assert.Empty(ranking.Agents);
        Assert.Equal("None of the agents who speak ja is free for it.", ranking.Reason);
    }

    [Fact]
    public async Task In_a_language_that_no_agent_has_the_skill_alone_decides()
    {
        var ranking = await RankAsync("aino", "hardware", Free("ann"), Free("ben", openTickets: 1));

        Assert.Equal(["ben", "ann"], ranking.Agents.Select(agent => agent.AgentId));
        Assert.Equal("nobody speaks fi, knows hardware, 1 open", ranking.Agents[0].Reason);
    }

    [Fact]
    public async Task Somebody_known_by_mail_only_is_taken_to_speak_the_language_of_the_house()
    {
        var ranking = await RankAsync(requester: null, category: null, Free("ann"));

        Assert.Equal("speaks en, no special skill, 0 open", Assert.Single(ranking.Agents).Reason);
    }

    private static Task<AssignmentRanking> RankAsync(string? requester, string? category, params AgentCandidate[] candidates) =>
        new SkillAssignment(Known.Users).RankAsync(
            new AssignmentContext { Ticket = Known.Ticket(requester, category), Candidates = candidates, Now = Known.Now },
            TestContext.Current.CancellationToken);

    private static AgentCandidate Free(string id, int openTickets = 0, long assignments = 0) => new()
    {
        AgentId = id,
        Name = id,
        OpenTickets = openTickets,
        MaxOpenTickets = null,
        Categories = [],
        Assignments = assignments,
    };
}
