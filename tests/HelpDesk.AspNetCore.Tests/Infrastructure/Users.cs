using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>Who uses the test hosts. A user's id is the name with "-id" behind it, the address the name at example.com.</summary>
internal static class Users
{
    public const string Password = "Passw0rd!";

    public const string Anonymous = "anonymous";
    public const string Alice = "alice";
    public const string Bob = "bob";
    public const string Ann = "ann";
    public const string Ben = "ben";
    public const string Mia = "mia";
    public const string Root = "root";

    public static readonly IReadOnlyList<(string Name, string? Role)> All =
    [
        (Alice, null), (Bob, null), (Ann, "support"), (Ben, "support"), (Mia, "support-manager"), (Root, "superadmin"),
    ];

    public static string Id(string name) => $"{name}-id";

    public static string Email(string name) => $"{name}@example.com";

    public static async Task CreateAsync(IServiceProvider services)
    {
        var roles = services.GetRequiredService<RoleManager<IdentityRole>>();
        var users = services.GetRequiredService<UserManager<AppUser>>();
        foreach (var role in All.Select(person => person.Role).OfType<string>().Distinct())
            Require(await roles.CreateAsync(new IdentityRole(role)));
        foreach (var (name, role) in All)
        {
            var user = new AppUser { Id = Id(name), UserName = Email(name), Email = Email(name), EmailConfirmed = true };
            Require(await users.CreateAsync(user, Password));
            if (role is not null)
                Require(await users.AddToRoleAsync(user, role));
        }
    }

    public static void Require(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new InvalidOperationException(result.ToString());
    }
}
