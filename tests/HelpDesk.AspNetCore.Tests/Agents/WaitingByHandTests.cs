using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Agents;

public sealed class WaitingByHandTests
{
    [Fact]
    public async Task A_waiting_ticket_that_is_given_to_nobody_by_hand_waits_no_longer()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ann, isAvailable: false);
        await host.SetAgentAsync(Users.Ben, isAvailable: false);
        var byHand = await alice.OpenAsync();
        var waiting = await alice.OpenAsync();

        (await ann.PatchAsync($"/tickets/{byHand.Id}", """{"assigneeId":null}""")).Is(200);

        // The older one would come first, if it were waiting still.
        (await ann.PutAsync("/agents/me/availability", new { isAvailable = true })).Is(200);
        await Poll.UntilAsync(() => alice.GetAsync($"/tickets/{waiting.Id}"), json => json.Assignee() == "ann-id", () => host.Clock.Advance(TimeSpan.FromMilliseconds(50)));
        Assert.Null((await alice.GetAsync($"/tickets/{byHand.Id}")).Json.Assignee());
    }
}
