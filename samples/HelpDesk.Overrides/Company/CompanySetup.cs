using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Overrides.Company;

internal static class CompanySetup
{
    public static void AddUsersAndCustomers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new AppUsers(builder.Configuration.GetSection("Users").Get<AppUser[]>() ?? []));
        builder.Services.AddMemoryCache();
        builder.Services.AddScoped<ICustomers, CachedCustomers>();
    }

    /// <summary>A SQLite file; or, in production, the PostgreSQL database that <c>ConnectionStrings:Postgres</c> names.</summary>
    public static void AddAppDatabase(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        builder.Services.AddDbContext<AppDbContext>(options =>
        {
            if (configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres)
                options.UseNpgsql(postgres);
            else
                options.UseSqlite(configuration.GetConnectionString("Sqlite"));
        });
    }

    public static void AddApiKeys(this AuthenticationBuilder authentication) =>
        authentication.AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, configureOptions: null);

    /// <summary>Creates the tables, to try it; in earnest: <c>dotnet ef migrations add</c>.</summary>
    /// <remarks>It comes before the scheduler makes tables of its own: a database that has any is left as it is.</remarks>
    public static void CreateAppDatabase(this WebApplication app)
    {
        using var scope = app.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<AppDbContext>().Database;
        if (database.IsSqlite())
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(database.GetDbConnection().DataSource))!);
        database.EnsureCreated();
    }
}
