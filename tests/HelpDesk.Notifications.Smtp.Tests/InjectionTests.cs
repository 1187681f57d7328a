using System.Globalization;
using System.Text;
using HelpDesk.Events;
using HelpDesk.Specification.Infrastructure;
using MimeKit;

namespace HelpDesk.Notifications.Smtp;

public sealed class InjectionTests
{
    private const int Cases = 1_500;
    private const int Sent = 88;

    private static readonly string[] Pieces =
    [
        "\r", "\n", "\r\n", "\0", "\u2028", "\u2029", "\u0085", "\v", "\f", "\t", "\u001b", ",", ";", ":", "<", ">", "\"", "'", "\\", "(", ")", "[", "]", "@", " ", "  ", ".", "\r\n.\r\n",
        "\r\nBcc: x@y.example", "\nBcc: x@y.example\n\n", "\r\n\r\n<b>body</b>", "%0d%0aBcc:x@y.example", "\r\nContent-Type: text/html\r\n\r\n", "\r\nRCPT TO:<x@y.example>\r\n",
        "=?utf-8?q?a=0D=0ABcc=3A_x=40y.example?=", "=?utf-8?b?DQpCY2M6IHhAeS5leGFtcGxl?=", "=?", "?=", "=0D=0A", "<x@y.example>", ", x@y.example", "\"x\" <x@y.example>,", "x@y.example;",
        "group: a@b.example, c@d.example;", "ü", "日本", "🔥", "\ud83d", "\udd25", "\u202e", "\ufeff", "{{ ticket.number }}", "{% raw %}", "--boundary", "\r\n--=-", "a", "Ann", "Error",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly string[] AutomaticHeaders =
        ["Auto-Submitted", "Content-Type", "Date", "From", "In-Reply-To", "MIME-Version", "Message-Id", "References", "Reply-To", "Subject", "To", "X-Auto-Response-Suppress"];

    [Fact]
    public async Task Nothing_that_people_write_makes_a_header_a_recipient_or_a_part()
    {
        var random = new Random(20260302);
        await using var server = await MailServer.StartAsync("--smtputf8");
        await using var post = Post.To(server, options => options.ReplyDomain = "reply.example.com");
        var (composed, sent, refused) = (0, 0, 0);
        for (var number = 0; number < Cases; number++)
        {
            // One address in four is odd; most of those must be refused.
            var email = number % 4 == 0 ? Address(random) : "alice@example.org";
            var kind = (NotificationKind)(number % 9);
            var notification = Odd(Post.Of(kind, number % 2 == 0 ? "en" : "de"), email, random);
            MimeMessage mail;
            try
            {
                mail = await post.Composer.ComposeAsync(notification);
            }
            catch (PermanentFailureException)
            {
                Assert.NotEqual("alice@example.org", email);
                refused++;
                continue;
            }

            composed++;
            using (mail)
                AssertIntact(Post.Bytes(mail), notification);
            if (number % (Cases / Sent) != 1)
                continue;

            await post.SendAsync(notification);
            var received = (await server.WaitForAsync(++sent, Token))[^1];
            Assert.Equal("support@example.com", received.From);
            Assert.Equal([Expected(email)], received.To);
            AssertIntact(received.Raw, notification);
        }

        Assert.True(composed >= 1_000 && sent >= 50 && refused >= 100, $"{composed} composed, {sent} sent, {refused} refused");
    }

    [Theory]
    [InlineData("alice@example.org\r\nRCPT TO:<x@y.example>")]
    [InlineData("alice@example.org>\r\nBcc: x@y.example")]
    [InlineData("alice@example.org, x@y.example")]
    [InlineData("alice@example.org x@y.example")]
    [InlineData("<alice@example.org>")]
    [InlineData("Alice <alice@example.org>")]
    [InlineData("\"a\r\nb\"@example.org")]
    [InlineData("@y.example:alice@example.org")]
    [InlineData("alice(x@y.example)@example.org")]
    [InlineData("alice@exa\0mple.org")]
    [InlineData("alice@[127.0.0.1]")]
    [InlineData("alice@example.org\u2028x")]
    [InlineData("alice@-.example")]
    [InlineData("alice@")]
    [InlineData("alice")]
    [InlineData("=?utf-8?q?alice=40example.org?=")]
    public async Task An_address_that_is_not_plainly_one_is_refused(string email)
    {
        var notification = Post.Of(NotificationKind.Received);
        await using var post = Post.To();

        var failure = await Assert.ThrowsAsync<PermanentFailureException>(() => post.Composer.ComposeAsync(notification with { Recipient = notification.Recipient with { Email = email } }));
        Assert.Equal("Alice has no address that mail can be sent to.", failure.Message);
    }

    private static Notification Odd(Notification notification, string email, Random random) => notification with
    {
        IsAutomatic = true,
        References = ["<0@example.com>"],
        Recipient = notification.Recipient with { Name = Text(random), Email = email },
        Ticket = notification.Ticket with { Subject = Text(random), Category = Text(random), RequesterName = Text(random), AssigneeName = Text(random) },
        Message = new NotifiedMessage { AuthorName = Text(random), Body = Text(random), IsPrivate = false, Files = [Text(random)], CreatedAt = Post.Now },
    };

    private static void AssertIntact(byte[] raw, Notification notification)
    {
        WireFormat.AssertPlain(raw, !Ascii.IsValid(Expected(notification.Recipient.Email!)));
        var mail = Post.Parse(raw);
        var isAnswered = notification.Kind != NotificationKind.NoteAdded;
        Assert.Equal(AutomaticHeaders.Where(name => isAnswered || name != "Reply-To"), Post.HeadersOf(mail));
        Assert.Equal("support@example.com", Assert.IsType<MailboxAddress>(Assert.Single(mail.From)).Address);
        Assert.Equal(Expected(notification.Recipient.Email!), Assert.Single(mail.To.Mailboxes).GetAddress(idnEncode: true));
        if (isAnswered)
            Assert.Equal($"reply+{Post.Token}@reply.example.com", Assert.IsType<MailboxAddress>(Assert.Single(mail.ReplyTo)).Address);
        Assert.Equal("1@example.com", mail.MessageId);
        Assert.StartsWith("[TKT-2026-000042]", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(mail.Subject + mail.To[0].Name, char.IsControl);
    }

    /// <summary>The address as it is sent to: trimmed, in lower case, its domain in ASCII.</summary>
    private static string Expected(string email)
    {
        var parts = email.Trim().ToLowerInvariant().Split('@');
        return $"{parts[0]}@{new IdnMapping().GetAscii(parts[1])}";
    }

    private static string Text(Random random)
    {
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
        return random.Next(10) switch
        {
            0 => text + new string((char)random.Next('A', 'z'), random.Next(998, 2_500)),
            1 => string.Concat(Enumerable.Repeat(text, 200)),
            2 => string.Concat(Enumerable.Repeat("ü🔥", random.Next(1, 700))) + text,
            _ => text,
        };
    }

    private static string Address(Random random)
    {
        const string plain = "alice@example.org";
        var at = random.Next(plain.Length + 1);
        return plain[..at] + Pieces[random.Next(Pieces.Length)] + plain[at..];
    }
}
