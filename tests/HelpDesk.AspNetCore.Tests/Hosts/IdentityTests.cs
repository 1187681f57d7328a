using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Users and roles out of ASP.NET Core Identity.</summary>
public sealed class IdentityTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_that_was_taken_away_ends_within_30_seconds()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var ann = await host.AsAsync(Users.Ann);
        Assert.True(await IsAgentAsync(ann));

        await host.WithAsync<UserManager<AppUser>, int>(async users =>
        {
            Users.Require(await users.RemoveFromRoleAsync((await users.FindByIdAsync(Users.Id(Users.Ann)))!, "support"));
            return 0;
        });

        host.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.True(await IsAgentAsync(ann));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await IsAgentAsync(ann));
    }

    [Fact]
    public async Task A_role_that_was_given_counts_within_30_seconds()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, bob) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Bob));
        var ticket = await alice.OpenAsync();
        (await bob.GetAsync($"/tickets/{ticket.Id}")).Is(404);

        await host.WithAsync<UserManager<AppUser>, int>(async users =>
        {
            Users.Require(await users.AddToRoleAsync((await users.FindByIdAsync(Users.Id(Users.Bob)))!, "support"));
            return 0;
        });
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        (await bob.GetAsync($"/tickets/{ticket.Id}")).Is(200);
        (await bob.PatchAsync($"/tickets/{ticket.Id}", new { assigneeId = Users.Id(Users.Bob) })).Is(200);
    }

    [Fact]
    public async Task The_names_of_the_roles_are_the_hosts()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            // The role support means something else here.
            Configuration = { ["HelpDesk:Roles:Support"] = "support-manager", ["HelpDesk:Roles:Manager"] = "superadmin", ["HelpDesk:Roles:Administrator"] = "nobody" },
        });

        var me = await Task.WhenAll(new[] { Users.Ann, Users.Mia, Users.Root }.Select(async person => (await (await host.AsAsync(person)).GetAsync("/me")).Text));

        Assert.Contains("\"isAgent\":false,\"isManager\":false", me[0], StringComparison.Ordinal);
        Assert.Contains("\"isAgent\":true,\"isManager\":false", me[1], StringComparison.Ordinal);
        Assert.Contains("\"isAgent\":true,\"isManager\":true,\"isAdmin\":false", me[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_what_the_host_says_and_never_an_address()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddHelpDesk().UseIdentity<AppUser>(user => user.FullName == null ? null : user.FullName.Trim()),
        });
        await host.WithAsync<AppDb, int>(db => db.Users.Where(user => user.Id == "ann-id").ExecuteUpdateAsync(set => set.SetProperty(user => user.FullName, " Ann Archer "), Token));
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var ticket = await alice.OpenAsync();
        await ann.ReplyAsync(ticket.Id);

        Assert.Contains("\"name\":\"Ann Archer\"", (await ann.GetAsync("/me")).Text, StringComparison.Ordinal);
        var read = await alice.GetAsync($"/tickets/{ticket.Id}");
        Assert.Equal("Ann Archer", read.Json.GetProperty("assignee").GetProperty("name").GetString());
        Assert.Equal("alice", read.Json.GetProperty("requester").GetProperty("name").GetString());
        Assert.DoesNotContain("@", read.Text, StringComparison.Ordinal);
        Assert.Equal(["Ann Archer", "ben"], await host.WithAsync<IUserDirectory, IEnumerable<string>>(
            async directory => (await directory.ListAsync(HelpDeskRoles.Support, Token)).Select(user => user.Name).Order()));
    }

    [Fact]
    public async Task An_address_that_two_users_have_confirmed_or_nobody_has_is_nobodys()
    {
        await using var host = await TestHelpDesk.StartAsync();
        await host.WithAsync<AppDb, int>(async db =>
        {
            await db.Users.Where(user => user.Id == "bob-id").ExecuteUpdateAsync(set => set.SetProperty(user => user.NormalizedEmail, "ALICE@EXAMPLE.COM"), Token);
            return await db.Users.Where(user => user.Id == "ben-id").ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, false), Token);
        });
        var ann = await host.AsAsync(Users.Ann);

        foreach (var address in new[] { Users.Email(Users.Alice), Users.Email(Users.Ben) })
        {
            var requester = (await ann.PostAsync("/tickets", new { subject = "S", body = "B", requesterEmail = address })).Is(201).Json.GetProperty("requester");
            Assert.Equal((null, address), (requester.GetProperty("id").GetString(), requester.GetProperty("email").GetString()));
        }
    }

    [Fact]
    public async Task A_user_who_is_gone_keeps_the_name_of_then()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        var ticket = await alice.OpenAsync();
        await host.WithAsync<AppDb, int>(db => db.Users.Where(user => user.Id == "alice-id").ExecuteDeleteAsync(Token));

        var read = (await ann.GetAsync($"/tickets/{ticket.Id}")).Is(200).Json;

        Assert.Equal("alice", read.GetProperty("requester").GetProperty("name").GetString());
        Assert.Equal("alice", read.GetProperty("messages")[0].GetProperty("author").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Asking_for_roles_leaves_nothing_tracked_on_the_requests_context()
    {
        await using var host = await TestHelpDesk.StartAsync();
        await using var scope = host.Services.CreateAsyncScope();
        var directory = scope.ServiceProvider.GetRequiredService<IUserDirectory>();

        Assert.Equal(HelpDeskRoles.Support, await directory.GetRolesAsync("ann-id", Token));
        Assert.Equal(2, (await directory.ListAsync(HelpDeskRoles.Support, Token)).Count);
        Assert.Equal(2, (await directory.FindAsync(["ann-id", "alice-id", "nobody"], Token)).Count);
        Assert.NotNull(await directory.FindByEmailAsync("alice@example.com", Token));

        Assert.Empty(scope.ServiceProvider.GetRequiredService<AppDb>().ChangeTracker.Entries());
    }

    private static async Task<bool> IsAgentAsync(Caller caller) => (await caller.GetAsync("/me")).Is(200).Json.GetProperty("isAgent").GetBoolean();
}
