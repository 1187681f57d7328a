using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Infrastructure;

/// <summary>A complete host with settings that shall not let it start.</summary>
internal static class StartUp
{
    /// <summary>Starts the host and returns the message of the one error that it ends with.</summary>
    public static async Task<string> FailsAsync(Dictionary<string, string?> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseTestServer();
        builder.Services.AddRoutingCore();
        builder.Configuration.AddInMemoryCollection(settings);
        TestHelpDesk.AddIdentity(builder.Services);
        builder.Services.AddDbContext<AppDb>(options => options.UseSqlite("Data Source=:memory:"));
        builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk")).UseDbContext<AppDb>().UseIdentity<AppUser>().AddEscalation()
            .AddWebhooks(builder.Configuration.GetSection("HelpDesk:Webhooks"));
        await using var app = builder.Build();
        app.MapHelpDesk();

        var error = await Record.ExceptionAsync(() => app.StartAsync(TestContext.Current.CancellationToken));

        if (error is null)
            Assert.Fail($"The host starts with {string.Join(", ", settings.Select(pair => $"{pair.Key} = '{pair.Value}'"))}.");
        Assert.IsNotType<AggregateException>(error);
        return error.Message;
    }
}
