using System.Text;
using HelpDesk.Specification.Infrastructure;
using MimeKit;

namespace HelpDesk.Notifications.Smtp;

public sealed class HeaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<(ReceivedMail Received, MimeMessage Mail)> SendAsync(Notification notification, Action<SmtpOptions>? configure = null)
    {
        await using var server = await MailServer.StartAsync();
        await using var post = Post.To(server, configure);
        await post.SendAsync(notification);
        var received = Assert.Single(await server.WaitForAsync(1, Token));
        return (received, Post.Parse(received.Raw));
    }

    [Fact]
    public async Task The_first_mail_to_a_person_has_no_predecessors()
    {
        var (received, mail) = await SendAsync(Post.Of(NotificationKind.Received));

        Assert.Equal("support@example.com", received.From);
        Assert.Equal(["alice@example.org"], received.To);
        Assert.Equal("\"Support\" <support@example.com>", mail.From.ToString());
        Assert.Equal("\"Alice\" <alice@example.org>", mail.To.ToString());
        Assert.Equal("[TKT-2026-000042] The printer burns", mail.Subject);
        Assert.Equal(Post.Now, mail.Date);
        Assert.Equal("<1@example.com>", mail.Headers[HeaderId.MessageId]);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        Assert.Equal("All", mail.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal(
            ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-Id", "Subject", "To", "X-Auto-Response-Suppress"],
            Post.HeadersOf(mail));
    }

    [Fact]
    public async Task A_later_mail_names_its_predecessors_and_what_it_answers()
    {
        var references = Enumerable.Range(1, 10).Select(number => $"<{Guid.NewGuid():N}{number}@example.com>").ToList();
        var (_, mail) = await SendAsync(Post.Of(NotificationKind.AgentReplied) with { References = references, MessageId = "<new@example.com>" });

        Assert.Equal(references, mail.References.Select(id => $"<{id}>"));
        Assert.Equal(references[^1], $"<{mail.InReplyTo}>");
        Assert.Equal("new@example.com", mail.MessageId);
    }

    [Fact]
    public async Task What_an_agent_wrote_is_no_automatic_mail()
    {
        var (_, mail) = await SendAsync(Post.Of(NotificationKind.AgentReplied));

        Assert.False(mail.Headers.Contains("Auto-Submitted"));
        Assert.False(mail.Headers.Contains("X-Auto-Response-Suppress"));
    }

    [Fact]
    public async Task Answers_go_to_the_persons_own_address_in_the_reply_domain()
    {
        var (received, mail) = await SendAsync(Post.Of(NotificationKind.Received), options =>
        {
            options.From = "Kundenbetreuung für Sie <support@bücher.example>";
            options.ReplyDomain = "antwort.bücher.example";
        });

        var address = Assert.IsType<MailboxAddress>(Assert.Single(mail.ReplyTo));
        Assert.Equal("Kundenbetreuung für Sie", address.Name);
        // MimeKit shows domains in their own letters.
        Assert.Equal($"reply+{Post.Token}@antwort.bücher.example", address.Address);
        Assert.Contains($"<reply+{Post.Token}@antwort.xn--bcher-kva.example>\r\n", Encoding.ASCII.GetString(received.Raw), StringComparison.Ordinal);
        Assert.Equal("Kundenbetreuung für Sie", Assert.Single(mail.From).Name);
        Assert.Equal("support@xn--bcher-kva.example", received.From);
        Assert.Contains("You can simply reply to this e-mail.", Post.Text(mail), StringComparison.Ordinal);
        Assert.Contains("You can simply reply to this e-mail.", Post.Html(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_about_a_note_has_no_address_that_leads_to_the_requester()
    {
        var (_, mail) = await SendAsync(Post.Of(NotificationKind.NoteAdded));

        Assert.Empty(mail.ReplyTo);
        Assert.DoesNotContain("reply", Post.Text(mail), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("alice@bücher.example")]
    [InlineData("alice@xn--bcher-kva.example")]
    public async Task A_domain_in_other_letters_is_written_in_ascii(string email)
    {
        var notification = Post.Of(NotificationKind.Received);
        var (received, mail) = await SendAsync(notification with { Recipient = notification.Recipient with { Email = email } });

        Assert.Equal(["alice@xn--bcher-kva.example"], received.To);
        Assert.Equal("Alice <alice@xn--bcher-kva.example>", mail.Headers[HeaderId.To]);
        Assert.False(received.IsUtf8);
    }
}
