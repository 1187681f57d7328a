using System.Net;
using HelpDesk.Specification.Desks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>A host with the routes, and a processor that records.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    public const string Key = "key-for-tests";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly WebApplication app;

    private Webhook(WebApplication app, HttpClient client, FakeTimeProvider clock, RecordingProcessor processor, LogLines logs) =>
        (this.app, Client, Clock, Processor, Logs) = (app, client, clock, processor, logs);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public HttpClient Client { get; }

    public FakeTimeProvider Clock { get; }

    public RecordingProcessor Processor { get; }

    public LogLines Logs { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<Webhook> StartAsync(
        Dictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? use = null,
        bool onKestrel = false,
        bool isSetUp = true,
        DateTimeOffset? now = null)
    {
        var (clock, processor, logs) = (new FakeTimeProvider(now ?? Start), new RecordingProcessor(), new LogLines());
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HelpDesk:Mailgun:SigningKey"] = Key,
            ["HelpDesk:Outbox:RunsInBackground"] = "false",
            ["HelpDesk:Assignment:RunsInBackground"] = "false",
            ["HelpDesk:Attachments:RunsInBackground"] = "false",
            ["HelpDesk:Inbound:RunsInBackground"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        if (onKestrel)
            builder.WebHost.UseUrls("http://127.0.0.1:0");
        else
            builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<DeskUsers>();
        builder.Services.AddSingleton<IInboundEmailProcessor>(processor);
        builder.Services.AddDbContext<DeskContext>(options => options.UseSqlite("Data Source=:memory:"));
        var helpDesk = builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk")).UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>();
        if (isSetUp)
            helpDesk.AddMailgunInbound();
        configure?.Invoke(builder);
        var app = builder.Build();
        use?.Invoke(app);
        app.MapMailgunInbound();
        await app.StartAsync(Token);
        var client = onKestrel
            ? new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single()) }
            : app.GetTestClient();
        client.Timeout = TimeSpan.FromMinutes(2);
        return new Webhook(app, client, clock, processor, logs);
    }

    public async Task<(HttpStatusCode Status, string Text)> PostAsync(HttpContent content, string route = "")
    {
        using var response = await Client.PostAsync(new Uri("/hooks/mailgun" + route, UriKind.Relative), content, Token);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    /// <summary>Signs and posts it, in both types one after the other, and hands over the mail that came of it, which is the same.</summary>
    public async Task<ReceivedEmail> ReceiveAsync(SignedForm form, string route = "")
    {
        await ExpectAsync(HttpStatusCode.OK, form.Sign(Clock.GetUtcNow()).Multipart(), route);
        var multipart = Processor.Received[^1];
        if (form.Fields.TrueForAll(field => field.FileName is null && field.Type is null))
        {
            await ExpectAsync(HttpStatusCode.OK, form.Sign(Clock.GetUtcNow()).UrlEncoded(), route);
            Assert.NotSame(multipart, Processor.Received[^1]);
            Assert.Equal(multipart.Raw, Processor.Received[^1].Raw);
            Assert.Equal(multipart.Email.Remarks, Processor.Received[^1].Email.Remarks);
        }

        return multipart;
    }

    public async Task<string> ExpectAsync(HttpStatusCode status, HttpContent content, string route = "")
    {
        var (actual, text) = await PostAsync(content, route);
        Assert.True(status == actual, $"{actual} and not {status}: {text}");
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }
}
