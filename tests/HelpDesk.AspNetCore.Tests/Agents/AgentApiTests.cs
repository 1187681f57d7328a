using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Assignment;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Agents;

/// <summary>What the calls about agents answer and set; each test on a host of its own, where nobody has a profile yet.</summary>
public sealed class AgentApiTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_agents_are_those_of_the_role_support_with_a_profile_or_without_and_no_managers()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var ann = await host.AsAsync(Users.Ann);

        var without = await ann.GetAsync("/agents");
        await host.SetAgentAsync(Users.Ben, isAvailable: false, ["billing"], maxOpenTickets: 3);
        var with = await ann.GetAsync("/agents");

        Assert.Equal(
            """{"data":[{"id":"ann-id","name":"ann","isAvailable":true,"categories":[],"maxOpenTickets":null,"openTickets":0},{"id":"ben-id","name":"ben","isAvailable":true,"categories":[],"maxOpenTickets":null,"openTickets":0}]}""",
            without.Is(200).Text);
        Assert.Equal(
            """{"data":[{"id":"ann-id","name":"ann","isAvailable":true,"categories":[],"maxOpenTickets":null,"openTickets":0},{"id":"ben-id","name":"ben","isAvailable":false,"categories":["billing"],"maxOpenTickets":3,"openTickets":0}]}""",
            with.Is(200).Text);
        Assert.Contains("Cache-Control: no-store", with.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_who_is_also_of_the_role_support_is_an_agent_like_the_others()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var mia = await host.AsAsync(Users.Mia);
        (await mia.GetAsync("/agents/mia-id")).Is(404, "not_found");
        (await mia.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(403, "forbidden");

        await host.AddSupportAsync(Users.Mia);

        Assert.Equal(["ann-id", "ben-id", "mia-id"], (await mia.GetAsync("/agents")).Json.Data().Select(agent => agent.Text("id")));
        Assert.Equal(
            """{"id":"mia-id","name":"mia","isAvailable":false,"categories":[],"maxOpenTickets":null,"openTickets":0}""",
            (await mia.PutAsync("/agents/me/availability", new { isAvailable = false })).Is(200).Text);
    }

    [Fact]
    public async Task One_agent_is_read_as_the_list_shows_it()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var ann = await host.AsAsync(Users.Ann);
        await host.SetAgentAsync(Users.Ben, isAvailable: false, ["billing", "technical"], maxOpenTickets: 5);
        await (await host.AsAsync(Users.Alice)).OpenAsync();

        var list = (await ann.GetAsync("/agents")).Json.Data();

        Assert.Equal(2, list.Count);
        foreach (var agent in list)
            Assert.Equal(agent.GetRawText(), (await ann.GetAsync($"/agents/{agent.Text("id")}")).Is(200).Text);
    }

    [Fact]
    public async Task A_manager_replaces_the_whole_profile_and_what_is_absent_is_emptied()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (ann, mia, root) = (await host.AsAsync(Users.Ann), await host.AsAsync(Users.Mia), await host.AsAsync(Users.Root));

        var full = await mia.PutAsync("/agents/ann-id", new { isAvailable = false, categories = new[] { "technical", "billing" }, maxOpenTickets = 0 });
        var read = await ann.GetAsync("/agents/ann-id");
        var bare = await root.PutAsync("/agents/ann-id", new { isAvailable = true });

        Assert.Equal("""{"id":"ann-id","name":"ann","isAvailable":false,"categories":["billing","technical"],"maxOpenTickets":0,"openTickets":0}""", full.Is(200).Text);
        Assert.Equal(full.Text, read.Text);
        Assert.Equal("""{"id":"ann-id","name":"ann","isAvailable":true,"categories":[],"maxOpenTickets":null,"openTickets":0}""", bare.Is(200).Text);
        Assert.Equal(bare.Text, (await ann.GetAsync("/agents/ann-id")).Text);
        Assert.Equal(bare.Text, (await mia.PutAsync("/agents/ann-id", """{"isAvailable":true,"categories":null,"maxOpenTickets":null}""")).Is(200).Text);
    }

    [Fact]
    public async Task Categories_come_back_trimmed_in_order_and_once()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, mia) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Mia));

        var set = await mia.PutAsync("/agents/ann-id", new { isAvailable = true, categories = new[] { " technical ", "billing", "BILLING", "Ärger", "billing" } });

        Assert.Equal(["billing", "technical", "Ärger"], set.Is(200).Json.GetProperty("categories").EnumerateArray().Select(category => category.GetString()));
        Assert.Equal(set.Text, (await mia.GetAsync("/agents/ann-id")).Text);
        // No list is set, so that everybody may choose from what agents take.
        Assert.Equal(["billing", "technical", "Ärger"], (await alice.GetAsync("/categories")).Json.Data().Select(category => category.Text("name")));
    }

    [Fact]
    public async Task An_agent_sets_the_own_availability_and_nothing_else()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var ann = await host.AsAsync(Users.Ann);
        await host.SetAgentAsync(Users.Ann, isAvailable: true, ["billing"], maxOpenTickets: 3);
        await (await host.AsAsync(Users.Alice)).PostAsync("/tickets", new { subject = "S", body = "B", category = "billing", priority = "low" });
        var loads = (await ann.GetAsync("/agents")).Json.Data().Select(agent => agent.GetProperty("openTickets").GetInt32()).ToList();

        var forged = new { isAvailable = false, id = "ben-id", agentId = "ben-id", categories = new[] { "technical" }, maxOpenTickets = 9, openTickets = 7 };
        var away = await ann.PutAsync("/agents/me/availability", forged);
        var again = await ann.PutAsync("/agents/me/availability", new { isAvailable = false });
        var back = await ann.PutAsync("/agents/me/availability", new { isAvailable = true });

        Assert.Equal(1, loads.Sum());
        Assert.Equal($$"""{"id":"ann-id","name":"ann","isAvailable":false,"categories":["billing"],"maxOpenTickets":3,"openTickets":{{loads[0]}}}""", away.Is(200).Text);
        Assert.Equal(away.Text, again.Is(200).Text);
        Assert.Equal(away.Text.Replace("false", "true", StringComparison.Ordinal), back.Is(200).Text);
        Assert.True((await ann.GetAsync("/agents/ben-id")).Json.GetProperty("isAvailable").GetBoolean());
    }

    [Fact]
    public async Task What_the_server_owns_cannot_be_set()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var mia = await host.AsAsync(Users.Mia);
        var forged = new
        {
            isAvailable = true,
            maxOpenTickets = 4,
            id = "ann-id",
            agentId = "ann-id",
            name = "Somebody",
            openTickets = 99,
            assignments = 99,
            lastAssignedAt = "2000-01-01T00:00:00Z",
            more = new { deeper = new[] { 1, 2 } },
        };

        var set = await mia.PutAsync("/agents/ben-id", forged);

        Assert.Equal("""{"id":"ben-id","name":"ben","isAvailable":true,"categories":[],"maxOpenTickets":4,"openTickets":0}""", set.Is(200).Text);
        var profile = Assert.Single(await host.ReadAsync(db => db.Set<AgentProfile>().AsNoTracking().ToListAsync(Token)));
        Assert.Equal(("ben-id", 0, null), (profile.AgentId, profile.OpenTickets, profile.LastAssignedAt));
        Assert.NotEqual(99, profile.Assignments);
    }

    [Fact]
    public async Task Open_tickets_are_those_that_are_open_or_pending()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));
        await host.SetAgentAsync(Users.Ben, isAvailable: false);

        var ticket = await alice.OpenAsync();
        Assert.Equal((1, 0), await LoadsAsync());
        await ann.ReplyAsync(ticket.Id);
        Assert.Equal((1, 0), await LoadsAsync());
        (await ann.PatchAsync($"/tickets/{ticket.Id}", new { assigneeId = "ben-id" })).Is(200);
        Assert.Equal((0, 1), await LoadsAsync());
        (await alice.PostAsync($"/tickets/{ticket.Id}/resolve")).Is(200);
        Assert.Equal((0, 0), await LoadsAsync());
        // Ben has it still, but is away: so it goes to Ann.
        (await alice.PostAsync($"/tickets/{ticket.Id}/reopen")).Is(200);
        Assert.Equal((1, 0), await LoadsAsync());
        (await alice.PostAsync($"/tickets/{ticket.Id}/close")).Is(200);
        Assert.Equal((0, 0), await LoadsAsync());

        async Task<(int Ann, int Ben)> LoadsAsync()
        {
            var loads = (await ann.GetAsync("/agents")).Json.Data().Select(agent => agent.GetProperty("openTickets").GetInt32()).ToList();
            return (loads[0], loads[1]);
        }
    }

    [Fact]
    public async Task Who_has_left_the_role_is_no_agent_any_more()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (ann, mia) = (await host.AsAsync(Users.Ann), await host.AsAsync(Users.Mia));
        (await ann.PutAsync("/agents/me/availability", new { isAvailable = true })).Is(200);

        await host.WithAsync<UserManager<AppUser>, IdentityResult>(async users => await users.RemoveFromRoleAsync((await users.FindByIdAsync("ann-id"))!, "support"));
        host.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal(["ben-id"], (await mia.GetAsync("/agents")).Json.Data().Select(agent => agent.Text("id")));
        (await mia.GetAsync("/agents/ann-id")).Is(404, "not_found");
        (await mia.PutAsync("/agents/ann-id", new { isAvailable = true })).Is(404, "not_found");
        (await ann.PutAsync("/agents/me/availability", new { isAvailable = true })).Is(403, "forbidden");
        Assert.Equal("ben-id", (await (await host.AsAsync(Users.Alice)).OpenAsync()).Json.Assignee());
    }

    [Fact]
    public async Task An_agent_whose_id_has_strange_characters_is_found_by_it()
    {
        const string id = "o'neil & söhne+1@x.example;\"=<>?#😀 %41";
        await using var host = await TestHelpDesk.StartAsync();
        await host.WithAsync<UserManager<AppUser>, int>(async users =>
        {
            var user = new AppUser { Id = id, UserName = "oneil", Email = "oneil@example.com", EmailConfirmed = true };
            Users.Require(await users.CreateAsync(user, Users.Password));
            Users.Require(await users.AddToRoleAsync(user, "support"));
            return 0;
        });
        var mia = await host.AsAsync(Users.Mia);
        var path = $"/agents/{Uri.EscapeDataString(id)}";

        var read = await mia.GetAsync(path);
        var set = await mia.PutAsync(path, new { isAvailable = false });

        Assert.Equal(id, read.Is(200).Json.Text("id"));
        Assert.Equal(id, set.Is(200).Json.Text("id"));
        Assert.False((await mia.GetAsync(path)).Json.GetProperty("isAvailable").GetBoolean());
    }

    [Fact]
    public async Task Whoever_may_not_set_a_profile_learns_nothing_from_trying()
    {
        await using var host = await TestHelpDesk.StartAsync();
        object?[] bodies = [null, "{", "[]", new { isAvailable = true }, new { isAvailable = "yes" }, new { isAvailable = true, maxOpenTickets = -1 }];
        foreach (var person in new[] { Users.Alice, Users.Ann })
        {
            var caller = await host.AsAsync(person);
            foreach (var body in bodies)
            {
                var foreign = await caller.PutAsync("/agents/ben-id", body);
                foreign.Is(403, "forbidden");
                Assert.Equal(foreign.Everything, (await caller.PutAsync("/agents/nobody", body)).Everything);
            }
        }

        var alice = await host.AsAsync(Users.Alice);
        foreach (var body in bodies)
            (await alice.PutAsync("/agents/me/availability", body)).Is(403, "forbidden");
        Assert.Equal((await alice.GetAsync("/agents/ben-id")).Is(403).Everything, (await alice.GetAsync("/agents/nobody")).Everything);
        Assert.Equal(0, await host.ReadAsync(db => db.Set<AgentProfile>().CountAsync(Token)));
    }

    [Fact]
    public async Task A_page_of_another_site_sets_nothing()
    {
        await using var host = await TestHelpDesk.StartAsync();
        var (ann, mia) = (await host.AsAsync(Users.Ann), await host.AsAsync(Users.Mia));
        (string, string)[] foreign = [("Sec-Fetch-Site", "cross-site")];

        (await ann.PutAsync("/agents/me/availability", new { isAvailable = false }, foreign)).Is(403, "cross_site");
        (await mia.PutAsync("/agents/ann-id", new { isAvailable = false }, foreign)).Is(403, "cross_site");
        (await mia.PutAsync("/agents/ann-id", new { isAvailable = false }, ("Origin", "https://evil.example"))).Is(403, "cross_site");

        Assert.True((await ann.GetAsync("/agents/ann-id", foreign)).Is(200).Json.GetProperty("isAvailable").GetBoolean());
        (await ann.PutAsync("/agents/me/availability", new { isAvailable = false }, ("Sec-Fetch-Site", "same-origin"))).Is(200);
        Assert.False((await ann.GetAsync("/agents/ann-id")).Json.GetProperty("isAvailable").GetBoolean());
    }
}
