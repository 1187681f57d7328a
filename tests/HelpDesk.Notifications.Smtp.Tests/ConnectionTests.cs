using System.Net;
using System.Net.Sockets;
using HelpDesk.Specification.Infrastructure;
using MailKit;

namespace HelpDesk.Notifications.Smtp;

public sealed class ConnectionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Notification Mail => Post.Of(NotificationKind.AgentReplied);

    [Fact]
    public async Task Twenty_mails_at_once_share_two_connections()
    {
        await using var server = await MailServer.StartAsync();
        await using var post = Post.To(server);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => post.SendAsync(Mail)));

        Assert.Equal(20, (await server.WaitForAsync(20, Token)).Count);
        Assert.InRange(server.Connections, 1, 2);
    }

    [Fact]
    public async Task Twenty_mails_one_after_the_other_share_one_connection()
    {
        await using var server = await MailServer.StartAsync();
        await using var post = Post.To(server);
        for (var number = 0; number < 20; number++)
            await post.SendAsync(Mail);

        Assert.Equal(20, (await server.WaitForAsync(20, Token)).Count);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_mail_on_a_connection_that_the_server_has_closed_takes_a_fresh_one()
    {
        await using var server = await MailServer.StartAsync("--drop-after-mail");
        await using var post = Post.To(server);
        for (var number = 0; number < 5; number++)
            await post.SendAsync(Mail);

        Assert.Equal(5, (await server.WaitForAsync(5, Token)).Count);
        Assert.Equal(5, server.Connections);
    }

    [Fact]
    public async Task A_mail_that_may_have_arrived_is_not_sent_twice()
    {
        await using var server = await MailServer.StartAsync("--drop-in-mail", "2");
        await using var post = Post.To(server);
        await post.SendAsync(Mail);
        var failure = await Record.ExceptionAsync(() => post.SendAsync(Mail));

        Assert.True(failure is IOException or ProtocolException, $"{failure}");
        Assert.Equal(2, server.Events.Count(line => line == "DATA"));
        Assert.Equal(1, server.Connections);

        await post.SendAsync(Mail);
        Assert.Equal(2, (await server.WaitForAsync(2, Token)).Count);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_without_mail_is_closed_after_half_a_minute()
    {
        await using var server = await MailServer.StartAsync();
        await using var post = Post.To(server);
        await post.SendAsync(Mail);
        post.Clock.Advance(TimeSpan.FromSeconds(20));
        await post.SendAsync(Mail);
        post.Clock.Advance(TimeSpan.FromSeconds(20));
        await post.SendAsync(Mail);
        Assert.Equal(1, server.Connections);
        Assert.DoesNotContain("QUIT", server.Events);

        post.Clock.Advance(TimeSpan.FromSeconds(31));
        await server.WaitUntilAsync(() => server.Events.Contains("QUIT"), "goodbye", Token);
        await post.SendAsync(Mail);
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_the_host_closes_the_connections(bool isAsynchronous)
    {
        await using var server = await MailServer.StartAsync();
        await using var post = Post.To(server);
        await post.SendAsync(Mail);
        if (isAsynchronous)
        {
            await post.DisposeAsync();
            Assert.Contains("QUIT", server.Events);
        }
        else
        {
            post.Connections.Dispose();
            await post.SendAsync(Mail);
            Assert.Equal(2, server.Connections);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_after_the_time_out()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var post = Post.To(((IPEndPoint)silent.LocalEndpoint).Port, options => options.Timeout = TimeSpan.FromSeconds(5));
        var sending = post.SendAsync(Mail);
        using var accepted = await silent.AcceptTcpClientAsync(Token);
        post.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(sending.IsCompleted);
        post.Clock.Advance(TimeSpan.FromSeconds(2));

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => sending.WaitAsync(TimeSpan.FromMinutes(2), Token));
        Assert.Equal("The mail server took longer than 5 s.", failure.Message);
        Assert.Equal(0, await accepted.GetStream().ReadAsync(new byte[1].AsMemory(), Token));
    }

    [Fact]
    public async Task A_host_that_stops_waits_for_no_server()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var post = Post.To(((IPEndPoint)silent.LocalEndpoint).Port, options => options.MostConnections = 1);
        using var stop = new CancellationTokenSource();
        var sending = post.SendAsync(Mail, stop.Token);
        var waiting = post.SendAsync(Mail, stop.Token);
        using var accepted = await silent.AcceptTcpClientAsync(Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.WaitAsync(TimeSpan.FromMinutes(2), Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromMinutes(2), Token));
    }

    [Fact]
    public async Task A_server_that_is_back_gets_the_mail_of_the_next_try()
    {
        await using var server = await MailServer.StartAsync();
        await using var post = Post.To(server);
        await post.SendAsync(Mail);
        await server.StopAsync();
        var failure = await Record.ExceptionAsync(() => post.SendAsync(Mail));
        Assert.True(failure is IOException or SocketException, $"{failure}");

        await using var again = await MailServer.StartAsync("--port", $"{server.Port}");
        await post.SendAsync(Mail);
        Assert.Single(await again.WaitForAsync(1, Token));
    }
}
