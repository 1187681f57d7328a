using Microsoft.AspNetCore.Identity;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>What several tests need of a host.</summary>
internal static class TestHelpDeskExtensions
{
    /// <summary>Gives somebody the role support, and lets the cache of the roles pass.</summary>
    public static async Task AddSupportAsync(this TestHelpDesk host, params string[] people)
    {
        foreach (var person in people)
        {
            await host.WithAsync<UserManager<AppUser>, int>(async users =>
            {
                Users.Require(await users.AddToRoleAsync((await users.FindByIdAsync(Users.Id(person)))!, "support"));
                return 0;
            });
        }

        host.Clock.Advance(TimeSpan.FromSeconds(30));
    }

    /// <summary>Sets an agent's profile as a manager, which must succeed.</summary>
    public static async Task<Answer> SetAgentAsync(this TestHelpDesk host, string person, bool isAvailable = true, string[]? categories = null, int? maxOpenTickets = null) =>
        (await (await host.AsAsync(Users.Mia)).PutAsync($"/agents/{Users.Id(person)}", new { isAvailable, categories, maxOpenTickets })).Is(200);
}
