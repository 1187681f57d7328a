using HelpDesk.Portal.Tests.Infrastructure;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Portal.Tests.Hosts;

/// <summary>
/// A host that is not the sample: below a path base, signed in by Identity's cookie, closed to strangers by its fallback policy, with its own antiforgery on every
/// write, its own header for the token, its own style, and its own pages beside the portal.
/// </summary>
public sealed class CompanyHost : IAsyncLifetime
{
    public const string PathBase = "/tools";
    public const string Portal = $"{PathBase}/help";
    public const string Password = "Passw0rd!";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("helpdesk-company-");
    private WebApplication? app;

    public Uri Address { get; private set; } = null!;

    private string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "company.db")}";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        // The list of the static files that the sample host has: a test assembly has none of its own.
        builder.WebHost.UseSetting(WebHostDefaults.StaticWebAssetsKey, Path.Combine(AppContext.BaseDirectory, "HelpDesk.SampleHost.staticwebassets.runtime.json"));
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<CompanyDb>(options => options.UseSqlite(ConnectionString));
        builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<CompanyDb>();
        builder.Services.ConfigureApplicationCookie(cookie => cookie.LoginPath = "/account/login");
        builder.Services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddAntiforgery(options => options.HeaderName = "X-Company-Token");
        builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk")).UseDbContext<CompanyDb>().UseIdentity<IdentityUser>();

        app = builder.Build();
        app.UsePathBase(PathBase);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(RefuseForgeries);
        app.MapGet("/", () => Results.Content("<!DOCTYPE html><html><head><title>Acme</title><style>h1 { color: rgb(1, 2, 3) }</style></head><body><h1>Acme intranet</h1></body></html>", "text/html"));
        app.MapGet("/account/login", SignInPage).AllowAnonymous();
        app.MapPost("/account/login", SignInAsync).AllowAnonymous();
        app.MapPost("/account/logout", SignOutAsync);
        app.MapGet("/company.css", () => Results.Content(":root { --hd-accent: rgb(10, 120, 60); }", "text/css")).AllowAnonymous();
        app.MapGet("/logo.svg", () => Results.Content("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><rect width=\"8\" height=\"8\"/></svg>", "image/svg+xml")).AllowAnonymous();
        app.MapHelpDesk("/api/desk");
        app.MapHelpDeskPortal("/help", portal =>
        {
            portal.Name = "Acme <Care>";
            portal.LogoPath = "/logo.svg";
            portal.StylesheetPath = "/company.css";
            portal.SignOutPath = "/account/logout";
            portal.Language = "de";
        });

        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<CompanyDb>().Database.EnsureCreatedAsync();
            var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
            await users.CreateAsync(new IdentityUser { UserName = "carol@example.com", Email = "carol@example.com", EmailConfirmed = true }, Password);
        }

        await app.StartAsync();
        Address = new Uri(app.Urls.First());
    }

    /// <summary>Every write must carry the host's token, whoever's endpoint it is for.</summary>
    private static async Task RefuseForgeries(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("forged");
            return;
        }

        await next(context);
    }

    private static IResult SignInPage(HttpContext context, IAntiforgery antiforgery, string? returnUrl)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        var action = $"{context.Request.PathBase}/account/login?ReturnUrl={Uri.EscapeDataString(returnUrl ?? "")}";
        return Results.Content(
            $"""
            <!DOCTYPE html><html><head><title>Acme</title></head><body><form method="post" action="{action}">
            <input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">
            <label>User <input name="user"></label> <label>Password <input name="password" type="password"></label> <button>Enter</button></form></body></html>
            """,
            "text/html");
    }

    private static async Task<IResult> SignInAsync(HttpContext context, SignInManager<IdentityUser> signIn, [FromQuery] string returnUrl)
    {
        var form = await context.Request.ReadFormAsync();
        var result = await signIn.PasswordSignInAsync(form["user"].ToString(), form["password"].ToString(), isPersistent: false, lockoutOnFailure: false);
        return result.Succeeded ? Results.LocalRedirect(returnUrl) : Results.Unauthorized();
    }

    private static async Task<IResult> SignOutAsync(SignInManager<IdentityUser> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect("~/account/login");
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        folder.Delete(recursive: true);
    }

    private sealed class CompanyDb(DbContextOptions<CompanyDb> options) : IdentityDbContext<IdentityUser>(options)
    {
        protected override void OnModelCreating(ModelBuilder builder)
        {
            base.OnModelCreating(builder);
            builder.ApplyHelpDesk();
        }
    }
}
