using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.SampleHost.Data;

/// <summary>A user of this application.</summary>
public class AppUser : IdentityUser;

/// <summary>The application's own context: its accounts, and the help desk's tables beside them.</summary>
public abstract class AppDbContext(DbContextOptions options) : IdentityDbContext<AppUser>(options)
{
    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyHelpDesk();
    }
}
