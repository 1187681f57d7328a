using System.Text;
using HelpDesk.Specification.Infrastructure;
using MailKit.Security;

namespace HelpDesk.Notifications.Smtp;

public sealed class SafetyTests
{
    private const string Password = "open-sesame-42";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Notification Mail => Post.Of(NotificationKind.AgentReplied);

    private static void SignIn(SmtpOptions options) => (options.UserName, options.Password) = ("helpdesk", Password);

    [Fact]
    public async Task Who_signs_in_does_so_over_tls()
    {
        using var certificates = new Certificates();
        await using var server = await MailServer.StartAsync("--certificate", certificates.File, "--user", $"helpdesk:{Password}");
        await using var post = Post.To(server, SignIn, certificates.Trust);
        await post.SendAsync(Mail);

        Assert.True(Assert.Single(await server.WaitForAsync(1, Token)).IsTls);
        Assert.True(server.Events.ToList().IndexOf("TLS") is 1);
    }

    [Fact]
    public async Task Tls_is_used_where_the_server_offers_it_without_a_user_too()
    {
        using var certificates = new Certificates();
        await using var server = await MailServer.StartAsync("--certificate", certificates.File);
        await using var post = Post.To(server, prepare: certificates.Trust);
        await post.SendAsync(Mail);

        Assert.True(Assert.Single(await server.WaitForAsync(1, Token)).IsTls);
    }

    [Fact]
    public async Task A_password_does_not_leave_without_tls()
    {
        await using var server = await MailServer.StartAsync("--user", $"helpdesk:{Password}", "--sign-in-without-tls");
        await using var post = Post.To(server, SignIn);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => post.SendAsync(Mail));

        Assert.Contains("HelpDesk:Smtp:UserName", failure.Message, StringComparison.Ordinal);
        Assert.Contains("EHLO", server.Input, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", server.Input, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, server.Input, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Password)), server.Input, StringComparison.Ordinal);
        Assert.Empty(await server.ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(bool signsIn)
    {
        using var certificates = new Certificates();
        await using var server = await MailServer.StartAsync("--certificate", certificates.File);
        await using var post = Post.To(server, options =>
        {
            if (signsIn)
                SignIn(options);
        });

        await Assert.ThrowsAsync<SslHandshakeException>(() => post.SendAsync(Mail));
        Assert.Empty(await server.ReadAsync());
        Assert.DoesNotContain("AUTH", server.Input, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL", server.Events);
    }

    [Fact]
    public async Task A_certificate_of_another_server_is_refused()
    {
        using var certificates = new Certificates("smtp.example.com");
        await using var server = await MailServer.StartAsync("--certificate", certificates.File);
        await using var post = Post.To(server, SignIn, certificates.Trust);

        await Assert.ThrowsAsync<SslHandshakeException>(() => post.SendAsync(Mail));
        Assert.DoesNotContain("AUTH", server.Input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_again_since_it_may_be_mended()
    {
        using var certificates = new Certificates();
        await using var server = await MailServer.StartAsync("--certificate", certificates.File, "--user", "helpdesk:another");
        await using var post = Post.To(server, SignIn, certificates.Trust);
        var failure = await Assert.ThrowsAsync<AuthenticationException>(() => post.SendAsync(Mail));

        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(465, null, SecureSocketOptions.SslOnConnect)]
    [InlineData(465, "helpdesk", SecureSocketOptions.SslOnConnect)]
    [InlineData(null, "helpdesk", SecureSocketOptions.StartTls)]
    [InlineData(25, "helpdesk", SecureSocketOptions.StartTls)]
    [InlineData(null, null, SecureSocketOptions.StartTlsWhenAvailable)]
    [InlineData(587, null, SecureSocketOptions.StartTlsWhenAvailable)]
    public void The_port_and_the_user_say_how(int? port, string? userName, SecureSocketOptions expected) =>
        Assert.Equal(expected, SmtpConnections.Security(new SmtpOptions { Port = port, UserName = userName }));

    [Theory]
    [InlineData(null, 25)]
    [InlineData("helpdesk", 587)]
    public void The_port_follows_from_the_user(string? userName, int expected) => Assert.Equal(expected, new SmtpOptions { UserName = userName }.EffectivePort);
}
