using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Agents;

/// <summary>Agents of whom the help desk knows nothing yet take turns with the others.</summary>
public sealed class TurnTests
{
    [Theory]
    [InlineData("RoundRobin", false)]
    [InlineData("RoundRobin", true)]
    [InlineData("LeastLoaded", false)]
    [InlineData("LeastLoaded", true)]
    public async Task Agents_without_a_profile_take_turns(string strategy, bool isEachClosed)
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup { Configuration = { ["HelpDesk:Assignment:Strategy"] = strategy } });
        var alice = await host.AsAsync(Users.Alice);
        await host.AddSupportAsync(Users.Mia, Users.Root);

        var assignees = new List<string?>();
        for (var i = 0; i < 8; i++)
        {
            var ticket = await alice.OpenAsync();
            assignees.Add(ticket.Json.Assignee());
            if (isEachClosed)
                (await alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(200);
        }

        Assert.Equal(
            ["ann-id 2", "ben-id 2", "mia-id 2", "root-id 2"],
            assignees.GroupBy(assignee => assignee).OrderBy(group => group.Key).Select(group => $"{group.Key} {group.Count()}"));
    }
}
