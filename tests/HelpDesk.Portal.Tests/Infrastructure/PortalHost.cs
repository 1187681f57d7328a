using HelpDesk.Tickets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Portal.Tests.Infrastructure;

/// <summary>The sample host as it is, in Development, on a SQLite file of its own, listening on a port: a browser can open it.</summary>
public class PortalHost : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("helpdesk-portal-");

    public Uri Address { get; private set; } = null!;

    public Streams Streams { get; } = new();

    private string ConnectionString => $"Data Source={Path.Combine(folder.FullName, "sample.db")}";

    public virtual ValueTask InitializeAsync()
    {
        UseKestrel(port: 0);
        StartServer();
        var listening = Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        Address = new Uri(listening.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
        return ValueTask.CompletedTask;
    }

    /// <summary>What a browser would take many clicks for: commands of the service, by somebody's actor.</summary>
    public async Task<T> DoAsync<T>(Func<ITicketService, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ITicketService>());
    }

    /// <summary>The id of a demo account.</summary>
    public async Task<string> IdOfAsync(string person)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<Microsoft.AspNetCore.Identity.UserManager<SampleHost.Data.AppUser>>();
        return (await users.FindByNameAsync($"{person}@example.com"))!.Id;
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("ConnectionStrings:HelpDesk", ConnectionString);
        builder.UseSetting("HelpDesk:Attachments:Path", Path.Combine(folder.FullName, "files"));
        // Mail comes in when a test brings it, and at no other time.
        builder.UseSetting("HelpDesk:Inbound:Pickup:Path", Path.Combine(folder.FullName, "mail"));
        builder.UseSetting("HelpDesk:Inbound:Pickup:RunsInBackground", "false");
        builder.UseSetting("HelpDesk:Inbound:RunsInBackground", "false");
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(Streams));
        builder.ConfigureLogging(logging => logging.ClearProviders());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        using (var connection = new SqliteConnection(ConnectionString))
            SqliteConnection.ClearPool(connection);
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
