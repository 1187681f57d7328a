using Microsoft.Extensions.Options;

namespace HelpDesk.Inbound.Mailgun;

public sealed class SourceTests
{
    private const string Dkim = "X-Mailgun-Dkim-Check-Result: Pass";
    private const string Signed = "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; b=abc";

    [Theory]
    // SPF, and the envelope's sender of the domain of From
    [InlineData(SenderVerdict.Passed, "alice@example.com", "X-Mailgun-Spf: Pass")]
    [InlineData(SenderVerdict.Passed, "bounces@EXAMPLE.com", "x-mailgun-spf:  pass ")]
    [InlineData(SenderVerdict.Unknown, "alice@other.example", "X-Mailgun-Spf: Pass")]
    [InlineData(SenderVerdict.Unknown, "alice@sub.example.com", "X-Mailgun-Spf: Pass")]
    [InlineData(SenderVerdict.Unknown, "", "X-Mailgun-Spf: Pass")]
    [InlineData(SenderVerdict.Unknown, "example.com", "X-Mailgun-Spf: Pass")]
    [InlineData(SenderVerdict.Unknown, "alice@example.com", "X-Mailgun-Spf: Neutral")]
    [InlineData(SenderVerdict.Unknown, "alice@example.com", "X-Mailgun-Spf: Passed")]
    [InlineData(SenderVerdict.Unknown, "alice@example.com")]
    // failed
    [InlineData(SenderVerdict.Failed, "alice@example.com", "X-Mailgun-Spf: Fail")]
    [InlineData(SenderVerdict.Failed, "alice@example.com", "X-Mailgun-Spf: softfail")]
    [InlineData(SenderVerdict.Passed, "alice@example.com", "X-Mailgun-Spf: Fail", Dkim, Signed)]
    // only where there is exactly one
    [InlineData(SenderVerdict.Unknown, "alice@example.com", "X-Mailgun-Spf: Pass", "X-Mailgun-Spf: Pass")]
    [InlineData(SenderVerdict.Failed, "alice@example.com", "X-Mailgun-Spf: Pass", "x-mailgun-SPF: Fail")]
    [InlineData(SenderVerdict.Unknown, "alice@other.example", Dkim, "x-mailgun-dkim-check-result: Pass", Signed)]
    [InlineData(SenderVerdict.Unknown, "alice@other.example", Dkim, Signed, "dkim-signature: d=example.com")]
    [InlineData(SenderVerdict.Unknown, "alice@other.example", Dkim, "DKIM-Signature: d=attacker.example", Signed)]
    // DKIM, and a domain that is that of From or above it
    [InlineData(SenderVerdict.Passed, "alice@other.example", Dkim, Signed)]
    [InlineData(SenderVerdict.Unknown, "alice@other.example", Dkim)]
    [InlineData(SenderVerdict.Unknown, "alice@other.example", Signed)]
    [InlineData(SenderVerdict.Unknown, "alice@other.example", "X-Mailgun-Dkim-Check-Result: Fail", Signed)]
    [InlineData(SenderVerdict.Passed, "", Dkim, "DKIM-Signature: v=1;\td = Example.COM ; s=x")]
    [InlineData(SenderVerdict.Unknown, "", Dkim, "DKIM-Signature: v=1; d=com")]
    [InlineData(SenderVerdict.Unknown, "", Dkim, "DKIM-Signature: v=1; d=.com")]
    [InlineData(SenderVerdict.Unknown, "", Dkim, "DKIM-Signature: v=1; d=ample.com")]
    [InlineData(SenderVerdict.Unknown, "", Dkim, "DKIM-Signature: v=1; d=sub.example.com")]
    [InlineData(SenderVerdict.Unknown, "", Dkim, "DKIM-Signature: v=1; d=other.example; d=example.com")]
    [InlineData(SenderVerdict.Unknown, "", Dkim, "DKIM-Signature: v=1")]
    public void A_sender_is_who_they_say_where_mailgun_has_found_so(SenderVerdict expected, string sender, params string[] headers)
    {
        var claim = new SenderClaim
        {
            From = "alice@example.com",
            Sender = sender,
            Headers = [.. headers.Select(header => new KeyValuePair<string, string>(header.Split(':')[0], header.Split(':', 2)[1].TrimStart()))],
        };

        Assert.Equal(expected, Source().Judge(claim));
    }

    [Fact]
    public void A_signature_of_the_domain_counts_for_those_below_it()
    {
        KeyValuePair<string, string>[] headers = [new("X-Mailgun-Dkim-Check-Result", "Pass"), new("DKIM-Signature", "d=example.com")];

        Assert.Equal(SenderVerdict.Passed, Source().Judge(new SenderClaim { From = "a@mail.example.com", Sender = "", Headers = headers }));
        Assert.Equal(SenderVerdict.Unknown, Source().Judge(new SenderClaim { From = "a@badexample.com", Sender = "", Headers = headers }));
        Assert.Equal(SenderVerdict.Unknown, Source().Judge(new SenderClaim { From = "", Sender = "", Headers = headers }));
    }

    [Theory]
    [InlineData("Pass")]
    [InlineData("Neutral")]
    public void What_mailgun_has_found_wrong_a_second_header_does_not_undo(string other)
    {
        var claim = new SenderClaim { From = "a@example.com", Sender = "a@example.com", Headers = [new("X-Mailgun-Spf", "Fail"), new("x-mailgun-spf", other)] };

        Assert.Equal(SenderVerdict.Failed, Source().Judge(claim));
    }

    [Fact]
    public void Without_the_spam_filter_nothing_is_believed()
    {
        var claim = new SenderClaim { From = "a@example.com", Sender = "a@example.com", Headers = [new("X-Mailgun-Spf", "Pass")] };

        Assert.Equal(SenderVerdict.Passed, Source().Judge(claim));
        Assert.Equal(SenderVerdict.Unknown, Source(hasSpamFilter: false).Judge(claim));
    }

    private static MailgunSource Source(bool hasSpamFilter = true) => new(Options.Create(new MailgunOptions { HasSpamFilter = hasSpamFilter }));
}
