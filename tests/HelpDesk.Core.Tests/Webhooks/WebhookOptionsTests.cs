using System.Reflection;
using HelpDesk.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HelpDesk.Webhooks;

public sealed class WebhookOptionsTests
{
    [Theory]
    [InlineData("https://crm.example.com/hooks?key=1", false)]
    [InlineData("https://10.0.0.1/", false)]
    [InlineData("http://10.0.0.1/", true)]
    [InlineData("https://crm/", true)]
    public void These_addresses_are_taken(string url, bool allowsPrivate) => Assert.Empty(Errors(options =>
    {
        options.Url = new Uri(url);
        options.AllowPrivateAddresses = allowsPrivate;
    }));

    [Theory]
    [InlineData(null, true, "is missing")]
    [InlineData("/hooks", true, "absolute")]
    [InlineData("crm.example.com/hooks", true, "absolute")]
    [InlineData("http://crm.example.com/", false, "AllowPrivateAddresses")]
    [InlineData("ftp://crm.example.com/", true, "must be https")]
    [InlineData("file:///etc/passwd", true, "absolute")]
    [InlineData("https://user:hush@crm.example.com/", true, "user name")]
    [InlineData("https://hush@crm.example.com/", true, "user name")]
    public void Others_are_errors_that_say_why(string? url, bool allowsPrivate, string says)
    {
        var error = Assert.Single(Errors(options =>
        {
            options.Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute);
            options.AllowPrivateAddresses = allowsPrivate;
        }));

        Assert.StartsWith("HelpDesk:Webhooks:crm:Url ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_secret_is_told_by_its_place_and_never_repeated()
    {
        var error = Assert.Single(Errors(options => options.Secrets.Add("whsec_hush")));

        Assert.StartsWith("HelpDesk:Webhooks:crm:Secrets:1 ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void There_are_one_to_five_secrets(int count, bool isRight)
    {
        var errors = Errors(options =>
        {
            options.Secrets.Clear();
            for (var i = 0; i < count; i++)
                options.Secrets.Add("whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)i, 32).ToArray()));
        });

        Assert.Equal(isRight ? [] : ["HelpDesk:Webhooks:crm:Secrets must be 1 to 5 secrets."], errors);
    }

    [Fact]
    public void Every_kind_can_be_listed_and_others_are_errors()
    {
        var all = typeof(TicketEventKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Empty(Errors(options => all.ForEach(options.Kinds.Add)));

        var error = Assert.Single(Errors(options =>
        {
            options.Kinds.Add("ticket.opened");
            options.Kinds.Add("ticket.Closed");
        }));

        Assert.StartsWith("HelpDesk:Webhooks:crm:Kinds:1 is no kind of event", error, StringComparison.Ordinal);
        Assert.DoesNotContain("ticket.Closed", error, StringComparison.Ordinal); // It may be a secret at the wrong place.
        Assert.All(all, kind => Assert.Contains(kind, error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("00:00:00", "longer than zero")]
    [InlineData("-00:00:00.001", "longer than zero")]
    [InlineData("00:00:20", "HandlerTimeout, which is 00:00:20")]
    [InlineData("15.00:00:00", "HandlerTimeout")]
    [InlineData("00:00:00.1", null)]
    [InlineData("00:00:19.999", null)]
    public void A_try_takes_less_than_a_handler_may(string timeout, string? says)
    {
        var errors = Errors(options => options.Timeout = TimeSpan.Parse(timeout, null), helpDesk => helpDesk.Outbox.HandlerTimeout = TimeSpan.FromSeconds(20));

        Assert.Equal(says is null ? 0 : 1, errors.Count);
        Assert.All(errors, error => Assert.StartsWith("HelpDesk:Webhooks:crm:Timeout ", error, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.Contains(says!, error, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_wrong_with_the_help_desk_is_told_once()
    {
        var error = Assert.Single(Errors(_ => { }, helpDesk => helpDesk.Limits.SubjectLength = 0));

        Assert.StartsWith("HelpDesk:Limits:SubjectLength ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("ä")]
    [InlineData("a/b")]
    public void A_name_is_of_letters_digits_and_three_signs(string name) =>
        Assert.Throws<ArgumentException>(nameof(name), () => new ServiceCollection().AddHelpDesk().AddWebhook(name, _ => { }));

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        new ServiceCollection().AddHelpDesk().AddWebhook(new string('n', 100), _ => { });
        Assert.Throws<ArgumentException>("name", () => new ServiceCollection().AddHelpDesk().AddWebhook(new string('n', 101), _ => { }));
    }

    [Fact]
    public void Each_endpoint_has_deliveries_of_its_own_and_settings_add_up()
    {
        using var scene = new WebhookScene(builder => builder
            .AddWebhook("crm", options => options.Url = new Uri("https://crm.example.com/"))
            .AddWebhook("crm", options => options.Secrets.Add(WebhookScene.Secret))
            .AddWebhook("Data.lake_2-b", _ => { }));

        Assert.Equal(["webhook:Data.lake_2-b", "webhook:crm"], scene.Handlers.Names.Order(StringComparer.Ordinal));
        Assert.Empty(Errors(_ => { }));
    }

    private static List<string> Errors(Action<WebhookOptions> configure, Action<HelpDeskOptions>? helpDesk = null)
    {
        var services = new ServiceCollection();
        services.AddHelpDesk(helpDesk)
            .AddWebhook("crm", options => options.Secrets.Add(WebhookScene.Secret))
            .AddWebhook("crm", options => options.Url = new Uri("https://crm.example.com/"))
            .AddWebhook("crm", configure);
        using var provider = services.BuildServiceProvider();
        return Record.Exception(provider.GetRequiredService<IStartupValidator>().Validate) switch
        {
            null => [],
            OptionsValidationException error => [.. error.Failures],
            var other => [other.ToString()],
        };
    }
}
