using System.Net;
using System.Text;
using MimeKit;

namespace HelpDesk.Inbound.Mailgun;

public sealed class ParsedMailTests
{
    [Fact]
    public async Task A_mail_is_made_whole_again()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail(("Received", "from a"), ("Received", "from b"), ("References", "<0@example.com> <00@example.com>"), ("X-Mailgun-Spf", "Pass"));

        var received = await webhook.ReceiveAsync(form);

        Assert.Equal(("mailgun", "support@example.com", "alice@example.com"), (received.Email.Source, received.Email.Recipient, received.Email.Sender));
        Assert.Empty(received.Email.Remarks);
        var mail = received.Parse();
        Assert.Equal(
            ["From", "To", "Subject", "Message-Id", "Received", "Received", "References", "X-Mailgun-Spf", "MIME-Version"],
            mail.Headers.Select(header => header.Field));
        Assert.Equal(["from a", "from b"], mail.Headers.Where(header => header.Field == "Received").Select(header => header.Value));
        Assert.Equal(("Printer", "1@example.com", "It burns."), (mail.Subject, mail.MessageId, mail.TextBody));
        Assert.Equal("alice@example.com", Assert.Single(mail.From.Mailboxes).Address);
    }

    [Theory]
    [InlineData("Grüße, 日本語 und 😀")]
    [InlineData("a  b\tc ; \"quoted\" \\ <x> =3D %20 + & é")]
    [InlineData("")]
    [InlineData("\u200b\u202e zero width and turned round")]
    public async Task The_text_of_a_header_comes_out_as_it_went_in(string text)
    {
        await using var webhook = await Webhook.StartAsync();

        var mail = (await webhook.ReceiveAsync(SignedForm.Mail(("X-Text", text), ("X-Long", string.Concat(Enumerable.Repeat(text + " ü ", 500)).Trim())))).Parse();

        Assert.Equal(text, mail.Headers["X-Text"]);
        Assert.Equal(string.Concat(Enumerable.Repeat(text + " ü ", 500)).Trim(), mail.Headers["X-Long"]);
    }

    [Theory]
    [InlineData("x\r\nBcc: evil@example.com")]
    [InlineData("x\nBcc: evil@example.com")]
    [InlineData("x\rBcc: evil@example.com")]
    [InlineData("x\r\n\r\nBody")]
    [InlineData("x\0\n\0Bcc: y")]
    public async Task A_value_never_becomes_another_header_or_the_body(string value)
    {
        await using var webhook = await Webhook.StartAsync();
        foreach (var form in new[] { SignedForm.Mail(("Subject2", value)), SignedForm.Mail(("Subject2", value)).Without("message-headers") })
        {
            var received = await webhook.ReceiveAsync(form.Add("Only-Here", value));

            var mail = received.Parse();
            Assert.Equal(["From", "To", "Subject", "Message-Id", "Subject2", "Only-Here", "MIME-Version"], mail.Headers.Select(header => header.Field));
            Assert.Equal("It burns.", mail.TextBody);
            Assert.DoesNotContain((byte)0, received.Raw);
            // Some readers take half a line end for one.
            Assert.Equal(-1, Encoding.ASCII.GetString(received.Raw).Replace("\r\n", "", StringComparison.Ordinal).IndexOfAny(['\r', '\n']));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("with:colon")]
    [InlineData("näme")]
    [InlineData("x\tBcc")]
    public async Task A_header_whose_name_is_none_is_left_out_and_recorded(string name)
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail((name, "x"), ("X-Fine", "y")).Set("message-headers", SignedForm.Json(
            [("From", "a@example.com"), ("To", "b@example.com"), ("Subject", ""), ("Message-Id", ""), (name + "\r\nBcc", "x"), ("X-Fine", "y")])));

        Assert.Equal(["From", "To", "Subject", "Message-Id", "X-Fine", "MIME-Version"], received.Parse().Headers.Select(header => header.Field));
        Assert.Contains(" headers have names", Assert.Single(received.Email.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_the_form_has_is_there_too_and_what_mailgun_found_is_never_hidden()
    {
        await using var webhook = await Webhook.StartAsync();
        // A sender's own result is listed; Mailgun's is a field only.
        var form = SignedForm.Mail(("x-mailgun-spf", "Pass"), ("X-Same", "1")).Add("X-Mailgun-Spf", "Fail").Add("X-Mailgun-Sflag", "No").Add("X-Other", "2").Add("x-same", "1 folded otherwise");

        var mail = (await webhook.ReceiveAsync(form)).Parse();

        Assert.Equal(["Pass", "Fail"], mail.Headers.Where(header => header.Field.Equals("X-Mailgun-Spf", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value));
        Assert.Equal(("No", "2", "1"), (mail.Headers["X-Mailgun-Sflag"], mail.Headers["X-Other"], mail.Headers["X-Same"]));
        Assert.Single(mail.Headers, header => header.Field.Equals("X-Same", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("pass", "Pass")]
    [InlineData("Pass", "Pass")]
    public async Task A_result_of_the_senders_that_equals_mailguns_is_still_a_second_one(string own, string mailguns)
    {
        await using var webhook = await Webhook.StartAsync();

        var mail = (await webhook.ReceiveAsync(SignedForm.Mail(("X-Mailgun-Spf", own)).Add("X-Mailgun-Spf", mailguns))).Parse();

        Assert.Equal(2, mail.Headers.Count(header => header.Field == "X-Mailgun-Spf"));
    }

    [Fact]
    public async Task Text_html_and_files_come_out_byte_for_byte()
    {
        await using var webhook = await Webhook.StartAsync();
        var (plain, html) = ("Grüße\r\n\r\n-- \r\n--=_p\rlone\nlines\n.\n", "<p>ä</p>\n\n");
        var file = new byte[200_003];
        new Random(1).NextBytes(file);
        var form = SignedForm.Mail(("Content-Type", "multipart/mixed; boundary=\"old\""), ("MIME-Version", "1.0"), ("Content-Transfer-Encoding", "base64"))
            .Set("body-plain", plain).Add("body-html", html).Add("attachment-count", "3")
            .Add("content-id-map", """{"<cid@1>": "attachment-2", "": "attachment-3"}""")
            .File("attachment-1", "Übersicht \"Q1\"; a=b\\c.pdf", file, "application/pdf; name=\"x.pdf\"")
            .File("attachment-2", "pixel.png", [137, 80, 78, 71, 13, 10], "image/png")
            .File("attachment-3", "empty", [], null);

        var received = await webhook.ReceiveAsync(form);
        var mail = received.Parse();

        var top = Assert.IsType<Multipart>(mail.Body);
        Assert.Equal(("multipart/mixed", "multipart/alternative"), (top.ContentType.MimeType, top[0].ContentType.MimeType));
        Assert.Equal((plain, html), (Encoding.UTF8.GetString(Bytes(mail.BodyParts.ElementAt(0))), Encoding.UTF8.GetString(Bytes(mail.BodyParts.ElementAt(1)))));
        var parts = mail.BodyParts.OfType<MimePart>().Skip(2).ToList();
        Assert.Equal(["Übersicht \"Q1\"; a=b\\c.pdf", "pixel.png", "empty"], parts.Select(part => part.FileName));
        Assert.Equal(["application/pdf", "image/png", "application/octet-stream"], parts.Select(part => part.ContentType.MimeType));
        Assert.Equal([null, "cid@1", null], parts.Select(part => part.ContentId));
        Assert.Equal([file, [137, 80, 78, 71, 13, 10], []], parts.Select(Bytes));
        Assert.Equal(["From", "To", "Subject", "Message-Id", "MIME-Version"], mail.Headers.Select(header => header.Field));
    }

    [Fact]
    public async Task A_text_that_is_no_utf8_stays_as_it_is_without_a_charset()
    {
        await using var webhook = await Webhook.StartAsync();
        byte[] latin = [.. "Gr"u8, 0xFC, 0xDF, .. "e"u8];
        var form = SignedForm.Mail().Without("body-plain").Add(new FormEntry("body-plain", latin));

        var part = Assert.IsType<TextPart>((await webhook.ReceiveAsync(form)).Parse().Body);

        Assert.Null(part.ContentType.Charset);
        Assert.Equal(latin, Bytes(part));
    }

    [Fact]
    public async Task One_mail_gives_the_same_content_whichever_route_brings_it_and_whenever()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail().File("attachment-1", "a.txt", "x"u8.ToArray(), "text/plain").Add("attachment-count", "1");

        var first = await webhook.ReceiveAsync(form);
        webhook.Clock.Advance(TimeSpan.FromHours(1));
        var second = await webhook.ReceiveAsync(form.Set("recipient", "other@example.com"));
        Assert.Equal(first.Raw, second.Raw);

        var third = await webhook.ReceiveAsync(form.Add("Received", "by another server"));
        Assert.Equal(Body(first), Body(third));
        var other = await webhook.ReceiveAsync(form.Set("body-plain", "It is out."));
        Assert.NotEqual(Body(first)[..60], Body(other)[..60]);
    }

    [Fact]
    public async Task A_bounce_is_one_again()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail(("Content-Type", "multipart/report; report-type=\"delivery-status\"; boundary=x"), ("Auto-Submitted", "auto-replied")).Set("sender", "").Add("attachment-count", "2")
            .File("attachment-1", "", "Reporting-MTA: dns; mx.example.com\r\n\r\nFinal-Recipient: rfc822; bob@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"u8.ToArray(), "message/delivery-status")
            .File("attachment-2", "", "Message-ID: <sent@support.example.com>\r\nSubject: Hello\r\n\r\nText"u8.ToArray(), "message/rfc822");

        var received = await webhook.ReceiveAsync(form);

        Assert.Equal("", received.Email.Sender);
        var report = Assert.IsType<MultipartReport>(received.Parse().Body);
        Assert.Equal("delivery-status", report.ReportType);
        Assert.Equal("failed", report.OfType<MessageDeliveryStatus>().Single().StatusGroups[1]["Action"]);
        Assert.Equal("sent@support.example.com", report.OfType<MessagePart>().Single().Message?.MessageId);
    }

    [Theory]
    [InlineData("multipart/mixed; boundary=x")]
    [InlineData("text/plain\r\nX-Evil: 1")]
    [InlineData("no type at all")]
    [InlineData("text/plain; name=\"ä\"")]
    public async Task A_type_that_would_be_no_good_here_becomes_a_plain_one(string type)
    {
        await using var webhook = await Webhook.StartAsync();

        var mail = (await webhook.ReceiveAsync(SignedForm.Mail().Add("attachment-count", "1").File("attachment-1", "a.bin", [1, 2, 3], type))).Parse();

        var part = Assert.IsAssignableFrom<MimePart>(mail.Attachments.Single());
        Assert.Equal([1, 2, 3], Bytes(part));
        Assert.DoesNotContain(part.Headers, header => header.Field == "X-Evil");
    }

    [Theory]
    [InlineData("a=1&b=2")]
    [InlineData("event=opened&Message-Id=x")]
    public async Task A_form_without_a_mail_in_it_is_refused(string fields)
    {
        await using var webhook = await Webhook.StartAsync();
        var form = new SignedForm();
        foreach (var field in fields.Split('&'))
            form.Add(field.Split('=')[0], field.Split('=')[1]);

        Assert.Contains("There is no mail", await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, form.Sign(Webhook.Start).UrlEncoded()), StringComparison.Ordinal);
    }

    private static byte[] Bytes(MimeEntity entity)
    {
        using var bytes = new MemoryStream();
        ((MimePart)entity).Content!.DecodeTo(bytes, TestContext.Current.CancellationToken);
        return bytes.ToArray();
    }

    private static byte[] Body(ReceivedEmail email) => email.Raw[email.Raw.AsSpan().IndexOf("\r\n\r\n"u8)..];
}
