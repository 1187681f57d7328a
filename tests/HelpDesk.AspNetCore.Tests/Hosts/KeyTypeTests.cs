using HelpDesk.AspNetCore.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>UseIdentity with every kind of key that Identity is used with.</summary>
public abstract class KeyTypeTests<TUser, TKey>
    where TUser : IdentityUser<TKey>, new()
    where TKey : IEquatable<TKey>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    protected abstract IReadOnlyList<string> IdsOfNobody { get; }

    public sealed class Db(DbContextOptions<Db> options) : IdentityDbContext<TUser, IdentityRole<TKey>, TKey>(options)
    {
        protected override void OnModelCreating(ModelBuilder builder)
        {
            base.OnModelCreating(builder);
            builder.ApplyHelpDesk();
        }
    }

    [Fact]
    public async Task A_ticket_goes_from_its_requester_to_an_agent_and_back()
    {
        var database = TestDatabase.EmptySqlite();
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Database = () => Task.FromResult(database),
            Identity = services =>
            {
                services.AddIdentityApiEndpoints<TUser>().AddRoles<IdentityRole<TKey>>().AddEntityFrameworkStores<Db>();
                services.AddDataProtection().UseEphemeralDataProtectionProvider();
                services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
                services.AddDbContext<Db>(database.Configure);
                services.AddHelpDesk(new ConfigurationBuilder().Build()).UseDbContext<Db>().UseIdentity<TUser>();
            },
            MapIdentity = app => app.MapIdentityApi<TUser>(),
        });
        var ids = await CreateUsersAsync(host.Services);
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var ticket = await alice.OpenAsync();
        Assert.Equal(ids[Users.Ann], ticket.Json.GetProperty("assignee").GetProperty("id").GetString());
        Assert.Equal(ids[Users.Alice], ticket.Json.GetProperty("requester").GetProperty("id").GetString());
        Assert.Equal("pending", (await ann.ReplyAsync(ticket.Id)).Json.GetProperty("ticket").GetProperty("status").GetString());
        var read = (await alice.GetAsync($"/tickets/{ticket.Id}")).Is(200).Json;
        Assert.Equal((ids[Users.Ann], "ann"), (read.GetProperty("assignee").GetProperty("id").GetString(), read.GetProperty("assignee").GetProperty("name").GetString()));
        (await ann.PostAsync("/tickets", new { subject = "S", body = "B", requesterId = ids[Users.Alice] })).Is(201);
        (await ann.GetAsync($"/tickets?assignee={ids[Users.Ann]}")).Is(200);
        Assert.Equal(ids[Users.Ann], (await ann.PutAsync("/agents/me/availability", new { isAvailable = true })).Is(200).Json.GetProperty("id").GetString());
        Assert.Equal(ids[Users.Ann], (await ann.GetAsync($"/agents/{ids[Users.Ann]}")).Is(200).Json.GetProperty("id").GetString());
        Assert.Equal(ids[Users.Ann], (await ann.GetAsync("/me")).Json.GetProperty("id").GetString());

        foreach (var nobody in IdsOfNobody)
        {
            (await ann.PostAsync("/tickets", new { subject = "S", body = "B", requesterId = nobody })).Is(400, "validation");
            (await ann.PatchAsync($"/tickets/{ticket.Id}", new { assigneeId = nobody })).Is(400, "validation");
            (await ann.GetAsync($"/agents/{Uri.EscapeDataString(nobody)}")).Is(404, "not_found");
            (await ann.GetAsync($"/tickets?assignee={Uri.EscapeDataString(nobody)}")).Is(400, "validation");
            (await ann.GetAsync($"/tickets?requester={Uri.EscapeDataString(nobody)}")).Is(200);
        }
    }

    private static async Task<Dictionary<string, string>> CreateUsersAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Db>().Database.EnsureCreatedAsync(Token);
        var users = scope.ServiceProvider.GetRequiredService<UserManager<TUser>>();
        Users.Require(await scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<TKey>>>().CreateAsync(new IdentityRole<TKey>("support") { Id = NewKey() }));
        var ids = new Dictionary<string, string>();
        foreach (var name in new[] { Users.Alice, Users.Ann })
        {
            var user = new TUser { Id = NewKey(), UserName = Users.Email(name), Email = Users.Email(name), EmailConfirmed = true };
            Users.Require(await users.CreateAsync(user, Users.Password));
            ids[name] = await users.GetUserIdAsync(user);
        }

        Users.Require(await users.AddToRoleAsync((await users.FindByNameAsync(Users.Email(Users.Ann)))!, "support"));
        return ids;
    }

    // Numbers come from the database.
    private static TKey NewKey() => typeof(TKey) == typeof(string) ? (TKey)(object)Guid.NewGuid().ToString() : typeof(TKey) == typeof(Guid) ? (TKey)(object)Guid.NewGuid() : default!;
}

public sealed class StringKeyTests : KeyTypeTests<IdentityUser, string>
{
    protected override IReadOnlyList<string> IdsOfNobody => ["nobody", "1", "' OR 1=1"];
}

public sealed class IntKeyTests : KeyTypeTests<IdentityUser<int>, int>
{
    protected override IReadOnlyList<string> IdsOfNobody => ["nobody", "0", "-1", "99999999999999", "1.0", "#1", "0x1", "&h1", " 1", "01", "+1", "1 "];
}

public sealed class GuidKeyTests : KeyTypeTests<IdentityUser<Guid>, Guid>
{
    protected override IReadOnlyList<string> IdsOfNobody => ["nobody", "1", "00000000-0000-0000-0000-000000000000", "{0}"];
}
