using System.Net;

namespace HelpDesk.Inbound.Mailgun;

public sealed class RawMailTests
{
    [Fact]
    public async Task A_raw_mail_is_handed_over_byte_for_byte()
    {
        await using var webhook = await Webhook.StartAsync();
        var mime = Enumerable.Range(0, 300_000).Select(i => (byte)((i * 7) % 256)).ToArray();

        var received = await webhook.ReceiveAsync(SignedForm.RawMail(mime), "/mime");

        Assert.Equal(mime, received.Raw);
        Assert.Equal(("mailgun", "support@example.com", "alice@example.com"), (received.Email.Source, received.Email.Recipient, received.Email.Sender));
        Assert.Empty(received.Email.Remarks);
    }

    [Fact]
    public async Task It_may_be_a_file()
    {
        await using var webhook = await Webhook.StartAsync();

        var received = await webhook.ReceiveAsync(SignedForm.RawMail([]).Without("body-mime").File("body-mime", "message.eml", [1, 2, 3], "message/rfc822"), "/mime");

        Assert.Equal([1, 2, 3], received.Raw);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("empty")]
    [InlineData("twice")]
    public async Task Without_exactly_one_it_is_refused_for_good(string what)
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.RawMail("x"u8.ToArray());
        _ = what switch
        {
            "missing" => form.Without("body-mime"),
            "empty" => form.Set("body-mime", ""),
            _ => form.Add("body-mime", "y"),
        };

        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, form.Sign(Webhook.Start).UrlEncoded(), "/mime");
        await webhook.ExpectAsync(HttpStatusCode.NotAcceptable, form.Sign(Webhook.Start).Multipart(), "/mime");
        Assert.Equal(0, webhook.Processor.Calls);
    }

    [Fact]
    public async Task Unsigned_it_is_refused_whatever_it_holds()
    {
        await using var webhook = await Webhook.StartAsync();

        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, SignedForm.RawMail("x"u8.ToArray()).UrlEncoded(), "/mime");
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, new SignedForm().UrlEncoded(), "/mime");
        await webhook.ExpectAsync(HttpStatusCode.Unauthorized, SignedForm.RawMail("x"u8.ToArray()).Sign(Webhook.Start, "other").Multipart(), "/mime");
        Assert.Equal(0, webhook.Processor.Calls);
    }
}
