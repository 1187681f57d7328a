using MimeKit;

namespace HelpDesk.Inbound.Mailgun;

/// <summary>Every header of a mail is a field of the form as well, under a name that the sender chose.</summary>
public sealed class PollutionTests
{
    public static TheoryData<string> Names { get; } =
    [
        .. "Sender, Recipient, Token, Signature, Timestamp, Subject, From, Stripped-Text, Body-Plain, Attachment-Count, Content-Id-Map, Body-Mime, Body-Html, Message-Headers, Message-Url, Attachments, Stripped-Html, Attachment-1"
            .Split(", ").SelectMany(name => new[] { name, name.ToUpperInvariant() }),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_header_with_the_name_of_a_field_in_other_letters_changes_nothing(string name)
    {
        await using var webhook = await Webhook.StartAsync();
        var expected = await webhook.ReceiveAsync(SignedForm.Mail());
        var isKnown = name.Equals("Subject", StringComparison.OrdinalIgnoreCase) || name.Equals("From", StringComparison.OrdinalIgnoreCase);

        var received = await webhook.ReceiveAsync(SignedForm.Mail((name, "evil")));

        Assert.Equal((expected.Email.Recipient, expected.Email.Sender), (received.Email.Recipient, received.Email.Sender));
        Assert.Empty(received.Email.Remarks);
        var (mail, plain) = (received.Parse(), expected.Parse());
        Assert.Equal(plain.TextBody, mail.TextBody);
        Assert.Equal(plain.Attachments.Count(), mail.Attachments.Count());
        // It is a header of the mail, and in its place.
        var headers = HeaderList.Load(new MemoryStream(received.Raw), Webhook.Token);
        Assert.Equal("evil", headers.Last(header => header.Field == name).Value);
        Assert.Equal(HeaderList.Load(new MemoryStream(expected.Raw), Webhook.Token).Count + 1, headers.Count);
        Assert.Equal(isKnown ? 2 : 1, headers.Count(header => header.Field.Equals(name, StringComparison.OrdinalIgnoreCase)));
        Assert.Equal(("Printer", "Alice <alice@example.com>"), (mail.Headers["Subject"], mail.Headers["From"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nor_does_it_in_the_route_of_raw_mail(string name)
    {
        await using var webhook = await Webhook.StartAsync();
        var mime = "From: a@example.com\r\n\r\nText"u8.ToArray();

        var received = await webhook.ReceiveAsync(SignedForm.RawMail(mime).Add(name, "evil"), "/mime");

        Assert.Equal(("support@example.com", "alice@example.com"), (received.Email.Recipient, received.Email.Sender));
        Assert.Empty(received.Email.Remarks);
        Assert.Equal(mime, received.Raw);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_header_with_the_very_name_of_the_envelopes_fields_is_told_from_them_by_the_list(bool isFirst)
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail(("sender", "evil@example.com"), ("recipient", "victim@example.com"));
        if (!isFirst)
            form.Fields.Reverse();

        var received = await webhook.ReceiveAsync(form);

        Assert.Equal(("support@example.com", "alice@example.com"), (received.Email.Recipient, received.Email.Sender));
        Assert.Empty(received.Email.Remarks);
    }

    [Fact]
    public async Task Where_that_cannot_be_told_the_sender_counts_as_unknown()
    {
        await using var webhook = await Webhook.StartAsync();
        var form = SignedForm.Mail(("sender", "evil@example.com")).Add("message-headers", "[]");

        var received = await webhook.ReceiveAsync(form);

        Assert.Null(received.Email.Sender);
        Assert.Contains("The envelope's sender is there more than once, so it counts as unknown.", received.Email.Remarks);
    }

    [Fact]
    public async Task The_same_sender_twice_is_one()
    {
        await using var webhook = await Webhook.StartAsync();

        Assert.Equal("alice@example.com", (await webhook.ReceiveAsync(SignedForm.RawMail("x: y\r\n\r\n"u8.ToArray()).Add("sender", "alice@example.com"), "/mime")).Email.Sender);
    }
}
