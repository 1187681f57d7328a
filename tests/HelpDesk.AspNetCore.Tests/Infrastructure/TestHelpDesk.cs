using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using HelpDesk.Tickets;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A real host in this process: its own accounts and database, bearer tokens and cookies, a clock that the test moves.</summary>
internal sealed class TestHelpDesk : IAsyncDisposable
{
    private static readonly TimeSpan LongTime = TimeSpan.FromDays(3650);

    private readonly WebApplication app;
    private readonly TestDatabase database;
    private readonly DirectoryInfo files;
    private readonly string prefix;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> tokens = new();

    private TestHelpDesk(WebApplication app, TestDatabase database, DirectoryInfo files, string prefix)
    {
        this.app = app;
        this.database = database;
        this.files = files;
        this.prefix = prefix;
    }

    public IServiceProvider Services => app.Services;

    public FakeTimeProvider Clock => app.Services.GetRequiredService<FakeTimeProvider>();

    public IEnumerable<Endpoint> Endpoints => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<TestHelpDesk> StartAsync(TestHostSetup? setup = null)
    {
        setup ??= new TestHostSetup();
        var database = await setup.Database();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        if (setup.OnKestrel)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        var files = Directory.CreateTempSubdirectory("helpdesk-files-");
        // Mail is processed when the test says so.
        builder.Configuration.AddInMemoryCollection([new("HelpDesk:Attachments:Path", files.FullName), new("HelpDesk:Inbound:RunsInBackground", "false")]).AddInMemoryCollection(setup.Configuration);

        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(setup.OnRealClock ? TimeProvider.System : clock);
        (setup.Identity ?? AddIdentity)(builder.Services);
        if (setup.Identity is null)
        {
            builder.Services.AddDbContext<AppDb>(options =>
            {
                database.Configure(options);
                setup.Context?.Invoke(options);
            });
            builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk")).UseDbContext<AppDb>().UseIdentity<AppUser>().AddInboundSource<TestMailSource>();
        }

        setup.Services?.Invoke(builder.Services);
        var app = builder.Build();
        setup.App?.Invoke(app);
        var api = app.MapHelpDesk(setup.Prefix);
        setup.Api?.Invoke(api);
        (setup.MapIdentity ?? (identity => identity.MapIdentityApi<AppUser>()))(app.MapGroup("/identity"));
        await app.StartAsync(Token);
        return new TestHelpDesk(app, database, files, setup.Prefix);
    }

    /// <summary>Identity as the sample host has it, with passwords that are quick to check.</summary>
    public static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityApiEndpoints<AppUser>().AddRoles<IdentityRole>().AddEntityFrameworkStores<AppDb>();
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1);
        services.Configure<BearerTokenOptions>(IdentityConstants.BearerScheme, options => options.BearerTokenExpiration = LongTime);
    }

    /// <summary>Where the host listens; null in memory.</summary>
    public Uri? Address => app.Urls.Select(url => new Uri(url)).FirstOrDefault();

    /// <summary>A client without a name: anonymous, or with what the test puts into it.</summary>
    public HttpClient CreateClient() => app.Services.GetService<IServer>() is TestServer ? app.GetTestClient() : new HttpClient { BaseAddress = Address };

    /// <summary>Somebody who is signed in by a bearer token; <see cref="Users.Anonymous"/> is not.</summary>
    public async Task<Caller> AsAsync(string person) => new(CreateClient(), prefix, person == Users.Anonymous ? null : await TokenAsync(person));

    /// <summary>The bearer token of somebody, who signs in once.</summary>
    public Task<string> TokenAsync(string person) => tokens.GetOrAdd(person, name => new Lazy<Task<string>>(() => SignInAsync(name))).Value;

    /// <summary>The bearer token of somebody.</summary>
    public async Task<string> SignInAsync(string person)
    {
        using var response = await CreateClient().PostAsJsonAsync(
            "/identity/login", new { email = Users.Email(person), password = Users.Password }, Token);
        response.EnsureSuccessStatusCode();
        // By position and not by name, which is the host's to choose: token type, access token, ...
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).EnumerateObject().ElementAt(1).Value.GetString()!;
    }

    /// <summary>Does something with a service of a scope of its own.</summary>
    public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    /// <summary>Looks into the database behind the help desk's back.</summary>
    public Task<T> ReadAsync<T>(Func<AppDb, Task<T>> read) => WithAsync(read);

    /// <summary>The files that the store has, whole or begun.</summary>
    public IReadOnlyList<string> StoredFiles() => [.. Directory.EnumerateFiles(files.FullName, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>How many rows each table of the help desk has.</summary>
    public Task<string> CountRowsAsync() => ReadAsync(async db =>
    {
        var tables = db.Model.GetEntityTypes().Where(type => type.ClrType.Assembly == typeof(Ticket).Assembly).Select(type => type.GetTableName()!).Distinct().Order();
        var sql = string.Join(" UNION ALL ", tables.Select(table => $"SELECT '{table} ' || COUNT(*) AS \"Value\" FROM \"{table}\""));
        return string.Join('\n', await db.Database.SqlQueryRaw<string>(sql).ToListAsync(Token));
    });

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
        files.Delete(recursive: true);
    }
}
