using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A user of the test host.</summary>
public class AppUser : IdentityUser
{
    public string? FullName { get; set; }
}

/// <summary>The test host's own context, with the help desk in it.</summary>
public class AppDb(DbContextOptions<AppDb> options) : IdentityDbContext<AppUser>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyHelpDesk();
    }
}
