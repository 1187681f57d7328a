using HelpDesk.Assignment;
using HelpDesk.SampleHost.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.SampleHost.Demo;

/// <summary>An account to try the sample with.</summary>
internal sealed record DemoAccount(string Email, string Kind, string? Role = null, string? Category = null);

/// <summary>Creates the accounts that are missing. Several hosts may do so at once on one database.</summary>
internal sealed class DemoAccounts(IServiceScopeFactory scopes) : IHostedService
{
    public const string Password = "Passw0rd!";
    public const string Alice = "alice@example.com";
    public const string Bob = "bob@example.com";
    public const string Ann = "ann@example.com";
    public const string Ben = "ben@example.com";
    private const int MostTries = 5;

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new(Alice, "requester"),
        new(Bob, "requester"),
        new(Ann, "agent", "support", "billing"),
        new(Ben, "agent", "support", "technical"),
        new("mia@example.com", "manager", "support-manager"),
        new("root@example.com", "administrator", "superadmin"),
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var account in All)
            await CreateAsync(account, cancellationToken);

        // When all have their roles: the help desk asks for them once, and remembers the answer for a while.
        foreach (var account in All)
            await SetCategoryAsync(account, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task CreateAsync(DemoAccount account, CancellationToken cancellationToken)
    {
        for (var number = 1; ; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await TryCreateAsync(account);
            if (result.Succeeded)
                return;
            // Another host was faster, and the next look finds what it made.
            if (number == MostTries)
                throw new InvalidOperationException($"The demo account {account.Email} cannot be created: {result}.");
        }
    }

    private async Task<IdentityResult> TryCreateAsync(DemoAccount account)
    {
        await using var scope = scopes.CreateAsyncScope();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        try
        {
            if (account.Role is not null && !await roles.RoleExistsAsync(account.Role)
                && await roles.CreateAsync(new IdentityRole(account.Role)) is { Succeeded: false } noRole)
                return noRole;

            var user = await users.FindByNameAsync(account.Email);
            if (user is null)
            {
                user = new AppUser { UserName = account.Email, Email = account.Email, EmailConfirmed = true };
                if (await users.CreateAsync(user, Password) is { Succeeded: false } noUser)
                    return noUser;
            }

            return account.Role is null || await users.IsInRoleAsync(user, account.Role)
                ? IdentityResult.Success
                : await users.AddToRoleAsync(user, account.Role);
        }
        catch (DbUpdateException exception)
        {
            return IdentityResult.Failed(new IdentityError { Code = exception.GetBaseException().Message });
        }
    }

    private async Task SetCategoryAsync(DemoAccount account, CancellationToken cancellationToken)
    {
        if (account.Category is null)
            return;

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var id = await context.Users.Where(user => user.UserName == account.Email).Select(user => user.Id).SingleAsync(cancellationToken);
        // Once: from then on the profile belongs to the agent and the managers.
        if (await context.Set<AgentProfile>().AnyAsync(profile => profile.AgentId == id, cancellationToken))
            return;

        var profiles = scope.ServiceProvider.GetRequiredService<IAgentProfiles>();
        await profiles.SetAsync(new SetAgentProfile { Actor = Actor.System("demo"), AgentId = id, Categories = [account.Category] }, cancellationToken);
    }
}
