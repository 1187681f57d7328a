using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>What a host forgot is told when it starts, by the name of the missing call.</summary>
public sealed class StartUpTests
{
    [Fact]
    public void Mapping_without_the_help_desk_names_AddHelpDesk()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Build(services => services.AddAuthorization()).MapHelpDesk());

        Assert.Contains("AddHelpDesk(", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mapping_without_authorization_names_AddAuthorization()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Build(services => services.AddHelpDesk().UseDbContext<AppDb>().UseUserDirectory<Nobody>()).MapHelpDesk());

        Assert.Contains("AddAuthorization()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mapping_without_the_http_part_names_the_call_that_adds_it()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            Build(services => services.AddAuthorization().AddHelpDesk().UseDbContext<AppDb>().UseUserDirectory<Nobody>()).MapHelpDesk());

        Assert.Contains("AddHelpDesk(builder.Configuration.GetSection(\"HelpDesk\"))", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_without_a_context_names_UseDbContext()
    {
        var error = await FailsAsync(services => services.AddHelpDesk().UseUserDirectory<Nobody>());

        Assert.Contains("UseDbContext<T>()", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_without_users_names_UseIdentity()
    {
        var error = await FailsAsync(services => services.AddHelpDesk().UseDbContext<AppDb>());

        Assert.Contains("UseIdentity<TUser>()", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_with_UseIdentity_but_without_Identity_names_AddIdentity()
    {
        var error = await FailsAsync(services => services.AddHelpDesk().UseDbContext<AppDb>().UseIdentity<AppUser>());

        Assert.Contains("AddIdentity", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starting_with_a_context_without_tickets_names_ApplyHelpDesk()
    {
        var error = await FailsAsync(services => services.AddHelpDesk().UseDbContext<Empty>().UseUserDirectory<Nobody>());

        Assert.Contains("ApplyHelpDesk()", error, StringComparison.Ordinal);
    }

    [Fact]
    public void UseIdentity_wants_a_user_of_Identity()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new ServiceCollection().AddHelpDesk().UseIdentity<Nobody>());

        Assert.Contains("UseUserDirectory<T>()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_may_be_repeated_and_made_in_any_order()
    {
        await using var host = await TestHelpDesk.StartAsync(new TestHostSetup
        {
            Services = services => services.AddHelpDesk(options => options.Categories.Add("billing")).UseIdentity<AppUser>().UseDbContext<AppDb>().UseIdentity<AppUser>(),
        });

        var alice = await host.AsAsync(Users.Alice);
        await alice.OpenAsync();
        Assert.Equal("""{"data":[{"name":"billing"}]}""", (await alice.GetAsync("/categories")).Text);
    }

    private static WebApplication Build(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        configure(builder.Services);
        return builder.Build();
    }

    private static async Task<string> FailsAsync(Action<IServiceCollection> configure)
    {
        await using var app = Build(services =>
        {
            services.AddDbContext<AppDb>(options => options.UseSqlite("Data Source=:memory:"));
            services.AddDbContext<Empty>(options => options.UseSqlite("Data Source=:memory:"));
            configure(services);
        });
        return (await Assert.ThrowsAsync<InvalidOperationException>(() => app.StartAsync(TestContext.Current.CancellationToken))).Message;
    }

    public sealed class Empty(DbContextOptions<Empty> options) : DbContext(options);

    private sealed class Nobody : IUserDirectory
    {
        public Task<IReadOnlyDictionary<string, DirectoryUser>> FindAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DirectoryUser?> FindByEmailAsync(string email, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<DirectoryUser>> ListAsync(HelpDeskRoles role, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<HelpDeskRoles> GetRolesAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
