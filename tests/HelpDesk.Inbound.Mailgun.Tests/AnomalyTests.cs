using System.Net;
using MimeKit;

namespace HelpDesk.Inbound.Mailgun;

public sealed class AnomalyTests
{
    [Theory]
    [InlineData("body-plain")]
    [InlineData("stripped-text")]
    [InlineData("stripped-html")]
    public async Task What_mailgun_has_left_out_is_recorded(string name)
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail().Without(name));

        Assert.Equal(["Mailgun sent no " + name + "."], received.Email.Remarks);
        Assert.Equal("It burns.", received.Parse().TextBody);
    }

    [Fact]
    public async Task A_mail_of_files_alone_is_taken()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail().Without("body-plain").Without("stripped-text").Without("stripped-html").Add("attachment-count", "1").File("attachment-1", "a.txt", [65], "text/plain");

        var received = await webhook.ReceiveAsync(form);

        Assert.Equal(["Mailgun sent no body-plain, stripped-text, stripped-html."], received.Email.Remarks);
        Assert.Equal("a.txt", Assert.IsAssignableFrom<MimePart>(Assert.Single(received.Parse().Attachments)).FileName);
    }

    [Fact]
    public async Task A_mail_without_anything_in_it_is_taken()
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail().Without("body-plain").Without("stripped-text").Without("stripped-html"));

        Assert.Equal("", received.Parse().TextBody);
    }

    [Fact]
    public async Task Of_several_html_bodies_the_first_is_the_text_and_none_is_lost()
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail().Add("body-html", "<p>1</p>").Add("body-html", "<p>2</p>").Add("body-html", "<p>3</p>").Add("body-calendar", "BEGIN:VCALENDAR"));

        var mail = received.Parse();
        Assert.Equal("<p>1</p>", mail.HtmlBody);
        Assert.Equal(3, mail.Attachments.Count());
        Assert.Contains("body-html is there 3 times; the first one is the text, the others are files.", received.Email.Remarks);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_attachment_without_a_name_is_an_attachment(string? fileName)
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail().Add("attachment-count", "2").File("attachment-1", fileName, [1, 2, 255]).File("attachment-2", "b.txt", [3]);

        var received = await webhook.ReceiveAsync(form);

        var parts = received.Parse().Attachments.Cast<MimePart>().ToList();
        Assert.Equal([null, "b.txt"], parts.Select(part => part.FileName));
        Assert.Equal(["1 attachments have no file name."], received.Email.Remarks);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("99999999999999")]
    [InlineData("")]
    public async Task A_count_that_does_not_fit_is_recorded(string count)
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail().Add("attachment-count", count).File("attachment-1", "a.txt", [65]));

        Assert.Equal(["attachment-count does not fit: 1 attachments came."], received.Email.Remarks);
        Assert.Single(received.Parse().Attachments);
    }

    [Fact]
    public async Task A_file_under_another_name_is_kept()
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail().File("attachment-x", "a.txt", [65]).File("Attachment-1", "b.txt", [66]));

        Assert.Equal(["a.txt", "b.txt"], received.Parse().Attachments.Cast<MimePart>().Select(part => part.FileName));
        Assert.Equal(["2 files came under other names than attachment-1 and so on."], received.Email.Remarks);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("{}", null)]
    [InlineData("[", null)]
    [InlineData("null", null)]
    [InlineData("{\"<a@b>\": 1}", null)]
    [InlineData("{\"<a b>\": \"attachment-1\"}", null)]
    [InlineData("{\"\\ud800\": \"attachment-1\"}", null)]
    [InlineData("{\"x\\r\\nX-Evil: 1\": \"attachment-1\"}", null)]
    [InlineData("{\"\": \"attachment-1\", \"<a@b>\": \"attachment-1\", \"<a@b>\": \"attachment-1\"}", "a@b")]
    [InlineData("{\"<a@b>\": \"attachment-1\", \"<c@d>\": \"attachment-1\"}", "a@b")]
    [InlineData("{\"<a@b>\": \"attachment-1\", ", "a@b")]
    [InlineData("{\"<a@b>\": \"attachment-1\", \"x\": [{\"y\": 1}], \"c\": \"attachment-9\"}", "a@b")]
    [InlineData("{\"a@b\": \"attachment-1\"}", "a@b")]
    public async Task A_broken_map_of_content_ids_is_recorded_and_the_rest_of_it_counts(string map, string? expected)
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail().Add("attachment-count", "1").Add("content-id-map", map).File("attachment-1", "a.png", [1], "image/png"));

        var part = Assert.Single(received.Parse().BodyParts, part => part is MimePart { FileName: "a.png" });
        Assert.Equal(expected, part.ContentId);
        Assert.Equal(map is not ("" or "{}" or "{\"a@b\": \"attachment-1\"}"), received.Email.Remarks.Any(remark => remark.StartsWith("content-id-map is broken", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("{}")]
    [InlineData("[[\"From\", \"evil@example.com\"]")]
    [InlineData("[[\"From\", \"evil@example.com\"]] x")]
    [InlineData("[[\"From\"]]")]
    [InlineData("[[\"From\", 1]]")]
    [InlineData("[[\"From\", \"a\", \"b\"]]")]
    [InlineData("[[\"From\", \"\\ud800\"]]")]
    [InlineData("[\"From\"]")]
    public async Task Without_a_readable_list_the_headers_are_those_of_the_form(string? list)
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail(("Received", "from a"), ("Received", "from b"), ("X-Mailgun-Spf", "Pass")).Without("message-headers");

        var received = await webhook.ReceiveAsync(list is null ? form : form.Add("message-headers", list));

        Assert.Equal(["From", "To", "Subject", "Message-Id", "Received", "Received", "X-Mailgun-Spf", "MIME-Version"], received.Parse().Headers.Select(header => header.Field));
        Assert.StartsWith("message-headers is", Assert.Single(received.Email.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_headers_mailguns_own_from_and_subject_are_used()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail().Without("message-headers").Without("From").Without("Subject").Without("To").Without("Message-Id");

        var mail = (await webhook.ReceiveAsync(form)).Parse();

        Assert.Equal(("Printer", "alice@example.com"), (mail.Subject, mail.From.Mailboxes.Single().Address));
    }

    [Fact]
    public async Task Headers_that_are_no_unicode_keep_their_bytes()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail().Without("message-headers").Add(new FormEntry("message-headers", [.. "[[\"From\", \""u8, 0xE4, .. "\"]]"u8])).Add(new FormEntry("X-Latin", [0xE4]));

        var received = await webhook.ReceiveAsync(form);

        byte[] line = [.. "X-Latin: "u8, 0xE4, (byte)'\r'];
        Assert.True(received.Raw.AsSpan().IndexOf(line) > 0);
    }

    [Theory]
    [InlineData("message-url", "https://storage.mailgun.net/v3/x")]
    [InlineData("attachments", """[{"url": "https://storage.mailgun.net/v3/x/attachments/0"}]""")]
    public async Task A_notification_of_store_is_refused_for_good_and_says_how_to_mend_it(string name, string value)
    {
        await using var webhook = await Webhook.StartAsync();

        var answer = await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, SignedForm.Mail().Add(name, value).Sign(Webhook.Start).UrlEncoded());

        Assert.Contains("forward()", answer, StringComparison.Ordinal);
        var line = Assert.Single(webhook.Logs.Ours);
        Assert.Equal(5001, line.Id);
        Assert.Contains("store()", line.Text, StringComparison.Ordinal);
        Assert.Equal(0, webhook.Processor.Calls);

        // A header of that very name is the sender's.
        await webhook.ReceiveAsync(SignedForm.Mail((name, value)));
    }

    [Fact]
    public async Task Without_an_envelope_the_mail_is_taken_and_that_is_recorded()
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.Mail().Without("recipient").Without("sender"));

        Assert.Equal(("", null), (received.Email.Recipient, received.Email.Sender));
        Assert.Equal(["The envelope names no recipient.", "The envelope names no sender."], received.Email.Remarks);
    }
}
