using HelpDesk.AspNetCore.Tests.Infrastructure;

namespace HelpDesk.AspNetCore.Tests.Agents;

public sealed class CategoryCaseTests
{
    [Fact]
    public async Task A_category_that_is_set_again_in_other_letters_is_stored_as_it_was_answered()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var mia = await host.AsAsync(Users.Mia);
        await host.SetAgentAsync(Users.Ann, categories: ["billing", "technical"]);

        var set = await host.SetAgentAsync(Users.Ann, categories: ["Billing", "technical"]);

        Assert.Equal(set.Text, (await mia.GetAsync("/agents/ann-id")).Text);
    }
}
