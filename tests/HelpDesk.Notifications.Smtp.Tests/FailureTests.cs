using HelpDesk.Events;
using HelpDesk.Specification.Infrastructure;
using MailKit.Net.Smtp;

namespace HelpDesk.Notifications.Smtp;

public sealed class FailureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Notification To(string? email)
    {
        var notification = Post.Of(NotificationKind.AgentReplied);
        return notification with { Recipient = notification.Recipient with { Email = email } };
    }

    [Fact]
    public async Task Not_now_is_tried_again_with_the_same_mail()
    {
        await using var server = await MailServer.StartAsync("--refuse-every", "5");
        await using var post = Post.To(server);
        for (var number = 0; number < 4; number++)
            await post.SendAsync(To("alice@example.org"));
        var failure = await Assert.ThrowsAsync<SmtpCommandException>(() => post.SendAsync(To("alice@example.org")));
        Assert.Equal(451, (int)failure.StatusCode);

        await post.SendAsync(To("alice@example.org"));
        Assert.Equal(5, (await server.WaitForAsync(5, Token)).Count);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Nobody_of_this_name_is_for_good()
    {
        await using var server = await MailServer.StartAsync("--refuse-nobody");
        await using var post = Post.To(server);
        var failure = await Assert.ThrowsAsync<PermanentFailureException>(() => post.SendAsync(To("nobody@example.org")));
        Assert.Equal("The mail server answered 550 5.1.1 <nobody@example.org>: there is nobody of this name", failure.Message);

        await post.SendAsync(To("alice@example.org"));
        Assert.Single(await server.WaitForAsync(1, Token));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("550 5.1.1 Unknown", true)]
    [InlineData("550 No such user here", true)]
    [InlineData("553 5.1.3 Bad address syntax", true)]
    [InlineData("552 5.2.2 Mailbox full", true)]
    [InlineData("554 5.7.1 Relay access denied", false)]
    [InlineData("550 5.4.5 Daily sending quota exceeded", false)]
    [InlineData("550 5.1.8 Bad outbound sender", false)]
    [InlineData("553 5.1.7 Bad sender's mailbox", false)]
    [InlineData("550 5.4.1 Relay access denied", false)]
    [InlineData("504 5.5.2 Helo rejected", false)]
    [InlineData("554 Transaction failed", false)]
    [InlineData("550 5.7.26 Not authenticated by SPF", false)]
    [InlineData("530 5.7.0 Authentication required", false)]
    [InlineData("530 Authentication required", false)]
    [InlineData("503 Bad sequence of commands", false)]
    [InlineData("450 4.2.0 Greylisted", false)]
    [InlineData("421 4.3.2 Closing", false)]
    public async Task An_answer_to_the_recipient_is_for_good_only_when_it_is_about_the_person(string answer, bool isForGood)
    {
        await using var server = await MailServer.StartAsync("--answer-recipients", answer);
        await AssertFailsAsync(server, answer, isForGood);
    }

    [Theory]
    [InlineData("554 5.6.0 Not like this", true)]
    [InlineData("552 5.3.4 Too big", true)]
    [InlineData("554 5.7.1 Looks like spam", false)]
    [InlineData("554 Message rejected: your address is not verified", false)]
    [InlineData("530 Authentication required", false)]
    [InlineData("452 4.3.1 Disk full", false)]
    public async Task An_answer_to_the_mail_is_for_good_only_when_it_is_about_the_mail(string answer, bool isForGood)
    {
        await using var server = await MailServer.StartAsync("--answer-mails", answer);
        await AssertFailsAsync(server, answer, isForGood);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task Who_has_no_address_cannot_be_reached(string? email)
    {
        await using var post = Post.To();
        var failure = await Assert.ThrowsAsync<PermanentFailureException>(() => post.SendAsync(To(email)));
        Assert.Equal("Alice has no address.", failure.Message);
    }

    [Fact]
    public async Task An_address_in_other_letters_needs_a_server_that_knows_them()
    {
        await using var old = await MailServer.StartAsync();
        await using var post = Post.To(old);
        var failure = await Assert.ThrowsAsync<PermanentFailureException>(() => post.SendAsync(To("jürgen@example.org")));
        Assert.Contains("SMTPUTF8", failure.Message, StringComparison.Ordinal);

        await using var modern = await MailServer.StartAsync("--smtputf8");
        await using var modernPost = Post.To(modern);
        await modernPost.SendAsync(To("jürgen@bücher.example"));
        var mail = Assert.Single(await modern.WaitForAsync(1, Token));
        Assert.True(mail.IsUtf8);
        Assert.Equal(["jürgen@bücher.example"], mail.To);
        Assert.Equal("jürgen@bücher.example", Post.Parse(mail.Raw).To.Mailboxes.Single().Address);
    }

    [Fact]
    public async Task A_domain_in_other_letters_needs_no_such_server_and_does_not_ask_for_it()
    {
        await using var server = await MailServer.StartAsync("--smtputf8");
        await using var post = Post.To(server, options => options.From = "support@bücher.example");
        await post.SendAsync(To("alice@bücher.example"));

        var mail = Assert.Single(await server.WaitForAsync(1, Token));
        Assert.False(mail.IsUtf8);
        Assert.Equal("support@xn--bcher-kva.example", mail.From);
        Assert.Equal(["alice@xn--bcher-kva.example"], mail.To);
        WireFormat.AssertPlain(mail.Raw);
    }

    private static async Task AssertFailsAsync(MailServer server, string answer, bool isForGood)
    {
        await using var post = Post.To(server);
        var failure = await Record.ExceptionAsync(() => post.SendAsync(To("alice@example.org")));
        Assert.NotNull(failure);
        Assert.Equal(isForGood, failure is PermanentFailureException);
        if (isForGood)
            Assert.Equal($"The mail server answered {answer}", failure.Message);
    }
}
