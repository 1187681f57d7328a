using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HelpDesk.Events;
using HelpDesk.Specification.Infrastructure;

namespace HelpDesk.Webhooks;

/// <summary>Where posts go, whatever a name or a number says.</summary>
public sealed class WebhookAddressTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("017700000001")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    [InlineData("①②⑦.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[::ffff:127.0.0.1]")]
    [InlineData("[::ffff:7f00:1]")]
    [InlineData("[64:ff9b::7f00:1]")]
    [InlineData("[fe80::1%25lo]")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    public async Task Ones_own_machine_is_refused_in_every_spelling(string host)
    {
        await using var receiver = HttpReceiver.Answering(200);
        using var scene = WebhookScene.To(new Uri($"https://{host}:{receiver.Port}/?key=hush"), options => options.AllowPrivateAddresses = false);

        var failure = await Assert.ThrowsAsync<PermanentFailureException>(() => scene.SendAsync());

        Assert.Contains("AllowPrivateAddresses", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, receiver.Connections);
    }

    /// <summary>Whether these are known depends on the resolver of the machine: there is no such name, or it is refused.</summary>
    [Theory]
    [InlineData("127.0.0.1.")]
    [InlineData("localhost.")]
    [InlineData("api.localhost")]
    public async Task Nor_is_it_reached_by_a_name_that_only_some_resolvers_know(string host)
    {
        await using var receiver = HttpReceiver.Answering(200);
        using var scene = WebhookScene.To(new Uri($"https://{host}:{receiver.Port}/"), options => options.AllowPrivateAddresses = false);

        var failure = await Record.ExceptionAsync(() => scene.SendAsync());

        Assert.True(failure is PermanentFailureException || failure?.GetBaseException() is SocketException, $"{failure}");
        Assert.Equal(0, receiver.Connections);
    }

    [Theory]
    [InlineData("crm.example.com")]
    [InlineData("crm.example.com.")]
    public async Task A_name_that_leads_only_to_private_addresses_is_refused(string host)
    {
        using var client = new WebhookClient((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.IPv6Loopback]), PublicAddress.Is);
        using var scene = WebhookScene.To(new Uri($"https://{host}/"), options => options.AllowPrivateAddresses = false, client);

        await Assert.ThrowsAsync<PermanentFailureException>(() => scene.SendAsync());
    }

    [Fact]
    public async Task Of_several_addresses_only_the_public_ones_are_used()
    {
        await using var receiver = new HttpReceiver((stream, cancellationToken) => HttpReceiver.WriteAsync(stream, "HTTP/1.1 204 OK\r\n\r\n", cancellationToken), IPAddress.Any);
        using var client = new WebhookClient((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.2"), IPAddress.Loopback]), IPAddress.Loopback.Equals);

        using var response = await SendAsync(client, $"http://crm.example.com:{receiver.Port}/", allowsPrivate: false);

        Assert.Equal(IPAddress.Loopback, (await receiver.NextAsync(Token)).At);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_so_that_it_cannot_change_after_the_check()
    {
        var names = new List<string>();
        await using var receiver = HttpReceiver.Answering(200);
        using var client = new WebhookClient(
            (name, _) =>
            {
                names.Add(name);
                return Task.FromResult<IPAddress[]>([names.Count == 1 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.2")]);
            },
            IPAddress.Loopback.Equals);

        using var response = await SendAsync(client, $"http://crm.example.com:{receiver.Port}/", allowsPrivate: false);

        Assert.Equal(["crm.example.com"], names);
        Assert.Equal($"crm.example.com:{receiver.Port}", (await receiver.NextAsync(Token)).Headers["host"]);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_tried_again()
    {
        using var client = new WebhookClient((_, _) => Task.FromResult<IPAddress[]>([]), PublicAddress.Is);
        using var scene = WebhookScene.To(new Uri("https://crm.example.com/"), options => options.AllowPrivateAddresses = false, client);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());

        Assert.StartsWith("crm.example.com could not be asked: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_one_endpoint_may_have_does_not_serve_another()
    {
        await using var receiver = HttpReceiver.Answering(200);
        using var client = new WebhookClient();
        using (await SendAsync(client, receiver.Url.ToString(), allowsPrivate: true))
        {
        }

        await Assert.ThrowsAsync<PermanentFailureException>(() => SendAsync(client, receiver.Url.ToString(), allowsPrivate: false));

        Assert.Equal(1, receiver.Waiting);
        Assert.Equal(1, receiver.Connections);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_gets_no_post()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
        await using var receiver = new HttpReceiver(
            (stream, cancellationToken) => HttpReceiver.WriteAsync(stream, "HTTP/1.1 204 OK\r\n\r\n", cancellationToken),
            secure: async (stream, cancellationToken) =>
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, cancellationToken);
                return tls;
            });
        using var scene = WebhookScene.To(new Uri($"https://127.0.0.1:{receiver.Port}/"));

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => scene.SendAsync());

        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, receiver.Connections);
        Assert.Equal(0, receiver.Waiting);
    }

    private static async Task<HttpResponseMessage> SendAsync(WebhookClient client, string url, bool allowsPrivate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        return await client.SendAsync(request, allowsPrivate, Token);
    }
}
