using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace HelpDesk.Inbound.Mailgun;

public sealed class CaptureTests
{
    [Theory]
    [InlineData("parsed-valid.txt", 1366071615, HttpStatusCode.OK)]
    // Signed by a key that nobody has told.
    [InlineData("parsed-spam.txt", 1366071698, HttpStatusCode.Unauthorized)]
    [InlineData("parsed-invalid.txt", 1366071802, HttpStatusCode.Unauthorized)]
    [InlineData("parsed-missing.txt", 1366071802, HttpStatusCode.Unauthorized)]
    public async Task What_mailgun_has_posted_is_taken_where_its_signature_is_right(string name, long seconds, HttpStatusCode expected)
    {
        using var content = MailCaptures.Read(name);
        await using var webhook = await Webhook.StartAsync(new() { ["HelpDesk:Mailgun:SigningKey"] = "foo" }, now: DateTimeOffset.FromUnixTimeSeconds(seconds).AddSeconds(5));

        await webhook.ExpectAsync(expected, content);

        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, webhook.Processor.Received.Count);
        Assert.Equal(webhook.Processor.Received.Count, webhook.Processor.Calls);
    }

    [Fact]
    public async Task A_mail_that_mailgun_has_taken_apart_is_whole_again()
    {
        using var content = MailCaptures.Read("parsed-valid.txt");
        await using var webhook = await Webhook.StartAsync(new() { ["HelpDesk:Mailgun:SigningKey"] = "foo" }, now: DateTimeOffset.FromUnixTimeSeconds(1366071620));

        await webhook.ExpectAsync(HttpStatusCode.OK, content);

        var received = Assert.Single(webhook.Processor.Received);
        Assert.Equal(("foo+bar@multimail.mailgun.org", "james@opennorth.ca"), (received.Email.Recipient, received.Email.Sender));
        var mail = received.Parse();
        Assert.Equal(("Test", "E102015D-F580-4316-81FA-7324838A3AE8@opennorth.ca"), (mail.Subject, mail.MessageId));
        Assert.Equal(4, mail.Headers.Count(header => header.Field == "Received"));
        Assert.Equal("Pass", mail.Headers.Single(header => header.Field == "X-Mailgun-Spf").Value);
        Assert.StartsWith("bold text", mail.TextBody, StringComparison.Ordinal);
        Assert.EndsWith("Signature block", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("<b>bold text</b>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(["foo.txt", "bar.txt"], mail.Attachments.Cast<MimePart>().Select(part => part.FileName));
        Assert.Equal("Lorem ipsum dolor sit amet, consectetur adipiscing elit.", Assert.IsType<TextPart>(mail.Attachments.First()).Text.Trim());
        Assert.Empty(received.Email.Remarks);
    }

    [Fact]
    public async Task What_mailgun_takes_for_spam_is_taken_and_says_so()
    {
        using var content = MailCaptures.Read("parsed-spam.txt");
        await using var webhook = await Webhook.StartAsync(now: DateTimeOffset.FromUnixTimeSeconds(1366071698));
        var signature = SignedForm.Sign(Webhook.Key, "1366071698", "4ep9p9ccsw3jyrqytr7mok2dmrakze52hio7iq4whwkfmk2ze7");
        var body = Regex.Replace(await content.ReadAsStringAsync(Webhook.Token), "(?<=&signature=)[0-9a-f]+", signature);

        await webhook.ExpectAsync(HttpStatusCode.OK, SignedForm.Content(Encoding.ASCII.GetBytes(body), "application/x-www-form-urlencoded"));

        var received = Assert.Single(webhook.Processor.Received);
        Assert.Empty(received.Email.Remarks);
        var mail = received.Parse();
        Assert.Equal(("Yes", "Pass"), (mail.Headers["X-Mailgun-Sflag"], mail.Headers["X-Mailgun-Spf"]));
        Assert.StartsWith("XJS*C4JDBQADN1", mail.TextBody, StringComparison.Ordinal);
    }
}
