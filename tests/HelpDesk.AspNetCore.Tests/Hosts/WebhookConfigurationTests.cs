using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HelpDesk.AspNetCore.Tests.Infrastructure;
using HelpDesk.Events;
using HelpDesk.Specification.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.AspNetCore.Tests.Hosts;

/// <summary>Webhooks as a host's configuration has them, from the ticket to the other system.</summary>
public sealed class WebhookConfigurationTests
{
    private const string Crm = "HelpDesk:Webhooks:crm";
    private const string Canary = "canary-51c9";

    private static readonly string Secret = "whsec_" + Convert.ToBase64String(SHA256.HashData("one"u8));
    private static readonly string NextSecret = "whsec_" + Convert.ToBase64String(SHA256.HashData("two"u8));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Key and value, the key that the error names, and what it says of it.</summary>
    public static TheoryData<string, string, string, string> WrongValues() => new()
    {
        { $"{Crm}:Url", "http://crm.example.com/", $"{Crm}:Url", "must be https" },
        { $"{Crm}:Url", "crm", $"{Crm}:Url", "absolute" },
        { $"{Crm}:Url", "", $"{Crm}:Url", "" },
        { $"{Crm}:Url:0", "https://crm.example.com/", $"{Crm}:Url", "" },
        { $"{Crm}:Urll", "https://crm.example.com/", $"{Crm}:Urll", "is no setting" },
        { $"{Crm}:Secrets:1", "whsec_hush", $"{Crm}:Secrets:1", "24 to 64" },
        { $"{Crm}:Secrets:1:Value", "whsec_hush", $"{Crm}:Secrets:1", "must be a text" },
        { $"{Crm}:Secrets", "whsec_hush", $"{Crm}:Secrets", "must be a list" },
        { $"{Crm}:Secret", "whsec_hush", $"{Crm}:Secret ", "is no setting" },
        { $"{Crm}:Kinds", "ticket.opened", $"{Crm}:Kinds", "must be a list" },
        { $"{Crm}:Kinds:0", "ticket.open", $"{Crm}:Kinds:0", "ticket.opened, " },
        { $"{Crm}:Kinds:0:Name", "ticket.opened", $"{Crm}:Kinds:0", "must be a text" },
        { $"{Crm}:Kind", "ticket.opened", $"{Crm}:Kind ", "is no setting" },
        { $"{Crm}:AllowPrivateAddresses", "sometimes", $"{Crm}:AllowPrivateAddresses", "must be true or false" },
        { $"{Crm}:AllowPrivateAddresses:0", "true", $"{Crm}:AllowPrivateAddresses", "single value" },
        { $"{Crm}:Timeout", "soon", $"{Crm}:Timeout", "must be a time" },
        { $"{Crm}:Timeout", "15", $"{Crm}:Timeout", "HandlerTimeout" },
        { Crm, "https://crm.example.com/", Crm, "must be a section" },
    };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task A_wrong_entry_is_an_error_that_names_its_key(string key, string value, string named, string says)
    {
        var settings = Endpoint("crm", new Uri("https://crm.example.com/hooks"), allowsPrivate: false);
        settings[key] = value;
        if (key == $"{Crm}:Url:0")
            settings.Remove($"{Crm}:Url");

        var error = await StartUp.FailsAsync(settings);

        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_cannot_be_one_is_an_error() => Assert.Contains(
        "'c r m'",
        (await Assert.ThrowsAsync<ArgumentException>(() => StartUp.FailsAsync(Endpoint("c r m", new Uri("https://crm.example.com/"), allowsPrivate: false)))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task What_happens_to_a_ticket_is_told_by_keys_and_never_by_texts()
    {
        await using var receiver = HttpReceiver.Answering(200);
        await using var host = await StartAsync(Endpoint("crm", receiver.Url));
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var ticket = await alice.OpenAsync($"Subject {Canary}", $"Body {Canary}");
        await ann.NoteAsync(ticket.Id, $"Note {Canary}");
        await ann.ReplyAsync(ticket.Id, $"Reply {Canary}");
        await DispatchAsync(host);

        var posts = await ReadAsync(receiver);
        Assert.All(posts, post => Assert.Equal(Signature(post, Secret), post.Headers["webhook-signature"]));
        Assert.All(posts, post => Assert.DoesNotContain(Canary, post.Text, StringComparison.Ordinal));
        Assert.All(posts, post => Assert.DoesNotContain("@", post.Text, StringComparison.Ordinal));
        Assert.All(posts, post => Assert.Equal(ticket.Id, Data(post).GetProperty("ticket").GetProperty("id").GetGuid()));
        Assert.Equal(["ticket.opened", "message.added"], posts.Select(Type).Where(type => type != "ticket.assigned"));
        Assert.Equal("requester alice-id", string.Join(' ', Data(posts[0]).GetProperty("actor").Texts("kind", "id")));
        Assert.Equal(posts.Count, posts.Select(post => post.Headers["webhook-id"]).Distinct().Count());
    }

    [Fact]
    public async Task Listed_kinds_are_sent_and_no_others()
    {
        await using var receiver = HttpReceiver.Answering(200);
        var settings = Endpoint("crm", receiver.Url);
        settings[$"{Crm}:Kinds:0"] = "note.added";
        await using var host = await StartAsync(settings);
        var (alice, ann) = (await host.AsAsync(Users.Alice), await host.AsAsync(Users.Ann));

        var ticket = await alice.OpenAsync();
        await ann.NoteAsync(ticket.Id, $"Note {Canary}");
        await DispatchAsync(host);

        var post = Assert.Single(await ReadAsync(receiver));
        Assert.Equal("note.added", Type(post));
        Assert.False(Data(post).GetProperty("isPublic").GetBoolean());
        Assert.DoesNotContain(Canary, post.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_is_down_or_gone_holds_up_no_other()
    {
        await using var down = HttpReceiver.Answering(500);
        await using var gone = HttpReceiver.Answering(410);
        await using var crm = HttpReceiver.Answering(200);
        await using var host = await StartAsync(Endpoint("down", down.Url), Endpoint("gone", gone.Url), Endpoint("crm", crm.Url));

        var ticket = await (await host.AsAsync(Users.Alice)).OpenAsync();
        await DispatchAsync(host);

        var told = (await ReadAsync(crm)).Select(Type).ToList();
        Assert.Contains("ticket.opened", told);
        Assert.Equal(1, down.Waiting);
        var dead = await host.WithAsync<IDeadLetters, IReadOnlyList<DeadLetter>>(letters => letters.ListAsync(cancellationToken: Token));
        Assert.Equal(told.Select(kind => $"webhook:gone {ticket.Id} {kind} 1"), dead.Select(letter => $"{letter.Handler} {letter.TicketId} {letter.Kind} {letter.Attempts}"));
        Assert.All(dead, letter => Assert.Contains("127.0.0.1 answered 410", letter.Error, StringComparison.Ordinal));

        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await DispatchAsync(host);

        var (first, second) = (await down.NextAsync(Token), await down.NextAsync(Token));
        Assert.Equal((first.Headers["webhook-id"], first.Text), (second.Headers["webhook-id"], second.Text));
        Assert.NotEqual(first.Headers["webhook-timestamp"], second.Headers["webhook-timestamp"]);
    }

    [Fact]
    public async Task A_changed_secret_counts_from_the_next_post_on()
    {
        await using var receiver = HttpReceiver.Answering(200);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Endpoint("crm", receiver.Url)).Build();
        await using var host = await StartAsync(configuration);
        var alice = await host.AsAsync(Users.Alice);
        await alice.OpenAsync();
        await DispatchAsync(host);
        await ReadAsync(receiver);

        configuration[$"{Crm}:Secrets:1"] = NextSecret;
        configuration.Reload();
        await alice.OpenAsync();
        await DispatchAsync(host);

        Assert.All(await ReadAsync(receiver), post => Assert.Equal($"{Signature(post, Secret)} {Signature(post, NextSecret)}", post.Headers["webhook-signature"]));
    }

    private static Dictionary<string, string?> Endpoint(string name, Uri url, bool allowsPrivate = true) => new()
    {
        [$"HelpDesk:Webhooks:{name}:Url"] = url.ToString(),
        [$"HelpDesk:Webhooks:{name}:Secrets:0"] = Secret,
        [$"HelpDesk:Webhooks:{name}:AllowPrivateAddresses"] = allowsPrivate ? "true" : "false",
    };

    private static Task<TestHelpDesk> StartAsync(params Dictionary<string, string?>[] endpoints) =>
        StartAsync(new ConfigurationBuilder().AddInMemoryCollection(endpoints.SelectMany(endpoint => endpoint)).Build());

    private static Task<TestHelpDesk> StartAsync(IConfiguration configuration) => TestHelpDesk.StartAsync(new TestHostSetup
    {
        Configuration = { ["HelpDesk:Outbox:RunsInBackground"] = "false" },
        Services = services => services.AddHelpDesk().AddWebhooks(configuration.GetSection("HelpDesk:Webhooks")),
    });

    private static Task<DispatchResult> DispatchAsync(TestHelpDesk host) => host.WithAsync<IOutboxDispatcher, DispatchResult>(outbox => outbox.DispatchAsync(Token));

    private static async Task<List<ReceivedRequest>> ReadAsync(HttpReceiver receiver)
    {
        var posts = new List<ReceivedRequest>();
        while (receiver.Waiting > 0)
            posts.Add(await receiver.NextAsync(Token));
        return posts.Count > 0 ? posts : throw new InvalidOperationException("Nothing was received.");
    }

    private static string Type(ReceivedRequest post) => JsonElement.Parse(post.Text).GetProperty("type").GetString()!;

    private static JsonElement Data(ReceivedRequest post) => JsonElement.Parse(post.Text).GetProperty("data");

    private static string Signature(ReceivedRequest post, string secret)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{post.Headers["webhook-id"]}.{post.Headers["webhook-timestamp"]}."), .. post.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
    }
}
