using HelpDesk.Specification.Desks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace HelpDesk.Notifications.Smtp;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Host", null, "HelpDesk:Smtp:Host is missing")]
    [InlineData("Host", "smtp.example.com:25", "HelpDesk:Smtp:Host is no name of a server")]
    [InlineData("From", null, "HelpDesk:Smtp:From is missing")]
    [InlineData("From", "Support", "HelpDesk:Smtp:From 'Support' is not one address")]
    [InlineData("From", "a@example.com, b@example.com", "HelpDesk:Smtp:From")]
    [InlineData("From", "jürgen@example.com", "HelpDesk:Smtp:From")]
    [InlineData("From", "Support <support@example.com>\r\nBcc: x@y.example", "HelpDesk:Smtp:From")]
    [InlineData("Port", "0", "HelpDesk:Smtp:Port")]
    [InlineData("UserName", "helpdesk", "HelpDesk:Smtp:Password is missing")]
    [InlineData("Password", "secret-42", "HelpDesk:Smtp:UserName is missing")]
    [InlineData("ReplyDomain", "reply@example.com", "HelpDesk:Smtp:ReplyDomain 'reply@example.com' is no domain")]
    [InlineData("Timeout", "00:00:45", "HelpDesk:Smtp:Timeout")]
    [InlineData("MostConnections", "0", "HelpDesk:Smtp:MostConnections")]
    [InlineData("TemplateFolder", "not-there", "HelpDesk:Smtp:TemplateFolder")]
    public async Task What_is_wrong_is_named_at_the_start(string key, string? value, string error)
    {
        using var host = Build(new Dictionary<string, string?> { [key] = value });

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Token));
        Assert.Contains(error, failure.Message, StringComparison.Ordinal);
        Assert.Single(failure.Failures);
        Assert.DoesNotContain("secret-42", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_come_from_the_section_and_the_delegate_comes_after_it()
    {
        using var host = Build(
            new Dictionary<string, string?> { ["Port"] = "2525", ["Timeout"] = "00:00:10", ["MostConnections"] = "5" },
            builder => builder.AddSmtpNotifications(options => options.MostConnections = 7).AddSmtpNotifications(options => options.Timeout = TimeSpan.FromSeconds(11)));
        await host.StartAsync(Token);

        var options = host.Services.GetRequiredService<IOptions<SmtpOptions>>().Value;
        Assert.Equal(("smtp.example.com", 2525, 7, 11), (options.Host, options.Port, options.MostConnections, (int)options.Timeout.TotalSeconds));
        Assert.Equal("Support <support@example.com>", options.From);
        await host.StopAsync(Token);
    }

    [Theory]
    [InlineData(null, null, "example.com")]
    [InlineData("reply.bücher.example", null, "reply.xn--bcher-kva.example")]
    [InlineData("reply.example.com", "ids.example.com", "ids.example.com")]
    public void Messages_are_named_in_a_domain_of_the_hosts(string? replyDomain, string? own, string expected)
    {
        using var host = Build(new Dictionary<string, string?> { ["ReplyDomain"] = replyDomain }, configure: options => options.Notifications.MessageIdDomain = own);

        Assert.Equal(expected, host.Services.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Notifications.MessageIdDomain);
    }

    [Fact]
    public void The_addresses_of_the_help_desk_are_known_as_its_own()
    {
        using var host = Build(new Dictionary<string, string?> { ["ReplyDomain"] = "reply.example.com" });

        var inbound = host.Services.GetRequiredService<IOptions<HelpDeskOptions>>().Value.Inbound;
        Assert.Equal(["support@example.com"], inbound.OwnAddresses);
        Assert.Equal("reply.example.com", inbound.ReplyDomain);
    }

    private static IHost Build(Dictionary<string, string?> settings, Action<HelpDeskBuilder>? more = null, Action<HelpDeskOptions>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HelpDesk:Smtp:Host"] = "smtp.example.com",
            ["HelpDesk:Smtp:From"] = "Support <support@example.com>",
            ["HelpDesk:Outbox:RunsInBackground"] = "false",
            ["HelpDesk:Assignment:RunsInBackground"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(one => $"HelpDesk:Smtp:{one.Key}", one => one.Value));
        builder.Services.AddSingleton<DeskUsers>();
        builder.Services.AddDbContext<DeskContext>(options => options.UseSqlite("Data Source=:memory:"));
        if (configure is not null)
            builder.Services.Configure(configure);
        var helpDesk = builder.Services.AddHelpDesk(builder.Configuration.GetSection("HelpDesk")).UseDbContext<DeskContext>().UseUserDirectory<InMemoryDirectory>();
        (more ?? (target => target.AddSmtpNotifications()))(helpDesk);
        return builder.Build();
    }
}
