using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Mailgun;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SigningKey", null, "HelpDesk:Mailgun:SigningKey is missing")]
    [InlineData("SigningKey", "", "HelpDesk:Mailgun:SigningKey is missing")]
    [InlineData("SigningKey", " \n", "HelpDesk:Mailgun:SigningKey is missing")]
    [InlineData("ReplayWindow", "08:59:59", "HelpDesk:Mailgun:ReplayWindow")]
    [InlineData("ReplayWindow", "7.00:00:01", "HelpDesk:Mailgun:ReplayWindow")]
    public async Task What_is_wrong_is_named_at_the_start(string key, string? value, string error)
    {
        using var host = Build(new() { [key] = value });

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));

        Assert.Contains(error, Assert.Single(failure.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-42", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_the_list_and_of_the_delegate_add_up()
    {
        using var host = Build(
            new() { ["SigningKeys:0"] = "older", ["SigningKeys:1"] = " ", ["ReplayWindow"] = "10:00:00" },
            builder => builder.AddMailgunInbound(options => options.SigningKeys.Add("other")).AddMailgunInbound(options => options.ReplayWindow = TimeSpan.FromHours(11)));
        await host.StartAsync(Token);

        var options = host.Services.GetRequiredService<IOptions<MailgunOptions>>().Value;

        Assert.Equal(["secret-42", "older", "other"], options.AllKeys());
        Assert.Equal(TimeSpan.FromHours(11), options.ReplayWindow);
        Assert.IsType<MailgunSource>(Assert.Single(host.Services.GetServices<IInboundSource>()));
        Assert.Equal("mailgun", host.Services.GetServices<IInboundSource>().Single().Name);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_list_alone_is_enough()
    {
        using var host = Build(new() { ["SigningKey"] = null, ["SigningKeys:0"] = "one" });

        await host.StartAsync(Token);
        await host.StopAsync(Token);
    }

    private static IHost Build(Dictionary<string, string?> settings, Action<HelpDeskBuilder>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HelpDesk:Mailgun:SigningKey"] = "secret-42",
            ["HelpDesk:Outbox:RunsInBackground"] = "false",
            ["HelpDesk:Assignment:RunsInBackground"] = "false",
            ["HelpDesk:Attachments:RunsInBackground"] = "false",
            ["HelpDesk:Inbound:RunsInBackground"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(one => $"HelpDesk:Mailgun:{one.Key}", one => one.Value));
        builder.Services.AddSingleton<DeskUsers>();
        builder.Services.AddDbContext<DeskContext>(options => options.UseSqlite("Data Source=:memory:"));
        var helpDesk = builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk")).UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>();
        (more ?? (target => target.AddMailgunInbound()))(helpDesk);
        return builder.Build();
    }
}
